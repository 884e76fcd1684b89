"""How a search goes back in time: by how many days at once, and how it says so to the index. Pure.

What is found is shown newest first, and there may be any number of it. Each step asks for so many
days that about as much is found as is worth sorting: of a word that stands everywhere a day, of a
rare one years. The index holds each message's day and month, so a step costs what it finds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from inbox.orders.days import after_months
from inbox.search.document import day_token, month_token, quoted

_FIRST: Final = 3  # days
_GROWTH: Final = 8  # times as many days, at most
_WANTED: Final = 1_200  # messages found in a step, at most
_LEAST: Final = 200  # of them, at least
_LONG: Final = 62  # days: from here on a step begins with a month
_LONGEST: Final = 1_000  # days: beyond, it is all the rest
_QUIET: Final = 60  # days without anything found: what is left is all asked for at once


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of time, newest end first: up to `end`, without it, back to `begin` (None: all)."""

    begin: datetime | None
    end: datetime

    @property
    def days(self) -> int:
        """How long it is; 0 for all the rest."""
        return max(1, (self.end - self.begin).days) if self.begin else 0

    @property
    def tokens(self) -> str:
        """The days and months of it, as a question to the index; "" for all the rest."""
        return " | ".join(map(quoted, _tokens(self.begin, self.end))) if self.begin else ""


def first(end: datetime, floor: datetime | None) -> Step:
    """The newest days before `end`, not beyond `floor`."""
    return _step(end, _FIRST, floor)


def further(
    step: Step,
    found: int,
    floor: datetime | None,
    *,
    enough: int = _WANTED,
    room: float = _GROWTH,
) -> Step | None:
    """What comes after a step in which so much was found; None where there is no more.

    `enough`: so many more messages are likely to fill the page. `room`: it may take so many times
    as long as this one. What is read to find a phrase is not seen in what was found.
    """
    if step.begin is None or (floor and step.begin <= floor):
        return None
    if not found and step.days >= _QUIET and room >= _GROWTH:
        return _step(step.begin, _LONGEST + 1, floor)
    # Where nothing is found it goes on to the end: there has to be one.
    days = round(step.days * min(_GROWTH, max(1.0 if found else 2.0, room)))
    if found:
        most = min(_WANTED, max(_LEAST, enough))
        days = max(1, min(days, round(most * step.days / found)))
    return _step(step.begin, days, floor)


def _step(end: datetime, days: int, floor: datetime | None) -> Step:
    if days > _LONGEST and floor is None:
        return Step(None, end)
    begin = _midnight((end - timedelta(days=days)).date())
    if days > _LONG:
        begin = begin.replace(day=1)
    return Step(max(begin, floor) if floor else begin, end)


def _tokens(begin: datetime, end: datetime) -> list[str]:
    first_day = begin.astimezone(UTC).date()
    last_day = (end - timedelta(microseconds=1)).astimezone(UTC).date()
    found: list[str] = []
    day = first_day
    while day <= last_day:
        month_end = after_months(day.replace(day=1), 1) - timedelta(days=1)
        if day.day == 1 and month_end <= last_day:
            found.append(month_token(_midnight(day)))
            day = month_end + timedelta(days=1)
        else:
            found.append(day_token(_midnight(day)))
            day += timedelta(days=1)
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
