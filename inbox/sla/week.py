"""Hours in words: `mo-fr 9:00-12:30 13:30-18:00, sa 10-14` and `2026-12-24 9-12`. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Final

from inbox.sla.calendar import MINUTES_OF_A_DAY, Day, Span

WEEKDAYS: Final = ("mo", "tu", "we", "th", "fr", "sa", "su")
CLOSED: Final = "closed"
Week = tuple[Day, ...]

_CLOCK: Final = r"(\d{1,2})(?::(\d\d))?"
_SPAN: Final = re.compile(rf"{_CLOCK}\s*[-–]\s*{_CLOCK}")
_DAYS: Final = re.compile(r"([a-z]{2})(?:\s*[-–]\s*([a-z]{2}))?\b")
_LONGEST: Final = 10_000


def read_week(text: str) -> Week:
    """A week from words; a day that is not named is closed. Raises ValueError."""
    week: list[Day] = [()] * 7
    named: set[int] = set()
    for part in _parts(text):
        found = _DAYS.match(part)
        if not found:
            raise ValueError(f"{part!r} does not begin with a day: {', '.join(WEEKDAYS)}")
        day = read_day(part[found.end() :])
        for number in _range(found[1], found[2]):
            if number in named:
                raise ValueError(f"{WEEKDAYS[number]} is there twice")
            named.add(number)
            week[number] = day
    if not any(week):
        raise ValueError("there has to be a day with hours")
    return tuple(week)


def read_days(text: str) -> dict[date, Day]:
    """Days that have hours of their own, or are closed. Raises ValueError."""
    found: dict[date, Day] = {}
    for part in _parts(text):
        word, _, rest = part.partition(" ")
        day = date.fromisoformat(word)
        if day in found:
            raise ValueError(f"{day} is there twice")
        found[day] = read_day(rest)
    return found


def read_day(text: str) -> Day:
    """The hours of a day: `9:00-12:30 13:30-18:00`, or `closed`. Raises ValueError."""
    rest = text.strip()
    if rest in (CLOSED, "-"):
        return ()
    spans = tuple(sorted(_span(found) for found in _SPAN.finditer(rest)))
    if not spans or _SPAN.sub("", rest).strip(" &+"):
        raise ValueError(f"{text.strip()!r} are no hours: 9:00-12:30 13:30-18:00, or {CLOSED}")
    if any(one.end > other.start for one, other in pairwise(spans)):
        raise ValueError(f"{rest!r} overlap")
    return spans


def week_in_words(week: Week) -> str:
    """The same as `read_week` reads it, days that are alike said once."""
    parts: list[str] = []
    first = 0
    for number in range(7):
        if number < 6 and week[number + 1] == week[first]:
            continue
        if week[first]:
            parts.append(f"{_named(first, number)} {day_in_words(week[first])}")
        first = number + 1
    return ", ".join(parts)


def days_in_words(days: Mapping[date, Day]) -> str:
    """The same as `read_days` reads it, in the order of the year."""
    return ", ".join(f"{day} {day_in_words(hours)}" for day, hours in sorted(days.items()))


def day_in_words(day: Day) -> str:
    """The same as `read_day` reads it."""
    return " ".join(f"{_clock(one.start)}-{_clock(one.end)}" for one in day) or CLOSED


def _parts(text: str) -> Iterable[str]:
    if len(text) > _LONGEST:
        raise ValueError("that is too long")
    return (part for part in (one.strip() for one in re.split(r"[,;\n]", text.lower())) if part)


def _range(first: str, last: str | None) -> range:
    for word in filter(None, (first, last)):
        if word not in WEEKDAYS:
            raise ValueError(f"{word!r} is no day: {', '.join(WEEKDAYS)}")
    start = WEEKDAYS.index(first)
    end = WEEKDAYS.index(last) if last else start
    if end < start:
        raise ValueError(f"{first}-{last} goes over the end of the week: say it in two parts")
    return range(start, end + 1)


def _span(found: re.Match[str]) -> Span:
    start, end = (int(found[hour]) * 60 + int(found[hour + 1] or 0) for hour in (1, 3))
    if max(int(found[2] or 0), int(found[4] or 0)) > 59 or end > MINUTES_OF_A_DAY:
        raise ValueError(f"{found[0]} are no times of a day")
    return Span(start, end)


def _named(first: int, last: int) -> str:
    return WEEKDAYS[first] if first == last else f"{WEEKDAYS[first]}-{WEEKDAYS[last]}"


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"
