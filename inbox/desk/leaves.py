"""When a mail of ours leaves. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from inbox.errors import Invalid
from inbox.orders.when import FARTHEST
from inbox.refusals import Refusal


def leaves_at(at: datetime | None, undo_seconds: int, *, now: datetime) -> datetime:
    """The time that was named; without one as soon as it cannot be taken back any more.

    Raises Invalid for a time that has passed, or is too far ahead.
    """
    if at is None:
        return now + timedelta(seconds=undo_seconds)
    if at <= now:
        raise Invalid(Refusal.PAST)
    if at - now > FARTHEST:
        raise Invalid(Refusal.FAR)
    return at
