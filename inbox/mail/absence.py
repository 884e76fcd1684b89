"""What an out-of-office mail says of how long its writer is away. Pure, never raises.

Nothing is believed of it but the day: of two readings the one that is over sooner is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from inbox.mail.absence_dates import days_in

_MOST = 4000  # characters: what comes after them is a disclaimer, or the mail that was answered
_REACH: Final = 60  # characters between a day and the word that says what is on it
_ONE: Final = timedelta(days=1)
# What stands before the first day on which somebody is here again, …
_BACK = re.compile(
    r"(?i)\bback\b|\breturn|\bresume|\bavailable again|\breachable again|\bzurück|"
    r"\bwieder\b|\bab(?: dem)?\b|\brientr|\btorn(?:o|erò|eremo|are)\b|\bdi nuovo\b|\ba partire da|"
    r"\bверн|\bвозвращ|\bвыйду|\bвыхожу|\bснова\b|\bбуду (?:на|в|доступ)|出社|復帰|戻り|再開"
)
# … and before the last day on which they are not.
_UNTIL = re.compile(
    r"(?i)\b(?:un)?till?\b|\bthrough\b|\bthru\b|\bup to\b|\bbis\b|\bfin[oe] a|\bдо\b|"
    r"(?:\bto|\bal(?:l['’])?|\bпо|[-–—〜~～])\s*(?:the\s+)?$"
)
# Behind the day: Japanese says it there, German now and then.
_UNTIL_BEHIND = re.compile(r"\s*[)）]?\s*(?:まで|迄|いっぱい)")
_BACK_BEHIND = re.compile(
    r"(?i)[^.!?\n。]{0,40}?(?:\bwieder\b|\bzurück|\bback\b|\bin (?:the )?office\b|出社|復帰|戻|"
    r"再開|通常|対応いたします|\bснова\b|\bверн|\bin ufficio\b|\brientr)"
)
_NOT_BACK = re.compile(r"(?i)\bnot\b|\bnicht\b|\bnon\b|\bне\b|\bout\b|\baway\b|不在|休")
_SENTENCE = re.compile(r"(?<=[!?。！？\n])|(?<=[^\W\d_]\.)(?=\s)")


def back_on(text: str, sent: date) -> date | None:
    """The first day on which the writer is here again, later than `sent`; None if not said."""
    unsaid: list[date] = []
    until: list[date] = []
    for sentence in _SENTENCE.split(text[:_MOST]):
        days = days_in(sentence, sent)
        for at, one in enumerate(days):
            before = sentence[max(days[at - 1].end if at else 0, one.start - _REACH) : one.start]
            behind = sentence[one.end : days[at + 1].start if at + 1 < len(days) else None]
            says = _says(before, behind)
            if says == "back" and one.day > sent:
                return one.day
            if one.day >= sent:
                (until if says == "until" else unsaid).append(one.day + _ONE)
    return next(_ends(until, unsaid), None)


def _ends(until: list[date], unsaid: list[date]) -> Iterator[date]:
    yield from until[:1]
    # Days alone: "I am out of office 24 November – 5 December", the last of them.
    yield from unsaid[-1:]


def _says(before: str, behind: str) -> str:
    """What is on a day: `until` it they are away, they are `back` on it, or nothing is said."""
    if _UNTIL_BEHIND.match(behind):
        return "until"
    is_back, is_until = _last(_BACK, before), _last(_UNTIL, before)
    if max(is_back, is_until) >= 0:
        return "back" if is_back > is_until else "until"
    found = _BACK_BEHIND.match(behind)
    return "back" if found and not _NOT_BACK.search(found[0]) else ""


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((found.start() for found in pattern.finditer(text)), default=-1)
