"""How long we wait for a customer: counted in the days on which a department is there. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from inbox.sla.calendar import Hours, NeverOpen, next_open

_DAY: Final = timedelta(days=1)
_FARTHEST: Final = timedelta(days=2000)


def open_days_after(hours: Hours, since: datetime, days: int) -> datetime:
    """The same time of day so many open days later, or when somebody is there next after it.

    Raises NeverOpen where there are not so many.
    """
    there = since.astimezone(hours.zone)
    day = _later(hours, there.date(), days)
    return next_open(hours, datetime.combine(day, there.time(), hours.zone))


def _later(hours: Hours, day: date, days: int) -> date:
    last = day + _FARTHEST
    while days > 0:
        day += _DAY
        if day > last:
            raise NeverOpen
        days -= bool(hours.of(day))
    return day
