"""The days that a text names, as people of five languages write them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from babel.dates import get_month_names

_LANGUAGES: Final = ("en", "de", "it", "ru")
_MORE_MONTHS: Final = {"sept": 9, "mrz": 3, "genn": 1, "sett": 9, "нояб": 11, "сент": 9}


@cache  # four languages of calendars are seven megabytes, for mails that few processes ever see
def _months() -> dict[str, int]:
    """The number of each month by its names, folded."""
    found = dict(_MORE_MONTHS)
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                names = get_month_names(width, context, language)
                found |= {str(name).casefold().rstrip("."): at for at, name in names.items()}
    return found


_YEAR = r"(?P<year>20\d\d)"
_DAY = r"(?P<day>[0-3]?\d)"
# Beginnings are enough: the languages bend these words.
_WEEKDAYS: Final = (
    r"mon(?:day)?\b|montag|luned|понедельник|月曜",
    r"tue(?:s(?:day)?)?\b|dienstag|marted|вторник|火曜",
    r"wed(?:nesday)?\b|mittwoch|mercoled|сред[ауы]\b|水曜",
    r"thu(?:rs(?:day)?)?\b|donnerstag|gioved|четверг|木曜",
    r"fri(?:day)?\b|freitag|venerd|пятниц|金曜",
    r"sat(?:urday)?\b|samstag|sonnabend|sabato|суббот|土曜",
    r"sun(?:day)?\b|sonntag|domenica|воскресень|日曜",
)
_WEEKDAY = "|".join(rf"(?P<w{at}>{names})[a-zà-ÿа-яё]*" for at, names in enumerate(_WEEKDAYS))
_NUMBER = r"(?<![\d/.:-])"  # not within a longer number
_END = r"(?![\d:]|[./-]\d| ?(?:uhr|h\b|ч\b|am\b|pm\b))"
_BETWEEN = re.compile(r"(?i)[\s,.(（)）日]*(?:the|den|dem|il)?\s*")


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """How a day is written; the first that matches a place has it."""
    month = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return tuple(
        re.compile(form, re.IGNORECASE)
        for form in (
            rf"{_NUMBER}{_YEAR}(?P<sign>[-/.])(?P<month>[01]?\d)(?P=sign){_DAY}(?!\d)",
            rf"(?:{_YEAR}年)?(?P<month>[01]?\d)月{_DAY}日",
            rf"{_NUMBER}{_DAY}(?:st|nd|rd|th|[.º°])?(?: of)? ?(?P<name>{month})\b\.?,?"
            rf"(?: {_YEAR})?",
            rf"\b(?P<name>{month})\.? {_DAY}(?:st|nd|rd|th)?\b(?!\.\d)(?:,? {_YEAR})?",
            # Day and month, or month and day: see `_days_of`.
            rf"{_NUMBER}(?P<one>[0-3]?\d)/(?P<two>[0-3]?\d)(?:/(?P<short>(?:20)?\d\d))?{_END}",
            rf"{_NUMBER}{_DAY}\.(?P<month>[01]?\d)(?:\.(?P<short>(?:20)?\d\d)?)?{_END}",
            # The first of two days of one month: "20 to 25 November", "dal 20 al 25 novembre".
            rf"{_NUMBER}{_DAY}\.?(?= ?(?:-|–|to|bis|al|по) ?[0-3]?\d\.? ?(?P<name>{month})\b)",
            r"(?P<tomorrow>\btomorrow\b|\bdomani\b|\bзавтра\b|明日|\bmorgen\b(?! (?:früh|abend)))",
            r"(?P<week>\bnext week\b|\bnächste[rn]? woche\b|\b(?:prossima settimana|settimana "
            r"prossima)\b|\bследующей недел|来週)(?!の?[月火水木金土日]曜)",
            rf"(?:{_WEEKDAY})",
        )
    )


@dataclass(frozen=True, slots=True)
class Named:
    """A day that stands in a text, and where."""

    day: date
    start: int
    end: int


def days_in(text: str, sent: date) -> list[Named]:
    """Every day that the text names, in its order, as somebody means it who writes on `sent`.

    A day without a year is the nearest of its kind. The weekday beside a date is part of it.
    """
    found: list[Named] = []
    taken: list[tuple[int, int]] = []
    for form in _forms():
        for match in form.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            if days := sorted(_days_of(match, sent)):
                day = next((one for one in days if one >= sent), days[-1])
                found.append(Named(day, match.start(), match.end()))
                taken.append(match.span())
    found.sort(key=lambda one: one.start)
    return [one for one in found if not _is_beside(one, found, text)]


def _days_of(match: re.Match[str], sent: date) -> Iterator[date]:
    """The days that one place of the text may mean."""
    found = match.groupdict()
    if found.get("tomorrow"):
        yield sent + timedelta(days=1)
    elif found.get("week"):
        yield sent + timedelta(days=7 - sent.weekday())
    elif weekday := [at for at in range(7) if found.get(f"w{at}")]:
        yield sent + timedelta(days=(weekday[0] - sent.weekday()) % 7)
    else:
        year = int(found.get("year") or found.get("short") or 0)
        year += 2000 * (0 < year < 100)
        pairs = [(found.get("day"), found.get("month"))]
        if name := found.get("name"):
            pairs = [(found["day"], str(_months()[name.casefold().rstrip(".")]))]
        elif one := found.get("one"):
            two = found["two"]
            pairs = [(one, two), (two, one)]
        for day, month in pairs:
            if (one_day := _day(year, int(month or 0), int(day or 0), sent)) is not None:
                yield one_day


def _day(year: int, month: int, day: int, sent: date) -> date | None:
    years = (year,) if year else (sent.year - 1, sent.year, sent.year + 1)
    days = []
    for one in years:
        try:
            days.append(date(one, month, day))
        except ValueError:  # no such day
            continue
    return min(days, key=lambda one: abs((one - sent).days), default=None)


def _is_beside(one: Named, days: list[Named], text: str) -> bool:
    """Whether it is only the weekday of the date beside it: "Monday 30 November", "5日(金曜)"."""
    if any(sign.isdigit() for sign in text[one.start : one.end]):
        return False
    return any(
        other is not one
        and any(sign.isdigit() for sign in text[other.start : other.end])
        and _BETWEEN.fullmatch(text[min(one.end, other.end) : max(one.start, other.start)])
        for other in days
    )
