"""Pieces of a phrase that belong together → one: "25 december", "3 days", "9 pm". Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from inbox.orders.calendar_pieces import Piece
from inbox.orders.days import after_months, last_of_month, next_date, next_day_of_month

MORNING: Final = 9
_AFTERNOON: Final = 14
_LAST_AT_NIGHT: Final = 6  # o'clock: who says so without more means the afternoon
_MONTH_FIRST: Final = frozenset({"en", "ja"})
_MOST_DAYS = 14  # that 3日 may be; above it is a day of the month
_NOTHING = Piece("")
_NUMBERS: Final = frozenset({"number", "dom"})


@dataclass(frozen=True, slots=True)
class Here:
    """A place in a phrase: what comes, and what is known of the rest."""

    rest: Sequence[Piece]
    before: str  # the kind of the piece before
    has_day: bool  # the phrase names a day, so that a number may be a time
    weekday: int | None  # that the phrase names
    today: date
    language: str

    @property
    def first(self) -> Piece:
        """The piece that stands here."""
        return self.rest[0]

    def after(self, count: int = 1) -> Piece:
        """The piece so many on."""
        return self.rest[count] if len(self.rest) > count else _NOTHING


Joined = tuple[Piece, int]  # and how many pieces it takes


def joined(here: Here) -> Joined:
    """The first piece with those behind it that belong to it. Raises ValueError for nonsense."""
    for read in (_written, _edges, _of_month, _of_week, _lengths, _quarters, _times, _numbers):
        if (found := read(here)) is not None:
            return found
    return here.first, 1


def _written(here: Here) -> Joined | None:
    """Days that are written in digits."""
    make = _WRITTEN.get(here.first.kind)
    return (_day(make(here)), 1) if make else None


def _edges(here: Here) -> Joined | None:
    """End of next week, Anfang Dezember, metà mese: its first day, the middle, or the last."""
    one, behind = here.first, here.after()
    if one.kind == "end" and behind.kind == "next" and one.word != "day":
        first, months = _begins(one.word, here.today, is_next=True)
        return _at_edge(replace(here, rest=(replace(one, word="end"),)), first, months)
    if one.kind != "edge":
        return None
    at = 1
    while here.after(at).kind in ("on", "this", "of_month"):
        at += 1
    named, behind = here.after(at), here.after(at + 1)
    if named.kind == "month":
        first = next_date(here.today, named.number, 1)
        last = next_date(here.today, named.number, last_of_month(first).day)
        return _at_edge(here, (last if last.month == here.today.month else first).replace(day=1), 1)
    is_next = "next" in (named.kind, behind.kind)
    unit = named if named.kind == "unit" else behind
    first, months = _begins(unit.word if unit.kind == "unit" else "", here.today, is_next=is_next)
    found, _ = _at_edge(here, first, months)
    if not is_next and date(*found.numbers) <= here.today:  # the beginning of the week, on a Friday
        first, months = _begins(unit.word, here.today, is_next=True)
        found, _ = _at_edge(here, first, months)
    return found, at + 1 + is_next


def _begins(unit: str, today: date, *, is_next: bool) -> tuple[date, int]:
    """The first day of this or the next of a unit, and how many months it has; 0 of a week."""
    match unit:
        case "week":
            return today + timedelta(days=7 * is_next - today.weekday()), 0
        case "month":
            return after_months(today.replace(day=1), int(is_next)), 1
        case "year":
            return date(today.year + is_next, 1, 1), 12
    raise ValueError("no such edge")


def _at_edge(here: Here, first: date, months: int) -> Joined:
    """Of a week its Monday, Wednesday or Friday."""
    last = last_of_month(after_months(first, months - 1)) if months else first + timedelta(days=4)
    middle = {0: 2, 1: 14}.get(months, 181)
    day = {"start": first, "mid": first + timedelta(days=middle), "end": last}[here.first.word]
    return _day(day), 2


def _of_month(here: Here) -> Joined | None:
    """25 december, december 25, 25 числа, am 25, 来月1日."""
    one, behind = here.first, here.after()
    if one.kind == "month_ahead" and behind.kind in {*_NUMBERS, "days_or_dom"}:
        return _day(
            after_months(here.today.replace(day=1), one.number).replace(day=behind.number)
        ), 2
    if one.kind in _NUMBERS and behind.kind == "month":
        return _date(behind.number, one.number, here)
    if one.kind == "month" and behind.kind in _NUMBERS:
        return _date(one.number, behind.number, here)
    if one.kind in _NUMBERS and behind.kind == "of_month":
        return _next(one, here), 2
    if one.kind == "of_month" and behind.kind in _NUMBERS:
        return _next(behind, here), 2
    is_alone = here.after(2).kind not in {"unit", "month", "oclock", "am", "pm", "of_month"}
    if one.kind == "on" and behind.kind == "number" and is_alone:
        return _next(behind, here), 2
    return (_next(one, here), 1) if one.kind == "dom" else None


def _date(month: int, day: int, here: Here) -> Joined:
    year = here.after(2)
    if year.kind == "number" and year.number > 31:
        return _day(date(_year(year.number), month, day)), 3
    return _day(next_date(here.today, month, day)), 2


def _next(one: Piece, here: Here) -> Piece:
    return _day(next_day_of_month(here.today, one.number))


def _of_week(here: Here) -> Joined | None:
    """Next week, la settimana prossima, this week, next month."""
    match here.first.kind, here.after().kind:
        case ("next", "unit") | ("unit", "next"):
            unit = here.first.word or here.after().word
            if unit in ("day", "workday"):
                return Piece("span", (1,), unit), 2
            if unit == "year":
                return _day(date(here.today.year + 1, 1, 1)), 2
            return Piece({"week": "week", "month": "month_ahead"}.get(unit, ""), (1,)), 2
        case "this", "unit":
            return Piece("week" if here.after().word == "week" else "", (0,)), 2
    return None


def _lengths(here: Here) -> Joined | None:
    """3 days, a week, 3日."""
    one, behind = here.first, here.after()
    if one.kind == "unit":
        if one.word == "hour" and behind.kind in ("number", "time", "dotted"):
            time, count = _with_half(behind, here.after(2))  # ore 15
            return time, count + 1
        return Piece("span", (1,), one.word), 1
    if halved := _halved(here):
        return halved
    if one.kind == "number" and behind.kind == "unit" and here.before != "at":
        return Piece("span", one.numbers, behind.word), 2
    if one.kind == "days_or_dom":
        if len(here.rest) == 1 and not here.before and one.number <= _MOST_DAYS:
            return Piece("span", one.numbers, "day"), 1
        return _next(one, here), 1
    return None


def _halved(here: Here) -> Joined | None:
    """1.5 hours, two and a half hours, 1時間半."""
    one, behind, third = here.first, here.after(), here.after(2)
    kinds = (one.kind, behind.kind, third.kind)
    if one.kind == "and_half" and behind.kind == "unit":
        unit, count = behind, 2
    elif kinds in (("number", "half", "unit"), ("number", "unit", "half")):
        unit, count = (behind if behind.kind == "unit" else third), 3
    else:
        return None
    if unit.word != "hour" or here.before == "at":
        return None
    return Piece("minutes", (one.number * 60 + 30,)), count


def _quarters(here: Here) -> Joined | None:
    """Quarter past nine, viertel vor neun, le nove e mezza."""
    one, behind, third = here.first, here.after(), here.after(2)
    if one.kind in ("past_hour", "to_hour") and behind.kind == "number":
        is_to = one.kind == "to_hour"
        hour = replace(behind, numbers=(behind.number - is_to,))
        minute = 60 - one.number if is_to else one.number
        return _clock(hour, third.kind, minute), 2 + (third.kind in ("am", "pm"))
    is_time = here.has_day or here.before == "at"
    if one.kind == "number" and behind.kind in ("half", "quarter") and is_time:
        return _clock(one, "", 30 if behind.kind == "half" else 15), 2
    return None


def _times(here: Here) -> Joined | None:
    """9:30, 9.30 Uhr, halb neun, 午後3時, 5 pm."""
    one, behind = here.first, here.after()
    match one.kind:
        case "am" | "pm" if behind.kind in ("time", "number", "half_past"):
            return _clock(behind, one.kind), 2
        case "am" | "pm":
            return Piece("part", (MORNING if one.kind == "am" else _AFTERNOON,)), 1
        case "time" | "half_past":
            return _with_half(one, behind)
        case "half" if behind.kind == "number":  # of one is after twelve
            return _clock(replace(behind, numbers=(behind.number - 1 or 12,)), "", 30), 2
        case "dotted":
            return _dotted(here)
    return None


def _dotted(here: Here) -> Joined:
    one, behind = here.first, here.after()
    is_time = here.before == "at" or behind.kind in ("oclock", "am", "pm")
    if not is_time and (not here.has_day or _is_weekdays(here)):
        try:
            return _day(next_date(here.today, one.numbers[1], one.number)), 1
        except ValueError:
            pass
    return _with_half(one, behind)


def _is_weekdays(here: Here) -> bool:
    """Whether `Tuesday 1.12` is the first of December, as it is if that is a Tuesday."""
    day, month = here.first.numbers
    try:
        return next_date(here.today, month, day).weekday() == here.weekday
    except ValueError:
        return False


def _numbers(here: Here) -> Joined | None:
    """A number that is a time."""
    one, behind = here.first, here.after()
    if one.kind != "number":
        return None
    if 24 < one.number < 32 and here.weekday is not None:  # lunedì 30
        return _next(one, here), 1
    if one.number >= 100:  # Friday 1730
        one = replace(one, numbers=divmod(one.number, 100))
    if behind.kind == "oclock" and here.after(2).kind == "number":
        return Piece("clock", (one.number, here.after(2).number)), 3
    if here.before == "at" and behind.kind == "unit":
        return _hours(here)
    if here.before == "at" or here.has_day or behind.kind in ("oclock", "am", "pm", "part"):
        return _with_half(one, behind)
    raise ValueError("a number alone")


def _hours(here: Here) -> Joined:
    """В 9 часов, в 3 часа дня, в 3 дня."""
    one, behind = here.first, here.after()
    is_afternoon = "day" in (behind.word, here.after(2).word)
    count = 2 + (behind.word != "day" and is_afternoon)
    if behind.word not in ("hour", "day"):
        raise ValueError("no time")
    return _clock(one, "pm" if is_afternoon else ""), count


def _with_half(one: Piece, behind: Piece) -> Joined:
    is_told = behind.kind in ("am", "pm")
    half = "am" if behind.kind == "part" and behind.number == MORNING else ""
    return _clock(one, behind.kind if is_told else half), 1 + is_told


def _clock(one: Piece, half: str, minute: int | None = None) -> Piece:
    hour, *minutes = (one.number, 30) if one.kind == "half_past" else one.numbers
    minutes = minutes if minute is None else [minute]
    if half not in ("am", "pm") and len(one.numbers) == 1 and 0 < hour <= _LAST_AT_NIGHT:
        half = "pm"
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    return Piece("clock", (hour, *minutes))


def _day(day: date) -> Piece:
    return Piece("date", (day.year, day.month, day.day))


def _year(written: int) -> int:
    return written if written >= 100 else 2000 + written


def _ymd(here: Here) -> date:
    return date(*here.first.numbers)


def _dmy(here: Here) -> date:
    day, month, year = here.first.numbers
    return date(_year(year), month, day)


def _dm(here: Here) -> date:
    day, month = here.first.numbers
    return next_date(here.today, month, day)


def _md(here: Here) -> date:
    month, day = here.first.numbers
    return next_date(here.today, month, day)


def _slash(here: Here) -> date:
    first, second, *year = here.first.numbers
    month_first = (here.language in _MONTH_FIRST and first <= 12) or second > 12
    month, day = (first, second) if month_first else (second, first)
    return date(_year(year[0]), month, day) if year else next_date(here.today, month, day)


_WRITTEN: Final[dict[str, Callable[[Here], date]]] = {
    "ymd": _ymd,
    "dmy": _dmy,
    "dm": _dm,
    "md": _md,
    "slash": _slash,
}
