"""An answer to a numbered list → what is to be done with which number. Pure, never raises.

`1 take 2 to ivan 3 close`, on one line or several; or words under a number, or under an item that
is quoted. Nothing that the list itself said is read as an order, wherever it stands and whether or
not it has quote marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from inbox.orders.ending import says_nothing
from inbox.orders.quoted_list import blocks_of
from inbox.orders.reading import Order, Unclear, read
from inbox.orders.verbs import Verb, nearest

_MOST: Final = 200  # parts of a mail
_WIDE: Final = str.maketrans("０１２３４５６７８９＃", "0123456789#")
_LIST = r"\d{1,3}(?:\s*(?:[-–,+&]|and|und|e|и|と)\s*\d{1,3})*"
_AT_START = re.compile(rf"\s*(?:[-*•]\s*)?(?:#|№|[Nn][ro]\.?\s*)?({_LIST})\s*[.):：）]*(?=\s|$|\D)")
_WITHIN = re.compile(rf"(?<=[\s,;.、，；])(?:#|№)?({_LIST})[.):：）]*\s+(?=\S)")
_NUMBERS = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")
_ANSWER = re.compile(
    r"\s*@?(?:answer|reply|ответ|ответить|risposta|rispondi|antwort|antworten|返信|回答)\s*[:：]\s*",
    re.IGNORECASE,
)
_TO = re.compile(r"\s*(?:to|an|a|al|alla|кому|->|→)\s+(?=\S)", re.IGNORECASE)
_TO_JAPANESE = re.compile(r"\s*(\S{1,30}?)(?:さん|様)?(?:へ|に)(?=[\s、。,.]|$)")
_APART = re.compile(r"\s*[,;、；]\s*|\s+(?:and|und|и|e)\s+")
_SHORT: Final = 3  # words that may be an order with a slip


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is said about some numbers. `line` as it was written."""

    numbers: tuple[int, ...]
    line: str
    orders: tuple[Order, ...] = ()
    words: str = ""
    is_answer: bool = False  # the words are for the customer
    unclear: Unclear | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """All parts as they were written, and what belongs to no number."""

    parts: tuple[Part, ...] = ()
    stray: str = ""


def read_numbered(
    text: str,
    own: str,
    items: Sequence[Sequence[str]],
    around: Sequence[str],
    *,
    subject: str = "",
    name: str = "",
) -> Numbered:
    """What the mail asks for; `text` is all of it, `own` what its structure shows as new.

    `items` are the lines of each item, the number first, `around` the other lines of the list.
    `name` of the writer: their signature says nothing.
    """
    top, below = blocks_of(text, own, items, around, subject)
    stray, segments = _segments(top)
    parts = [_part(numbers, lines, name) for numbers, lines in segments]
    parts = _untorn(parts)
    parts += [_part((one.number,), ["", *one.lines], name) for one in below]
    said = [part for part in parts[:_MOST] if part.orders or part.words or part.unclear]
    return Numbered(parts=tuple(said), stray="" if says_nothing(stray, name) else stray)


def _segments(top: str) -> tuple[str, list[tuple[tuple[int, ...], list[str]]]]:
    """The words above the first number, and the lines of each number."""
    stray: list[str] = []
    found: list[tuple[tuple[int, ...], list[str]]] = []
    for line in top.split("\n"):
        pieces = list(_pieces(line, is_answer=bool(found) and _is_answer(found[-1][1])))
        for numbers, piece in pieces:
            if numbers:
                found.append((numbers, [piece]))
            elif found:
                found[-1][1].append(piece)
            else:
                stray.append(piece)
    return "\n".join(stray).strip(), found


def _pieces(line: str, *, is_answer: bool) -> Iterator[tuple[tuple[int, ...], str]]:
    """The line, cut where a number begins; within a line only before something that can be done.

    Within an answer a number is mostly the answer's own: there it counts before orders alone.
    """
    plain = line.translate(_WIDE)
    begin = _AT_START.match(plain)
    if begin and (not is_answer or _begins_order(plain[begin.end() :])):
        numbers, at = _numbers(begin[1]), begin.end()
    else:
        numbers, at = (), 0
    if is_answer and not numbers:
        yield (), line
        return
    if not _ANSWER.match(plain, at):
        for cut in _WITHIN.finditer(plain, at):
            if not _may_begin_order(plain[cut.end() :], after=plain[at : cut.start()]):
                continue
            if numbers or plain[: cut.start()].strip():
                yield numbers, line[at : cut.start()].strip(" ,;、，；")
            numbers, at = _numbers(cut[1]), cut.end()
            if _ANSWER.match(plain, at):
                break
    yield numbers, line[at:].strip() if numbers else line[at:]


