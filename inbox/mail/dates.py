"""Dates of mails that are none by RFC 5322 → the moment that every reader takes them for."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
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
_MONTH = re.compile(r"(?<=\d)([\s.-]{1,3})([^\W\d_]{3,9})\.?(?=[\s.-]{1,3}\d)")
_WEEKDAY = re.compile(r"^\s*[^\W\d_]{1,12}\.?,\s*")
_ZONE = re.compile(r"\b(?:GMT|UTC?)\s?(?=[+-]\d)")
_ZONE_COLON = re.compile(r"([+-]\d\d):(\d\d)(?=\D|$)")
_HALF = re.compile(r"(\d{1,2})(:\d\d(?::\d\d)?)\s?([ap])\.?m\b\.?", re.I)


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


def _month(word: str) -> str:
    word = word.casefold()
    return _MONTH_OF.get(word) or _MONTH_OF.get(word[:3]) or word
