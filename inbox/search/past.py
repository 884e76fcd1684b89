"""Which days somebody means who looks back: "2026-10", "yesterday", "3 Wochen". Pure.

The opposite of `orders.when`, which looks ahead: of two days that may be meant it is the earlier.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from inbox.orders.calendar_pieces import LONGEST, Piece, pieces, plain
from inbox.orders.calendar_words import LANGUAGES
from inbox.orders.days import after_months

Days = tuple[date, date]  # the first, and the one after the last

_YEAR: Final = re.compile(r"(\d{4})(?:年|г\.?)?\Z")
_COMPACT: Final = re.compile(r"\A(\d{4})(\d\d)(\d\d)\Z")
_MONTH: Final = re.compile(r"(\d{4})[-/.年] ?(\d{1,2})月?\Z")
_SHORT: Final = re.compile(r"(\d{1,4}) ?([dwmyдt])\Z")
_UNITS: Final = {"d": "day", "д": "day", "t": "day", "w": "week", "m": "month", "y": "year"}
_DAYS_AGO: Final = {
    plain(word): ago
    for ago, words in (
        (1, "yesterday gestern ieri вчера 昨日 きのう"),
        (2, "vorgestern позавчера l'altroieri altroieri 一昨日 おととい"),
    )
    for word in words.split()
}
_YEARS: Final = frozenset(
    map(plain, "year years jahr jahre jahren anno anni год года лет году 年 年間".split())
)
_LAST_WEEK, _LAST_MONTH = plain("先週"), plain("先月")
_SPAN: Final = {"day": 1, "week": 7, "workday": 1}
_IGNORED: Final = frozenset({"noise", "at", "on", "this", "past", "of_month"})
_OLDEST: Final = 1970


def days(
    text: str, *, now: datetime, zone: ZoneInfo, language: str
) -> tuple[datetime, datetime] | None:
    """The first moment of what is meant and the first after it, in UTC; None for no such days."""
    phrase = _COMPACT.sub(r"\1-\2-\3", plain(text[: LONGEST * 2]).strip(" .,;!"))
    if not phrase or len(phrase) > LONGEST:
        return None
    today = now.astimezone(zone).date()
    first = [language] if language in LANGUAGES else []
    try:
        found = _plainly(phrase, today)
        for one in dict.fromkeys((*first, *LANGUAGES)):
            found = found or _said(phrase, one, today)
        if found is None or found[0].year < _OLDEST:
            return None
        begin, end = (datetime.combine(one, time(), zone).astimezone(UTC) for one in found)
    except (ValueError, OverflowError):  # no day that there is
        return None
    return begin, end


def _plainly(phrase: str, today: date) -> Days | None:
    if match := _YEAR.match(phrase):
        year = int(match[1])
        return (date(year, 1, 1), date(year + 1, 1, 1)) if _OLDEST <= year < 9000 else None
    if match := _MONTH.match(phrase):
        return _whole_month(date(int(match[1]), int(match[2]), 1))
    if match := _SHORT.match(phrase):
        return _ago(int(match[1]), _UNITS[match[2]], today)
    if phrase in _DAYS_AGO:
        return _day(today - timedelta(days=_DAYS_AGO[phrase]))
    if phrase == _LAST_WEEK:
        return _week(today, -1)
    if phrase == _LAST_MONTH:
        return _whole_month(after_months(today.replace(day=1), -1))
    number, _, unit = phrase.partition(" ")
    if number.isdecimal() and unit.split(" ")[0] in _YEARS:
        return _ago(int(number), "year", today)
    return None


def _said(phrase: str, language: str, today: date) -> Days | None:
    found = pieces(phrase, language)
    if not found:
        return None
    is_past = any(one.kind == "past" for one in found)
    rest = [one for one in found if one.kind not in _IGNORED]
    kinds = tuple("number" if one.kind in ("dom", "days_or_dom") else one.kind for one in rest)
    if kinds == ("number", "unit"):
        return _ago(rest[0].number, rest[1].word, today)
    if kinds == ("unit",):
        return _this_or_last(rest[0].word, today, is_past=is_past)
    if (read := _READ.get(kinds)) is None:
        return None
    return read(rest, today, language)


def _date(rest: Sequence[Piece], _today: date, _language: str) -> Days:
    return _day(date(*rest[0].numbers))


def _day_first(rest: Sequence[Piece], today: date, _language: str) -> Days:
    day, month, *year = rest[0].numbers
    return _in_past(month, day, year, today)


def _slash(rest: Sequence[Piece], today: date, language: str) -> Days:
    one, other, *year = rest[0].numbers
    is_month_first = (language == "en" or one <= 12 < other) and one <= 12
    return _in_past(*((one, other) if is_month_first else (other, one)), year, today)


def _month_first(rest: Sequence[Piece], today: date, _language: str) -> Days:
    month, day = rest[0].numbers
    return _in_past(month, day, [], today)


def _day_of_month(rest: Sequence[Piece], today: date, _language: str) -> Days:
    year = [one.number for one in rest[2:]]
    return _in_past(rest[1].number, rest[0].number, year, today)


def _named_month(rest: Sequence[Piece], today: date, _language: str) -> Days:
    month, year = rest[0].number, today.year
    if len(rest) > 1:
        if rest[1].number <= 31:
            return _in_past(month, rest[1].number, [one.number for one in rest[2:]], today)
        year = rest[1].number
    elif month > today.month:
        year -= 1
    return _whole_month(date(year, month, 1))


def _weekday(rest: Sequence[Piece], today: date, _language: str) -> Days:
    return _day(today - timedelta(days=(today.weekday() - rest[0].number) % 7))


def _named_day(rest: Sequence[Piece], today: date, _language: str) -> Days:
    return _day(today + timedelta(days=rest[0].number))


def _named_week(rest: Sequence[Piece], today: date, _language: str) -> Days:
    return _week(today, rest[0].number)


_READ: Final[dict[tuple[str, ...], Callable[[Sequence[Piece], date, str], Days]]] = {
    ("ymd",): _date,
    ("dmy",): _day_first,
    ("dm",): _day_first,
    ("dotted",): _day_first,
    ("md",): _month_first,
    ("slash",): _slash,
    ("number", "month"): _day_of_month,
    ("number", "month", "number"): _day_of_month,
    ("month", "number"): _named_month,
    ("month", "number", "number"): _named_month,
    ("month",): _named_month,
    ("weekday",): _weekday,
    ("day",): _named_day,
    ("week",): _named_week,
}


def _in_past(month: int, day: int, year: Sequence[int], today: date) -> Days:
    if year:
        return _day(date(year[0] if year[0] > 99 else 2000 + year[0], month, day))
    found = date(today.year, month, day)
    return _day(found if found <= today else date(today.year - 1, month, day))


def _ago(count: int, unit: str, today: date) -> Days | None:
    if unit in ("month", "year"):
        return _day(after_months(today, -count * (12 if unit == "year" else 1)))
    return _day(today - timedelta(days=_SPAN[unit] * count)) if unit in _SPAN else None


def _this_or_last(unit: str, today: date, *, is_past: bool) -> Days | None:
    if unit == "week":
        return _week(today, -is_past)
    if unit == "month":
        return _whole_month(after_months(today.replace(day=1), -is_past))
    return None


def _week(today: date, weeks: int) -> Days:
    monday = today + timedelta(days=7 * weeks - today.weekday())
    return monday, monday + timedelta(days=7)


def _whole_month(first: date) -> Days:
    return first, after_months(first, 1)


def _day(day: date) -> Days:
    return day, day + timedelta(days=1)
