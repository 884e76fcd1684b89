"""Cursors of keyset pages: opaque to people, worthless when tampered with."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import Query

from inbox.asgi.forms import MOST_NUMBER
from inbox.errors import Invalid
from inbox.refusals import Refusal

# What was the last that a page knew, in its address: the store counts no further.
LastKnown = Annotated[int, Query(gt=-MOST_NUMBER, lt=MOST_NUMBER)]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def write_cursor(at: datetime, row_id: int) -> str:
    """Where the next page begins: after this row."""
    micros = (at - _EPOCH) // _MICROSECOND  # a float of seconds has none to spare in 2107
    return urlsafe_b64encode(f"{micros}.{row_id}".encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[datetime, int] | None:
    """The row that a cursor names; None for an empty one. Raises Invalid for any other text."""
    if not cursor:
        return None
    try:
        micros, _, row_id = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).partition(b".")
        seconds, rest = divmod(int(micros), 1_000_000)
        at = datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest)
        if not 0 <= (row := int(row_id)) < 1 << 62:
            raise ValueError(row)
        return at, row
    except (ValueError, OverflowError, OSError) as error:
        raise Invalid(Refusal.NO_SUCH_PAGE) from error
