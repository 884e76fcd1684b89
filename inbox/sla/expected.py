"""By when a customer can expect an answer: as the target says, or as the queue allows. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from inbox.sla.calendar import Hours, NeverOpen, after, between, is_open

_FEWEST: Final = 3  # of whom a queue is made
_MOST: Final = 10  # times the target: who has forgotten old mail does not answer for months
_QUARTER: Final = timedelta(minutes=15)
_INSTANT: Final = timedelta(seconds=1)


def expected(
    hours: Hours, target: timedelta | None, waiting: Sequence[datetime], *, since: datetime
) -> datetime | None:
    """By when who has written at `since` will have an answer; None where nothing can be said.

    `waiting` is since when others wait there. Where they are answered one after the other, whoever
    comes now waits as long as the first of them has waited: twice what half of them have.
    """
    if target is None:
        return None
    amount = max(target, min(_queued(hours, waiting, since), target * _MOST))
    try:
        return _rounded(hours, after(hours, since, amount))
    except NeverOpen:
        return None


def _queued(hours: Hours, waiting: Sequence[datetime], since: datetime) -> timedelta:
    if len(waiting) < _FEWEST:
        return timedelta()
    return 2 * between(hours, sorted(waiting)[len(waiting) // 2], since)


def _rounded(hours: Hours, at: datetime) -> datetime:
    """As people say times, and never after the department has gone home."""
    over = timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)
    later = at + (_QUARTER - over) if over else at
    return later if is_open(hours, later - _INSTANT) else at
