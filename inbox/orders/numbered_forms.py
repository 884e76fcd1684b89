"""The many ways to put numbers before and behind what is to be done with them. Pure.

`take 1 and 3`, `1 to 3 take`, `all to Ivan`, `1は完了`: each becomes numbers, and what is said of
them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from inbox.orders.polite import plainly
from inbox.orders.verbs import Verb, verb_of

ALL: Final = -1  # every number of the list
REST: Final = -2  # those of which nothing is said
_MOST: Final = 200  # numbers of a range
_LONGEST: Final = 500  # characters of a line that is cut

# One letter for one, so that what is cut out of a line is where it was.
WIDE: Final = str.maketrans(
    "０１２３４５６７８９＃．（）［］　\xa0①②③④⑤⑥⑦⑧⑨", "0123456789#.()[]  123456789"
)
_TO_NUMBER: Final = r"[-–—~〜～]|\.{2,3}|…|to|bis|through|thru|до|по|fino a|a|から"
_BESIDES: Final = r"[,+&/、，]|and|und|e|и|と|,\s*(?:and|und|e|и)"
_SIGN: Final = r"(?:#|№|[Nn][ro]\.?\s*)?"
LIST: Final = rf"\d{{1,3}}(?:\s*(?:{_TO_NUMBER}|{_BESIDES})\s*{_SIGN}\d{{1,3}}(?![:.]\d))*"
_ROW: Final = r"\d{1,3}(?:\s+\d{1,3}){1,40}"
_END: Final = r"\s*(?:番|件目)?[\].):：）]*(?:[はをも]|[、，])?(?:\s*[-–—=]+(?![>\d]))?"
AT_START = re.compile(
    rf"\s*(?:[-*•·]\s*)?[(\[]?{_SIGN}({_ROW}(?=\s+[^\W\d_])|{LIST}){_END}(?=\s|$|\D)", re.IGNORECASE
)
_WITHIN = re.compile(
    rf"(?<=[\s,;.、，；。(\[])(?:#|№)?({LIST})"
    rf"(?:{_END}\s+(?=\S)|[\].):：）]+(?=\S)|番?[はをも]?(?=[ぁ-ヿ一-鿿]))",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"(\d+)(?:\s*(?:{_TO_NUMBER})\s*{_SIGN}(\d+))?", re.IGNORECASE)
_EVERY: Final = (
    "all of them|all of these|all the others|everything|all|alles|alle|tutti|tutte|tutto|все|всё"
    "|すべて|全部|全て|全件"
)
_OTHERS: Final = (
    "all the others|all others|the others|others|the rest|rest|den rest|der rest|die anderen"
    "|die übrigen|il resto|gli altri|le altre|остальные|остальное|остальных|残りは|残り|その他"
)
_MANY = re.compile(
    rf"\s*(?:and\s+|und\s+|e\s+|и\s+)?(?:({_OTHERS})|({_EVERY}))(?:[はをも]|[\s:：,、]+|$|(?<=[ぁ-ヿ一-鿿]))\s*",
    re.IGNORECASE,
)
_MANY_AT_END = re.compile(rf"\s+(?:({_OTHERS})|({_EVERY}))[\s.!。！]*$", re.IGNORECASE)
_MANY_WITHIN = re.compile(rf"(?:[,;.、；。]\s*|\s)(?=(?:{_OTHERS})[\s:：は])", re.IGNORECASE)
# What takes a time, or a number of its own, cannot be told from a number of the list.
_BEFORE_NUMBERS: Final = frozenset(
    {Verb.TAKE, Verb.CLOSE, Verb.ASSIGN, Verb.REOPEN, Verb.SPAM, Verb.NOT_SPAM, Verb.MOVE}
)
_VERB_FIRST = re.compile(
    rf"(?:^|[,;.、；]\s*|\s+(?:and|und|e|и)\s+|(?<=\d)\s+)\s*([^\W\d_]+)\s+(?:#|№)?({_ROW}|{LIST})(?![\d:])"
    r"(?=\s|$|[.,;!])",
    re.IGNORECASE,
)


def numbers_of(said: str) -> tuple[int, ...]:
    """`1-3, 5` as 1, 2, 3, 5."""
    found: list[int] = []
    for one in _RANGE.finditer(said):
        first, last = int(one[1]), int(one[2] or one[1])
        found += range(first, min(last, first + _MOST) + 1) if last >= first else (first, last)
    return tuple(dict.fromkeys(found))


def verbs_first(line: str) -> list[tuple[tuple[int, ...], str]]:
    """What a line that begins with a verb says of numbers behind it; nothing for any other."""
    if len(line) > _LONGEST:
        return []
    plain = plainly(line.translate(WIDE))
    found = [one for one in _VERB_FIRST.finditer(plain) if verb_of(one[1]) in _BEFORE_NUMBERS]
    if not found or found[0].start() or found[0][0][:1] in ",;.":
        return _to_many(plain)
    ends = [*(one.start() for one in found[1:]), len(plain)]
    return [
        (numbers_of(one[2]), f"{one[1]} {plain[one.end() : end].strip(' ,;.')}".strip())
        for one, end in zip(found, ends, strict=True)
    ]


def _to_many(plain: str) -> list[tuple[tuple[int, ...], str]]:
    """Close all, chiudi tutto."""
    many = _MANY_AT_END.search(plain)
    if many is None or verb_of(plain[: many.start()]) not in _BEFORE_NUMBERS:
        return []
    return [((REST if many[1] else ALL,), plain[: many.start()].strip())]


def many_at(line: str, at: int = 0) -> tuple[int, int] | None:
    """That all of them are meant, or the rest, and where what is said of them begins."""
    found = _MANY.match(line, at)
    return (REST if found[1] else ALL, found.end()) if found else None


def cuts(plain: str, at: int) -> list[tuple[int, int, tuple[int, ...]]]:
    """Where within a line numbers stand, or the rest is named: begin, end, and the numbers."""
    if len(plain) > _LONGEST:
        return []
    found = [(one.start(), one.end(), numbers_of(one[1])) for one in _WITHIN.finditer(plain, at)]
    for one in _MANY_WITHIN.finditer(plain, at):
        if many := many_at(plain, one.end()):
            found.append((one.start(), many[1], (many[0],)))
    return sorted(found)


def told_apart(numbers: Sequence[int], named: Collection[int], count: int) -> tuple[int, ...]:
    """The numbers that are meant in a list of so many, where these are named."""
    if ALL in numbers:
        return tuple(range(1, count + 1))
    if REST in numbers:
        return tuple(one for one in range(1, count + 1) if one not in named)
    return tuple(numbers)
