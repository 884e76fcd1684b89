"""Reckoning with days. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

_LONG_AGO: Final = timedelta(days=31)


def later_weekday(today: date, weekday: int, *, today_counts: bool = False) -> date:
    """The next such day of a week (0 is Monday)."""
    ahead = (weekday - today.weekday()) % 7
    return today + timedelta(days=ahead if ahead or today_counts else 7)


def workdays(today: date, count: int) -> date:
    """So many days on from today, Saturdays and Sundays left out."""
    weeks, left = divmod(count, 5)
    day = today + timedelta(days=7 * weeks)
    while left > 0 or day.weekday() > 4:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day


def after_months(day: date, count: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_of_month(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def next_date(today: date, month: int, day: int) -> date:
    """Such a day in this year, or in the next; one that is just past stays past.

    Raises ValueError for no day that there is.
    """
    for year in range(today.year, today.year + 9):  # 29 February comes every fourth or eighth
        if (month, day) == (2, 29) and monthrange(year, 2)[1] < 29:
            continue
        found = date(year, month, day)
        if found >= today or today - found < _LONG_AGO:
            return found
    raise ValueError("no such day")


def next_day_of_month(today: date, day: int) -> date:
    """The next day of this number, not today. Raises ValueError for none that there is."""
    if not 1 <= day <= 31:
        raise ValueError("no such day")
    month = today.replace(day=1) if day > today.day else after_months(today.replace(day=1), 1)
    while last_of_month(month).day < day:
        month = after_months(month, 1)
    return month.replace(day=day)
