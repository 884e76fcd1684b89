"""Lines that programs write above what they quote: they name a mail, by its writer and moment.

The moment is the reader's, in a zone that nobody tells. Zones differ by quarters of an hour, so
that minutes agree however far away somebody reads, and the day by one at most. The words around
are of any language: numbers, names and addresses are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum

from inbox.mail.attribution import attributions
from inbox.mail.dates import month_of
from inbox.mail.header_block import read_block
from inbox.mail.quote_marks import is_quoted, unquoted

_MOST = 8
_MOST_LINES = 800
_DEEPEST = 3  # quotes of quotes
_LONGEST = 600  # characters of a line above a quote
_TIME = re.compile(r"(?<![\d:.])(\d{1,2})\s?[:.h時点시]\s?(\d{2})(?![\d.])(?::\d{2})?")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+")
_MINUTES = 15
_QUARTER = timedelta(minutes=_MINUTES)
_WEST, _EAST = timedelta(hours=-12), timedelta(hours=14)


class Agreement(IntEnum):
    """How well a line agrees with a mail that it may name."""

    NO = 0
    DAY = 1
    MINUTE = 2  # in some zone
    EXACT = 3  # in the zone of whoever writes the line


@dataclass(frozen=True, slots=True)
class Said:
    """Who has written a mail of a conversation, and when."""

    name: str
    address: str
    at: datetime
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class Above:
    """What a line above a quote says."""

    text: str  # as it stands, on one line
    words: frozenset[str]
    addresses: frozenset[str]
    numbers: frozenset[int]
    months: frozenset[int]  # of which a word may be the name
    times: tuple[tuple[int, int], ...]  # hour and minute

    @property
    def past_quarter(self) -> frozenset[int]:
        """How many minutes after a quarter of an hour it was, which is the same in all zones."""
        return frozenset(minute % _MINUTES for _, minute in self.times)


def lines_above(text: str) -> tuple[Above, ...]:
    """The lines of a text that name the mails quoted in it, the newest first; bounded."""
    lines = text.split("\n")[:_MOST_LINES]
    found: dict[str, Above] = {}
    for _ in range(_DEEPEST):
        for line in _of_depth(lines):
            one = _read(line)
            if one.numbers and len(found) < _MOST:
                found.setdefault(one.text, one)
        lines = [unquoted(line) for line in lines if is_quoted(line)]
        if not lines or len(found) == _MOST:
            break
    return tuple(found.values())


def agreement(above: Above, said: Iterable[Said], zone: timedelta | None) -> Agreement:
    """How well the line agrees with that one of the mails with which it agrees best."""
    return max((_agreement(above, one, zone) for one in said), default=Agreement.NO)


def past_quarter(lines: Iterable[Above]) -> frozenset[int] | None:
    """How many minutes after a quarter the mails were written that lines may name; None: any."""
    found = [line.past_quarter for line in lines]
    return frozenset[int]().union(*found) if all(found) else None


def _agreement(above: Above, said: Said, zone: timedelta | None) -> Agreement:
    at = said.at.astimezone(UTC).replace(tzinfo=None, second=0, microsecond=0)
    # First what is cheap, and tells most of them apart.
    is_then = not above.times or at.minute % _MINUTES in above.past_quarter
    if not (is_then and _is_by(above, said)):
        return Agreement.NO
    if not above.times:
        days = (at + timedelta(days=n) for n in (-1, 0, 1))
        return Agreement.DAY if any(_is_day(above, day) for day in days) else Agreement.NO
    best = Agreement.NO
    for local in _locals(above, at):
        exact = zone is not None and local - at == zone
        best = max(best, Agreement.EXACT if exact else Agreement.MINUTE)
    return best


def _locals(above: Above, at: datetime) -> Iterator[datetime]:
    """What a clock somewhere may have shown at this moment, of what the line says."""
    for hour, minute in above.times:
        # Half of the day is said in words of any language, before or behind.
        for hours in {hour % 24, (hour + 12) % 24 if hour <= 12 else hour % 24}:
            for days in (-1, 0, 1):
                local = (at + timedelta(days=days)).replace(hour=hours, minute=minute % 60)
                ahead = local - at
                if _WEST <= ahead <= _EAST and not ahead % _QUARTER and _is_day(above, local):
                    yield local


def _is_day(above: Above, day: datetime) -> bool:
    years = {one for one in above.numbers if 1970 <= one <= 2100}
    if years and day.year not in years:
        return False
    return day.day in above.numbers and day.month in (above.months | above.numbers)


def _is_by(above: Above, said: Said) -> bool:
    if said.address and said.address in above.addresses:
        return True
    name = {word for word in _WORD.findall(said.name.casefold()) if len(word) > 1}
    return len(name) > 1 and name <= above.words


def _of_depth(lines: list[str]) -> Iterator[str]:
    begins = attributions(lines)
    for at, line in enumerate(lines):
        if length := begins.get(at, 0):
            yield " ".join(one.strip() for one in lines[at : at + length])
        elif ":" in line and (at == 0 or not lines[at - 1].strip(" >-_=*")):
            block = read_block(lines, at)
            if block is not None and block.is_likely and "date" in block.fields:
                yield f"{block.fields.get('from', '')}, {block.fields['date']}"


def _read(line: str) -> Above:
    line = line[:_LONGEST]
    lower = line.casefold()
    addresses = frozenset(one.strip(".").removeprefix("mailto:") for one in _ADDRESS.findall(lower))
    bare = _ADDRESS.sub(" ", lower)
    times = [(int(hour), int(minute)) for hour, minute in _TIME.findall(bare)]
    words, numbers = _WORD.findall(bare), _NUMBER.findall(_TIME.sub(" ", bare))
    return Above(
        text=line,
        words=frozenset(words),
        addresses=addresses,
        numbers=frozenset(int(one) for one in numbers if len(one) < 9),
        months=frozenset(map(month_of, words)) - {0},
        times=tuple(one for one in times if one[0] < 25 and one[1] < 60),
    )
