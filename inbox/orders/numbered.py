"""An answer to a numbered list → what is to be done with which number. Pure, never raises.

`1 take 2 to ivan 3 close`, on one line or several; or words under a number, or under an item that
is quoted. Nothing that the list itself said is read as an order, wherever it stands and whether or
not it has quote marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from inbox.orders.ending import says_nothing
from inbox.orders.names import Person
from inbox.orders.numbered_forms import (
    AT_START,
    WIDE,
    cuts,
    many_at,
    numbers_of,
    told_apart,
    verbs_first,
)
from inbox.orders.numbered_piece import ANSWER, as_orders, begins_order, may_begin_order
from inbox.orders.polite import plainly
from inbox.orders.quoted_list import blocks_of
from inbox.orders.reading import Order, Unclear, read
from inbox.orders.verbs import Verb, nearest

MOST: Final = 200  # parts of a mail
LONGEST: Final = 2000  # lines of it, what it quotes included
WHOLE: Final = frozenset({Verb.NOTICES, Verb.AWAY, Verb.BACK, Verb.HELP})  # need no number
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
    """All parts as they were written, and what belongs to no number.

    `whole`: what is asked for on lines of their own, and is about no number at all. Of what
    `is_too_long` nothing is understood: half of it would be done, and nobody would know.
    """

    parts: tuple[Part, ...] = ()
    stray: str = ""
    whole: tuple[Order, ...] = ()
    is_too_long: bool = False


def read_numbered(
    text: str,
    own: str,
    items: Sequence[Sequence[str]],
    around: Sequence[str],
    *,
    subject: str = "",
    name: str = "",
    people: Sequence[Person] = (),
) -> Numbered:
    """What the mail asks for; `text` is all of it, `own` what its structure shows as new.

    `items` are the lines of each item, the number first, `around` the other lines of the list.
    `name` of the writer: their signature says nothing. `people` who may be named alone.
    """
    if max(text.count("\n"), own.count("\n")) >= LONGEST:
        return Numbered(is_too_long=True)
    top, below = blocks_of(text, own, items, around, subject)
    whole, top = _of_whole(top)
    stray, segments = _segments(top, people)
    if len(items) == 1 and stray.strip() and not segments:
        stray, segments = "", [((1,), ["", *stray.split("\n")])]  # one that needs no number
    if len(segments) + len(below) > MOST:
        return Numbered(is_too_long=True)
    parts = [_part(numbers, lines, name, people) for numbers, lines in segments]
    parts = _untorn(parts)
    parts += [_part((one.number,), ["", *one.lines], name, people) for one in below]
    said = [part for part in parts if part.orders or part.words or part.unclear]
    named = {number for part in said for number in part.numbers}
    said = [replace(part, numbers=told_apart(part.numbers, named, len(items))) for part in said]
    is_silent = not plainly(stray) or says_nothing(stray, name)
    return Numbered(parts=tuple(said), stray="" if is_silent else stray, whole=whole)


def _of_whole(text: str) -> tuple[tuple[Order, ...], str]:
    """Lines that are about no number, wherever they stand, and the others."""
    orders: list[Order] = []
    others: list[str] = []
    for line in text.split("\n"):
        found = read(line)
        if found.orders and not found.unclear and all(one.verb in WHOLE for one in found.orders):
            orders += found.orders
        else:
            others.append(line)
    return tuple(orders), "\n".join(others)


def _segments(
    top: str, people: Sequence[Person]
) -> tuple[str, list[tuple[tuple[int, ...], list[str]]]]:
    """The words above the first number, and the lines of each number."""
    stray: list[str] = []
    found: list[tuple[tuple[int, ...], list[str]]] = []
    for line in top.split("\n"):
        is_answer = bool(found) and _is_answer(found[-1][1])
        for numbers, piece in _pieces(line, people, is_answer=is_answer):
            if numbers:
                found.append((numbers, [piece]))
            elif found:
                found[-1][1].append(piece)
            else:
                stray.append(piece)
    return "\n".join(stray).strip(), found


def _pieces(
    line: str, people: Sequence[Person], *, is_answer: bool
) -> Iterator[tuple[tuple[int, ...], str]]:
    """The line, cut where a number begins; within a line only before something that can be done.

    Within an answer a number is mostly the answer's own: there it counts before orders alone.
    """
    plain = line.translate(WIDE)
    numbers, at = _begin(plain, people, is_answer=is_answer)
    if is_answer and not numbers:
        yield (), line
        return
    if not numbers and (first := verbs_first(line)):
        yield from first
        return
    if not ANSWER.match(plain, at):
        for start, end, further in cuts(plain, at):
            if start < at or not may_begin_order(plain[end:], after=plain[at:start], people=people):
                continue
            if numbers or plain[:start].strip(" ,;.("):
                yield numbers, line[at:start].strip(" ,;、，；(")
            numbers, at = further, end
            if ANSWER.match(plain, at):
                break
    yield numbers, line[at:].strip() if numbers else line[at:]


def _begin(plain: str, people: Sequence[Person], *, is_answer: bool) -> tuple[tuple[int, ...], int]:
    """The numbers with which a line begins, and where what is said of them does."""
    if begin := AT_START.match(plain):
        said = plain[begin.end() :]
        if not is_answer or begins_order(said, people) or _may_be_a_slip(said):
            return numbers_of(begin[1]), begin.end()
    elif not is_answer and (many := many_at(plain)):
        number, at = many
        if begins_order(plain[at:], people):
            return (number,), at
    return (), 0


def _may_be_a_slip(said: str) -> bool:
    """Whether it is as short as an order and nearly one: it must not leave in an answer."""
    words = said.split()
    return 0 < len(words) <= _SHORT and bool(nearest(words[0].strip(".,!:")))


def _is_answer(lines: Sequence[str]) -> bool:
    first = next((line for line in lines if line.strip()), "")
    return bool(ANSWER.match(first))


def _part(
    numbers: tuple[int, ...], lines: Sequence[str], name: str, people: Sequence[Person]
) -> Part:
    """What is said of some numbers: an answer, orders, words below, or nobody knows what."""
    shown = next((line.strip() for line in lines if line.strip()), "")
    if _is_answer(lines):
        text = "\n".join(lines).strip()
        words = text[match.end() :] if (match := ANSWER.match(text)) else text
        return Part(numbers=numbers, line=shown, words=words.strip(), is_answer=True)
    orders: list[Order] = []
    first, *rest = lines
    if first.strip():
        found = read(as_orders(first, people))
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
        found = read(as_orders(line))
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


def _untorn(parts: Sequence[Part]) -> list[Part]:
    """An answer that may have been cut in its middle is unclear: by a line after it that nobody
    understands, or by one that may be the next of a list in it, which then is unclear as well.
    """
    found = list(parts)
    for at, (one, following) in enumerate(pairwise(parts)):
        has_list = one.is_answer and any(map(AT_START.match, one.words.split("\n")))
        if one.is_answer and (has_list or following.unclear):
            found[at] = _unclear(one)
            found[at + 1] = following if following.unclear else _unclear(following)
    return found


def _unclear(part: Part) -> Part:
    unclear = Unclear(line=part.line, said="")
    return Part(numbers=part.numbers, line=part.line, unclear=unclear)
