"""When a department is there, and how long something takes in its hours. Pure, computed in UTC.

Wall clocks skip an hour in spring and repeat one in autumn: a day's hours are turned into instants
once, by what the clock on the wall shows, and everything after that is plain arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

MINUTES_OF_A_DAY: Final = 24 * 60
# A department that is closed for longer than this without a break has no hours to count in.
_FARTHEST: Final = timedelta(days=400)
# Nor has anybody who is there for so little that they need longer than this.
_LONGEST: Final = timedelta(days=3660)
_DAY: Final = timedelta(days=1)
_LAST_DAY: Final = date(9980, 1, 1)  # well before the last that Python knows
_AROUND: Final = timedelta(hours=26)  # no zone is farther from UTC, whatever it changes to


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A part of a day, in minutes after its midnight: from `start` up to, not including, `end`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= MINUTES_OF_A_DAY:
            raise ValueError(f"no part of a day: {self.start} to {self.end}")


Day = tuple[Span, ...]  # in order, without overlap; empty: closed
WHOLE_DAY: Final[Day] = (Span(0, MINUTES_OF_A_DAY),)


@dataclass(frozen=True)
class Hours:
    """When a department is there: by weekday (Monday is 0), but for the days that have their own.

    Raises ValueError for a week without any hours, and for parts of a day that overlap.
    """

    zone: ZoneInfo
    week: tuple[Day, ...]
    days: Mapping[date, Day] = field(default_factory=dict)
    _hash: int = field(init=False, repr=False, compare=False, default=0)

    def __post_init__(self) -> None:
        if len(self.week) != 7 or not any(self.week):
            raise ValueError("a week has seven days, and hours on one of them at least")
        for day in (*self.week, *self.days.values()):
            if any(one.end > other.start for one, other in pairwise(day)):
                raise ValueError("parts of a day overlap, or are out of order")
        # Asked for with each day that is counted; a hundred holidays are as slow as that each time.
        known = hash((self.zone.key, self.week, frozenset(self.days.items())))
        object.__setattr__(self, "_hash", known)

    def of(self, day: date) -> Day:
        """The hours of one day."""
        return self.days.get(day, self.week[day.weekday()])

    def __hash__(self) -> int:
        return self._hash


def always(zone: ZoneInfo) -> Hours:
    """Of whoever is there day and night: time as every clock counts it."""
    return Hours(zone, (WHOLE_DAY,) * 7)


def is_open(hours: Hours, at: datetime) -> bool:
    """Whether somebody is there at this instant."""
    return any(start <= at < end for start, end in _opened(hours, at.astimezone(hours.zone).date()))


def next_open(hours: Hours, at: datetime) -> datetime:
    """The first instant from `at` on at which somebody is there. Raises NeverOpen."""
    return after(hours, at, timedelta())


def after(hours: Hours, since: datetime, amount: timedelta) -> datetime:
    """The instant, in UTC, at which `amount` of open time has passed since `since`.

    An amount of nothing is over at the next open instant. The end of a day's hours belongs to that
    day: four hours from 14:00 are over at 18:00, not the next morning. Raises NeverOpen when that
    is not within 400 days for each of them that is closed, or ten years in all; ValueError for less
    than nothing.
    """
    if amount < timedelta():
        raise ValueError(f"no time passes backwards: {amount}")
    left = amount
    for start, end in _from(hours, since):
        if left <= end - start and (left or start < end):
            return start + left
        left -= end - start
    raise NeverOpen


def between(hours: Hours, start: datetime, end: datetime) -> timedelta:
    """How much open time lies from `start` to `end`; nothing where they are the wrong way round."""
    total = timedelta()
    day = start.astimezone(hours.zone).date()
    last = end.astimezone(hours.zone).date()
    while day <= last:
        for opens, closes in _opened(hours, day):
            total += max(timedelta(), min(closes, end) - max(opens, start))
        day += _DAY
    return total


def closes(hours: Hours, at: datetime) -> datetime:
    """When the next day ends on which somebody is there, after this instant. Raises NeverOpen."""
    found: tuple[date, datetime] | None = None
    for start, end in _from(hours, at):
        day = start.astimezone(hours.zone).date()
        if found is not None and day != found[0]:
            break
        found = (day, end)
    if found is None:
        raise NeverOpen
    return found[1]


class NeverOpen(Exception):
    """Nobody is there within any time that matters."""


def _from(hours: Hours, since: datetime) -> Iterator[tuple[datetime, datetime]]:
    """What is open from an instant on, part by part, until nothing has been for too long."""
    now = since.astimezone(UTC)
    day, opened_last = since.astimezone(hours.zone).date(), now
    last = min(_LAST_DAY, min(day, _LAST_DAY) + _LONGEST)
    while day < last and datetime.combine(day, time(), UTC) - opened_last < _FARTHEST:
        for start, end in _opened(hours, day):
            if end > now:
                yield max(start, now), end
                opened_last = end
        day += _DAY


@lru_cache(maxsize=4096)
def _opened(hours: Hours, day: date) -> tuple[tuple[datetime, datetime], ...]:
    """The hours of a day as instants, in UTC: those at which the clock on the wall shows them.

    What a clock skips that day is not among them, and what it shows twice is there twice.
    """
    midnight = datetime.combine(day, time(), UTC)
    parts = sorted(
        (max(begins, midnight + start - offset), min(ends, midnight + end - offset))
        for begins, ends, offset in _offsets(hours.zone, midnight)
        for start, end in map(_amounts, hours.of(day))
    )
    return _joined(part for part in parts if part[0] < part[1])


def _amounts(span: Span) -> tuple[timedelta, timedelta]:
    return timedelta(minutes=span.start), timedelta(minutes=span.end)


def _joined(parts: Iterable[tuple[datetime, datetime]]) -> tuple[tuple[datetime, datetime], ...]:
    found: list[tuple[datetime, datetime]] = []
    for start, end in parts:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def _offsets(zone: ZoneInfo, midnight: datetime) -> list[tuple[datetime, datetime, timedelta]]:
    """From when to when, around a day, a zone is how far from UTC. It changes once at most."""
    begins, ends = midnight - _AROUND, midnight + _DAY + _AROUND
    first, second = _offset(zone, begins), _offset(zone, ends)
    if first == second:
        return [(begins, ends, first)]
    low, high = begins, ends
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if _offset(zone, middle) == first else (low, middle)
    change = high.replace(microsecond=0)
    return [(begins, change, first), (change, ends, second)]


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()
