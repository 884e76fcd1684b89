"""Targets in words: `first 4h next 8h solution 40h; urgent: first 30m next 1h`. Pure.

What is said first is of every priority, and what stands behind the name of one is of it alone. What
is not said holds as before: a day of open time for an answer, and no end for a solution.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Final

from inbox.model.marks import Urgency
from inbox.sla.deadlines import Targets

NONE: Final = "none"  # whenever it is done
OF: Final = {"first": "first_answer", "next": "next_answer", "solution": "solution"}
# The first says what holds for those that say nothing else.
ROWS: Final = (Urgency.NORMAL, Urgency.URGENT, Urgency.HIGH, Urgency.LOW)
ByUrgency = Mapping[Urgency, Targets]

_AMOUNT: Final = re.compile(r"(?:(\d{1,4})h)?(?:(\d{1,5})m)?")
_LONGEST: Final = timedelta(hours=1000)
_LONGEST_TEXT: Final = 1000


def read_targets(text: str) -> dict[Urgency, Targets]:
    """The targets of each priority. Raises ValueError."""
    if len(text) > _LONGEST_TEXT:
        raise ValueError("that is too long")
    said: dict[Urgency | None, dict[str, timedelta | None]] = {}
    for part in filter(None, (one.strip() for one in text.lower().split(";"))):
        name, colon, rest = part.partition(":")
        urgency = _urgency(name) if colon else None
        if urgency in said:
            raise ValueError(f"{name if colon else 'every priority'} is there twice")
        said[urgency] = _read_part(rest if colon else part)
    common = replace(Targets(), **said.get(None, {}))
    return {one: replace(common, **said.get(one, {})) for one in Urgency}


def targets_in_words(targets: ByUrgency) -> str:
    """The same as `read_targets` reads it, as shortly as possible; empty where nothing is said."""
    return targets_of_cells([cell for row in targets_in_cells(targets).values() for cell in row])


def targets_in_cells(targets: ByUrgency) -> dict[Urgency, list[str]]:
    """By priority a cell for each of `OF`; empty where it is as for `ROWS[0]`, or as by itself."""
    common = targets[ROWS[0]]
    others = {one: common for one in ROWS} | {ROWS[0]: Targets()}
    return {one: _cells(targets[one], others[one]) for one in ROWS}


def targets_of_cells(cells: Sequence[str]) -> str:
    """The words for the cells of all rows, one after the other, as they were typed.

    Raises ValueError where there are not so many.
    """
    each = ["".join(one.split()) for one in cells]
    parts = []
    for urgency, row in zip(ROWS, zip(*[iter(each)] * len(OF), strict=True), strict=True):
        words = " ".join(f"{what} {cell}" for what, cell in zip(OF, row, strict=True) if cell)
        if words:
            parts.append(words if urgency is ROWS[0] else f"{urgency.word}: {words}")
    return "; ".join(parts)


def read_amount(word: str) -> timedelta | None:
    """`4h`, `30m`, `1h30m`, a bare number of hours, or `none`. Raises ValueError."""
    if word == NONE:
        return None
    found = _AMOUNT.fullmatch(f"{word}h" if word.isdecimal() else word)
    amount = timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0)) if found else None
    if not amount or amount > _LONGEST:
        raise ValueError(f"{word!r} is no time: 4h, 30m, 1h30m, or {NONE}")
    return amount


def amount_in_words(amount: timedelta | None) -> str:
    """The same as `read_amount` reads it."""
    if amount is None:
        return NONE
    hours, minutes = divmod(int(amount.total_seconds()) // 60, 60)
    return f"{hours}h" * bool(hours) + f"{minutes}m" * bool(minutes)


def _urgency(name: str) -> Urgency:
    urgency = Urgency.of(name.strip())
    if urgency is None:
        raise ValueError(f"{name!r} is none of {', '.join(one.word for one in Urgency)}")
    return urgency


def _read_part(text: str) -> dict[str, timedelta | None]:
    words = text.replace(",", " ").replace("=", " ").split()
    if len(words) % 2 or not words:
        raise ValueError(f"{text.strip()!r} are no targets: first 4h next 8h solution 40h")
    found: dict[str, timedelta | None] = {}
    for what, amount in zip(words[::2], words[1::2], strict=True):
        if what not in OF or OF[what] in found:
            raise ValueError(f"{what!r} is none of {', '.join(OF)}, or is there twice")
        found[OF[what]] = read_amount(amount)
    return found


def _cells(targets: Targets, other: Targets) -> list[str]:
    mine, theirs = asdict(targets), asdict(other)
    return [
        "" if mine[name] == theirs[name] else amount_in_words(mine[name]) for name in OF.values()
    ]