def _numbers(said: str) -> tuple[int, ...]:
    """`1-3, 5` as 1, 2, 3, 5."""
    found: list[int] = []
    for one in _NUMBERS.finditer(said):
        first, last = int(one[1]), int(one[2] or one[1])
        found += range(first, min(last, first + _MOST) + 1) if last >= first else (first, last)
    return tuple(dict.fromkeys(found))


def _begins_order(said: str) -> bool:
    if _ANSWER.match(said) or _TO.match(said) or _TO_JAPANESE.match(said):
        return True
    found = read(f"@{said.lstrip(' @＠')}")
    return bool(found.orders) or (found.unclear is not None and found.unclear.verb is not None)


def _may_begin_order(said: str, *, after: str) -> bool:
    """Also with a slip: what comes before it is done, and this one is not.

    After something that is put off a number may count days: `3 Tage`, which is near to `tag`.
    """
    before = read(_as_orders(after)).orders
    if before and before[-1].verb in (Verb.WAIT, Verb.SNOOZE):
        found = read(f"@{said.lstrip(' @＠')}")
        verb = found.orders[0].verb if found.orders else found.unclear and found.unclear.verb
        return bool(_ANSWER.match(said) or _TO.match(said)) or verb not in (None, Verb.TAG)
    return _begins_order(said) or bool(nearest(said.split(maxsplit=1)[0].strip(".,;!@＠")))


def _is_answer(lines: Sequence[str]) -> bool:
    first = next((line for line in lines if line.strip()), "")
    return bool(_ANSWER.match(first))


def _part(numbers: tuple[int, ...], lines: Sequence[str], name: str) -> Part:
    """What is said of some numbers: an answer, orders, words below, or nobody knows what."""
    shown = next((line.strip() for line in lines if line.strip()), "")
    if _is_answer(lines):
        text = "\n".join(lines).strip()
        words = text[match.end() :] if (match := _ANSWER.match(text)) else text
        return Part(numbers=numbers, line=shown, words=words.strip(), is_answer=True)
    orders: list[Order] = []
    first, *rest = lines
    if first.strip():
        found = read(_as_orders(first))
        if found.unclear or not found.orders:
            unclear = found.unclear or Unclear(line=shown, said=shown)
            return Part(numbers=numbers, line=shown, unclear=unclear)
        orders += found.orders
        rest = [*filter(None, [found.rest]), *rest]
    else:
        orders, rest, slip = _below(rest)
        if slip:
            return Part(numbers=numbers, line=shown, unclear=slip)
    words = "\n".join(rest).strip()
    is_silent = says_nothing(words, name)
    return Part(numbers=numbers, line=shown, orders=tuple(orders), words="" if is_silent else words)


def _below(lines: Sequence[str]) -> tuple[list[Order], list[str], Unclear | None]:
    """The orders with which lines under an item begin, the lines of words, and a slip."""
    orders: list[Order] = []
    lines = list(lines)
    while lines:
        line = lines[0].strip()
        found = read(_as_orders(line))
        if line and (found.unclear or not found.orders):
            is_sign = line[0] in "@＠"
            is_short = len(line.split()) <= _SHORT and not any(map(str.strip, lines[1:]))
            slip = is_short and nearest(line.split()[0].strip(".,!:"))
            is_slip = found.unclear and (is_sign or slip)
            return orders, lines, found.unclear if is_slip else None
        orders += found.orders
        lines = [*filter(None, [found.rest]), *lines[1:]] if line else lines[1:]
        if found.rest:
            break
    return orders, lines, None


def _as_orders(line: str) -> str:
    """A line without signs as it would be written with them: `take, close` is `@take @close`."""
    if not line.strip():
        return ""
    pieces = _APART.split(line.strip())
    if len(pieces) > 1 and all(map(_begins_order, filter(None, pieces))):
        return " ".join(_as_order(piece) for piece in pieces if piece)
    return _as_order(line)


def _as_order(piece: str) -> str:
    if to := _TO.match(piece):
        return f"@assign {piece[to.end() :]}"
    plain = f"@{piece.lstrip(' @＠')}"
    if (to := _TO_JAPANESE.match(piece)) and not read(plain).orders:
        return f"@assign {to[1]}"
    return plain


def _untorn(parts: Sequence[Part]) -> list[Part]:
    """An answer that may have been cut in its middle is unclear: by a line after it that nobody
    understands, or by one that may be the next of a list in it, which then is unclear as well.
    """
    found = list(parts)
    for at, (one, following) in enumerate(pairwise(parts)):
        has_list = one.is_answer and any(map(_AT_START.match, one.words.split("\n")))
        if one.is_answer and (has_list or following.unclear):
            found[at] = _unclear(one)
            found[at + 1] = following if following.unclear else _unclear(following)
    return found


def _unclear(part: Part) -> Part:
    unclear = Unclear(line=part.line, said="")
    return Part(numbers=part.numbers, line=part.line, unclear=unclear)
