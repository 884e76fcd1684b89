"""The pieces of a phrase → the day, the time and the lengths that they say together. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Final

from inbox.orders.calendar_joining import MORNING, Here, joined
from inbox.orders.calendar_pieces import Piece
from inbox.orders.days import after_months, last_of_month

END_OF_DAY: Final = 17
_DAYS: Final = frozenset(
    {"weekday", "day", "date", "ymd", "dmy", "dm", "md", "slash", "dom", "week", "month"}
)


@dataclass(slots=True)
class Said:
    """What a phrase says, put together."""

    day: date | None = None
    weekday: int | None = None
    week: int | None = None  # so many weeks on: 0 is this one
    is_next: bool = False
    is_from: bool = False  # the lengths count from the day
    ends_day: bool = False  # the clock is the midnight at its end
    is_past: bool = False
    clock: time | None = None
    part: int | None = None  # of the day, by the hour that stands for it
    spans: dict[str, int] = field(default_factory=dict)


def sense(found: Sequence[Piece], today: date, language: str) -> Said:
    """All of it, each thing once. Raises ValueError for nonsense."""
    said = Said()
    rest = [one for one in found if one.kind != "noise"]
    has_day = any(one.kind in _DAYS for one in rest)
    weekday = next((one.number for one in rest if one.kind == "weekday"), None)
    before = ""
    while rest:
        here = Here(rest, before, has_day, weekday, today, language)
        one, count = joined(here)
        before = rest[count - 1].kind
        del rest[:count]
        if language == "de" and one.kind == "day" and one.number == 1 and said.weekday is not None:
            one = Piece("part", (MORNING,))  # Montag morgen
        if (take := _TAKE.get(one.kind)) is None:
            raise ValueError(one.kind)
        take(said, one, today)
    return said


def _take_date(said: Said, one: Piece, _today: date) -> None:
    said.day = _once(said.day, date(*one.numbers))


def _take_day(said: Said, one: Piece, today: date) -> None:
    said.day = _once(said.day, today + timedelta(days=one.number))


def _take_weekday(said: Said, one: Piece, _today: date) -> None:
    if said.weekday is not None:
        raise ValueError("two days")
    said.weekday = one.number


def _take_week(said: Said, one: Piece, _today: date) -> None:
    if said.week is not None:
        raise ValueError("two weeks")
    said.week = one.number


def _take_month_ahead(said: Said, one: Piece, today: date) -> None:
    said.day = _once(said.day, after_months(today, one.number).replace(day=1))


def _take_clock(said: Said, one: Piece, _today: date) -> None:
    if said.clock is not None:
        raise ValueError("two times")
    hour, *minutes = one.numbers
    if (hour, *minutes) in ((24,), (24, 0)):
        hour, said.ends_day = 0, True
    said.clock = time(hour, minutes[0] if minutes else 0)


def _take_part(said: Said, one: Piece, _today: date) -> None:
    said.part = one.number


def _take_span(said: Said, one: Piece, _today: date) -> None:
    if one.word in said.spans:
        raise ValueError("twice the same")
    said.spans[one.word] = one.number


def _take_minutes(said: Said, one: Piece, _today: date) -> None:
    said.spans["minute"] = said.spans.get("minute", 0) + one.number


def _take_months(said: Said, one: Piece, today: date) -> None:
    _take_span(said, Piece("span", one.numbers, "month"), today)


def _take_next(said: Said, _one: Piece, _today: date) -> None:
    said.is_next = True


def _take_from(said: Said, _one: Piece, _today: date) -> None:
    said.is_from = True


def _take_past(said: Said, _one: Piece, _today: date) -> None:
    said.is_past = True


def _take_end(said: Said, one: Piece, today: date) -> None:
    match one.word:
        case "day":
            said.part = END_OF_DAY
        case "week":
            said.weekday, said.week = 4, 0 if today.weekday() < 4 else 1
        case "month":
            last = last_of_month(today)
            said.day = _once(
                said.day, last if last > today else last_of_month(after_months(today, 1))
            )


def _take_nothing(_said: Said, _one: Piece, _today: date) -> None:
    return


def _once(before: date | None, day: date) -> date:
    if before is not None:
        raise ValueError("two days")
    return day


_TAKE: Final[dict[str, Callable[[Said, Piece, date], None]]] = {
    "date": _take_date,
    "day": _take_day,
    "weekday": _take_weekday,
    "week": _take_week,
    "month_ahead": _take_month_ahead,
    "clock": _take_clock,
    "part": _take_part,
    "span": _take_span,
    "minutes": _take_minutes,
    "months": _take_months,
    "next": _take_next,
    "from": _take_from,
    "past": _take_past,
    "end": _take_end,
    "at": _take_nothing,
    "this": _take_nothing,
    "on": _take_nothing,
    "oclock": _take_nothing,
}
