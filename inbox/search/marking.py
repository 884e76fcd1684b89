"""What is found, as it is shown: a piece of it, with the words that were looked for marked. Pure.

Pieces are plain text; whoever shows them escapes each as their page or mail needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from inbox.search.asked import Marks
from inbox.search.document import composed
from inbox.search.words import words

LENGTH: Final = 180  # characters of a snippet
_BEFORE: Final = 50  # of them before the first word that is marked
_HINT: Final = 3  # letters that a word shares with all its forms
_MOST: Final = 400  # places that are compared
_END: Final = 15  # so far back a piece may end to end between words


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, marked or not."""

    text: str
    is_hit: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    what: str


def marked(text: str, marks: Marks) -> tuple[Piece, ...]:
    """The whole text, on one line."""
    plain = " ".join(composed(text).split())
    return tuple(_pieces(plain, 0, len(plain), list(_places(plain, marks))))


def snippet(text: str, marks: Marks, *, length: int = LENGTH) -> tuple[Piece, ...]:
    """The part of a text in which most of it stands; its beginning where nothing of it does."""
    plain = " ".join(composed(text).split())
    places = list(_places(plain, marks))
    start, end = _part(plain, places, length)
    before, after = "…" * (start > 0), "…" * (end < len(plain))
    pieces = [Piece(before), *_pieces(plain, start, end, places), Piece(after)]
    return tuple(one for one in pieces if one.text)


def has_hit(pieces: Sequence[Piece]) -> bool:
    """Whether anything is marked."""
    return any(one.is_hit for one in pieces)


def _places(text: str, marks: Marks) -> Iterator[_Place]:
    found: list[_Place] = []
    if hints := _hints(marks):
        for word in words(text, hints=hints):
            if (what := _hit(word.tokens, marks)) is not None:
                found.append(_Place(word.start, word.end, what))
    for signs in marks.signs:
        found += [
            _Place(one.start(), one.end(), signs) for one in re.finditer(re.escape(signs), text)
        ]
    end = -1
    for place in sorted(found, key=lambda one: (one.start, -one.end)):
        if place.start >= end:  # of a code and its parts, the code
            yield place
            end = place.end


def _hints(marks: Marks) -> tuple[str, ...]:
    """How words begin that may be marked: to stem all others of a long mail takes long."""
    starts = (re.sub(r"[\W_]", "", one)[:_HINT] for one in (*marks.tokens, *marks.beginnings))
    return tuple(dict.fromkeys(filter(None, starts)))


def _hit(tokens: tuple[str, ...], marks: Marks) -> str | None:
    for token in tokens:
        if token in marks.tokens or (marks.beginnings and token.startswith(marks.beginnings)):
            return tokens[-1]
    return None


def _part(text: str, places: Sequence[_Place], length: int) -> tuple[int, int]:
    best, start = 0, 0
    for number, place in enumerate(places[:_MOST]):
        begin = max(0, place.start - _BEFORE)
        inside = {one.what for one in places[number : number + 20] if one.end <= begin + length}
        if len(inside) > best:
            best, start = len(inside), begin
    start = max(0, min(start, len(text) - length))
    if start and " " in text[start : start + _END]:
        start = text.index(" ", start) + 1
    end = min(len(text), start + length)
    if end < len(text) and " " in text[end - _END : end]:
        end = text.rindex(" ", 0, end)
    return start, end


def _pieces(text: str, start: int, end: int, places: Sequence[_Place]) -> Iterator[Piece]:
    at = start
    for place in places:
        if place.start < at or place.end > end:
            continue
        if place.start > at:
            yield Piece(text[at : place.start])
        yield Piece(text[place.start : place.end], is_hit=True)
        at = place.end
    if at < end:
        yield Piece(text[at:end])
