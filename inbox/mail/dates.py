"""Dates of mails that are none by RFC 5322 → the moment that every reader takes them for."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

# What programs write that translate the names of months; those that begin as in English are left.
_MONTHS = {
    "Jan": "janv jän gen ene stycz leden янв січ",
    "Feb": "fév févr lut únor фев лют",
    "Mar": "mrz mär maa březen мар бер",
    "Apr": "avr abr kwi duben апр кві",
    "May": "mai mei mag maj květen мая май тра",
    "Jun": "juin giu cze червня черв июн",
    "Jul": "juil lug lip červenec июл лип",
    "Aug": "août aoû ago sie srpen авг сер",
    "Sep": "set wrz září сен вер",
    "Oct": "okt ott out paź říjen окт жов",
    "Nov": "lis listopad ноя лис",
    "Dec": "dez déc dic grud prosinec дек гру",
}
_MONTH_OF = {word: month for month, words in _MONTHS.items() for word in words.split()}
_NUMBER_OF = {month: number for number, month in enumerate(_MONTHS, 1)}
_MONTH = re.compile(r"(?<=\d)([\s.-]{1,3})([^\W\d_]{3,9})\.?(?=[\s.-]{1,3}\d)")
# A date as nearly all programs write it; any other is left to those who know the exceptions.
_PLAIN = re.compile(
    r"(?:(Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d{1,2}) "
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ((?:19|20)\d\d) "
    r"([01]\d|2[0-3]):([0-5]\d):([0-5]\d) ([+-])(0\d|1[0-4])([0-5]\d)(?: \([A-Z]{2,5}\))?",
    re.ASCII,
)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEKDAY = re.compile(r"^\s*[^\W\d_]{1,12}\.?,\s*")
_ZONE = re.compile(r"\b(?:GMT|UTC?)\s?(?=[+-]\d)")
_ZONE_COLON = re.compile(r"([+-]\d\d):(\d\d)(?=\D|$)")
_HALF = re.compile(r"(\d{1,2})(:\d\d(?::\d\d)?)\s?([ap])\.?m\b\.?", re.I)


def plain_date(value: str) -> datetime | None:
    """The moment of a date that nobody could read otherwise; None for any other."""
    match = _PLAIN.fullmatch(value)
    if match is None or (match[8] == "-" and match[9] == match[10] == "00"):
        return None  # RFC 5322 §3.3: -0000 says that the zone is not known
    offset = timedelta(hours=int(match[9]), minutes=int(match[10]))
    zone = timezone(-offset if match[8] == "-" else offset)
    clock = int(match[5]), int(match[6]), int(match[7])
    try:
        found = datetime(int(match[4]), _NUMBER_OF[match[3]], int(match[2]), *clock, tzinfo=zone)
    except ValueError:
        return None
    return found if not match[1] or _DAYS[found.weekday()] == match[1] else None


def is_misread(value: str) -> bool:
    """True for what a reader of RFC 5322 takes for a moment in another zone, or half of the day."""
    return bool(_ZONE.search(value) or _HALF.search(value))


def lenient_date(value: str) -> datetime | None:
    """The moment, in UTC where no zone is given; None where nobody could tell."""
    when = _iso(value) or _read(_ZONE_COLON.sub(r"\1\2", _ZONE.sub("", _in_english(value))))
    return when if when is None or when.tzinfo else when.replace(tzinfo=UTC)


def _iso(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value.strip())
    except ValueError:
        return None


def _read(value: str) -> datetime | None:
    half = _HALF.search(value)
    try:
        when = parsedate_to_datetime(_HALF.sub(r"\1\2", value))
        if half and int(half[1]) <= 12:
            when += timedelta(hours=12 * (half[3] in "pP") - 12 * (int(half[1]) == 12))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return when


def _in_english(value: str) -> str:
    value = _WEEKDAY.sub("", value)
    return _MONTH.sub(lambda found: f"{found[1]}{_month(found[2])}", value, count=1)


def month_of(word: str) -> int:
    """The number of the month that a word of any language names or begins like; 0 for none."""
    return _NUMBER_OF.get(_month(word)[:3].capitalize(), 0)


def _month(word: str) -> str:
    word = word.casefold()
    return _MONTH_OF.get(word) or _MONTH_OF.get(word[:3]) or word
