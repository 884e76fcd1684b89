"""Cursors lead to a row and to nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inbox.asgi.paging import read_cursor, write_cursor
from inbox.errors import Invalid

_TIMES = st.datetimes(datetime(1980, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))


@given(_TIMES, st.integers(0, 1 << 60))
@example(datetime(2107, 1, 1, 0, 0, 0, 7, tzinfo=UTC), 0)
def test_a_cursor_comes_back(at: datetime, row_id: int) -> None:
    assert read_cursor(write_cursor(at, row_id)) == (at, row_id)


@pytest.mark.parametrize("junk", ["x", "nonsense", "é", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OS4x"])
def test_junk_is_refused(junk: str) -> None:
    with pytest.raises(Invalid):
        read_cursor(junk)


def test_no_cursor_is_the_beginning() -> None:
    assert read_cursor("") is None
