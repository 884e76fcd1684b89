"""Where in an answer the list that it answers is quoted, and what was written among its items.

Programs mark what they quote, or indent it, or only put it below; what the list said is known. A
line of it is found again by its letters alone, also where a program has wrapped it. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

_MARKS = re.compile(r"[\s>|\u00a0\u200b\ufeff]*")
# Where a link leads: of HTML alone the text says it behind the words, an address without a scheme.
_LINKED = re.compile(r"<(?:(?:mailto:|https?:)[^<>]*|[^<>\s@]+@[^<>\s@]+)>", re.IGNORECASE)
_RULE = re.compile(r"[\s_=*·•~—–-]{3,}")
_LABEL = re.compile(r"[\s*]*\S[^:：\n]{0,40}[:：]\*?\s*\S")
# A day, and the address of who wrote: `On Sunday, November 22, 2026 … <…@…> wrote:`.
_ATTRIBUTION = re.compile(r"\s*\D[^\n]*\d[^\n]*\S@\S[^\n]*")
_DIVIDER = re.compile(r"\s*(?:-{3,}|_{3,})")
_SIGNATURE = re.compile(r"\s*-- ?")
_SHORTEST: Final = 8  # letters of a line that is wrapped


@dataclass(slots=True)
class Block:
    """What was written under an item of the quoted list."""

    number: int
    lines: list[str] = field(default_factory=list)


def blocks_of(
    text: str, own: str, items: Sequence[Sequence[str]], around: Sequence[str], subject: str
) -> tuple[str, list[Block]]:
    """The new words above the quoted list, and those under each of its items.

    `subject` of the list stands in the header that some programs put above what they quote.
    """
    outer = {_key(line) for line in around}
    heads = {_key(lines[0]): number for number, lines in enumerate(items, 1) if lines}
    known = (outer | {_key(line) for lines in items for line in lines}) - {""}
    mine = {_key(line) for line in own.split("\n")}
    top: list[str] = []
    blocks: list[Block] = []
    open_: list[str] = []  # what may belong to an item, if more of the list comes below it
    number, is_below, begun = 0, False, ""
    for line in text.split("\n"):
        key = _key(line)
        # Above the list a line that only an item has said may be an order like any other.
        is_new = not is_below and key in mine and key not in heads.keys() | outer
        found = "" if is_new else _again(key, begun, known)
        if key and found:
            begun = "" if found in known else found
            if is_below and number and any(map(str.strip, open_)):
                blocks.append(Block(number, open_))
            open_, is_below = [], True
            number = heads.get(found, 0 if found in outer else number)
        elif _is_marked(line):
            is_below, begun = True, ""
        elif is_below:
            open_.append("" if _RULE.fullmatch(line) else line)
        elif not key or key in mine:
            top.append("" if _RULE.fullmatch(line) else line)
    top = _without_attribution(_without_header(top, _key(subject))) if is_below else top
    if number and any(map(str.strip, open_)):
        blocks.append(Block(number, _unsigned(open_)))
    return "\n".join(top).strip(), [one for one in blocks if one.lines]


def _without_attribution(lines: list[str]) -> list[str]:
    last = next((line for line in reversed(lines) if line.strip()), "")
    return lines[: lines.index(last)] if _ATTRIBUTION.fullmatch(last) else lines


def _without_header(lines: list[str], subject: str) -> list[str]:
    """The lines above the header of the list, which its subject ends, or nearly."""
    named = (
        at
        for at, line in enumerate(lines)
        if subject and _LABEL.match(line) and _key(line).endswith(subject)
    )
    at = next(named, None)
    if at is None:
        return lines
    while at > 0 and _LABEL.match(lines[at - 1]):
        at -= 1
    while at > 0 and (not lines[at - 1].strip() or _DIVIDER.match(lines[at - 1])):
        at -= 1
    return lines[:at]


def _again(key: str, begun: str, known: Collection[str]) -> str:
    """The line of the list that this is, or as much of one as was seen by now; or nothing."""
    if key in known:
        return key
    for so_far in (begun + key, key) if begun else (key,):
        if len(so_far) >= _SHORTEST and any(line.startswith(so_far) for line in known):
            return so_far
    return ""


def _key(line: str) -> str:
    """The letters and digits of a line: what programs leave as it is."""
    return "".join(filter(str.isalnum, _LINKED.sub("", line))).casefold()


def _is_marked(line: str) -> bool:
    found = _MARKS.match(line)
    return found is not None and ">" in found[0]


def _unsigned(lines: Sequence[str]) -> list[str]:
    end = next((at for at, line in enumerate(lines) if _SIGNATURE.fullmatch(line)), len(lines))
    return list(lines[:end])
