"""What our notices say around a mail, found again in a text: lines with holes for names.

A whole sentence is told by itself. Of a few words, as anybody may write, it must be more: set apart
as a notice does it, with the names of those whom it is about, under a quote mark, or several.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from inbox.leaks.words import Said, weight

_HOLE = re.compile(r"%\(\w+\)[sd]")
_LONG_WORDS, _LONG_LETTERS = 6, 28
_FEWEST_WORDS, _FEWEST_LETTERS = 3, 12
_WITH_NAMES = 16
_LONGEST_HOLE = 15  # words
_APART = re.compile(r"\n\s*\n|[·_|<>…]|[.!?:;。！？：；][\s\"”»]|[。！？：；]|\n[^\n]*[-=*]{3,}")
_DOT = "·"


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of ours: the words between its holes."""

    parts: tuple[tuple[str, ...], ...]
    key: str  # the longest part, as it stands in a row of words
    has_holes: bool

    @property
    def is_long(self) -> bool:
        """Whether nobody writes this by accident."""
        words = [word for part in self.parts for word in part]
        return len(words) >= _LONG_WORDS and _letters(words) >= _LONG_LETTERS


@dataclass(frozen=True, slots=True)
class Found:
    """A piece in a text."""

    begin: int
    end: int
    is_sure: bool
    letters: int


def pieces(sentences: Iterable[str]) -> tuple[Piece, ...]:
    """Our sentences as they are looked for; those that say too little are left out."""
    made = {_piece(one) for one in sentences}
    return tuple(one for one in made if one is not None)


def find_frame(said: Said, frame: Iterable[Piece], names: Collection[str]) -> list[Found]:
    """Where the text says what notices say; `names`, folded, of everybody whom they may name."""
    row = f" {' '.join(said.words)} "
    starts: dict[int, int] = {}
    at = 1
    for number, word in enumerate(said.words):
        starts[at] = number
        at += len(word) + 1
    found = [
        one
        for piece in frame
        for place in _places(row, piece.key)
        if (one := _match(said, piece, starts[place], names))
    ]
    sure = [one for one in found if one.is_sure]
    several = {(one.begin, one.end) for one in found}
    # Two of the short ones, and none of them within the other.
    if sure or len(several) < 2 or sum(one.letters for one in found) < _LONG_LETTERS:
        return sure
    return found


def _piece(sentence: str) -> Piece | None:
    parts = tuple(tuple(Said.of(one).words) for one in _HOLE.split(sentence))
    key = max(parts, key=_letters)
    if not key:
        return None
    has_holes = len(parts) > 1
    is_enough = len(key) >= _FEWEST_WORDS and _letters(key) >= _FEWEST_LETTERS
    return Piece(parts, f" {' '.join(key)} ", has_holes) if is_enough or has_holes else None


def _places(row: str, key: str) -> Iterator[int]:
    at = row.find(key)
    while at >= 0:
        yield at + 1
        at = row.find(key, at + 1)


def _match(said: Said, piece: Piece, at: int, names: Collection[str]) -> Found | None:
    key = piece.key.split()
    number = next(n for n, part in enumerate(piece.parts) if list(part) == key)
    above = _upward(said, piece.parts[:number], at, names)
    below = _downward(said, piece.parts[number + 1 :], at + len(key), names)
    if above is None or below is None:
        return Found(at, at + len(key), True, 0) if _says_much(key) else None
    begin, end = above, below
    words = said.words[begin:end]
    letters = _letters(words)
    if piece.is_long:
        return Found(begin, end, True, letters)
    if len(words) < _FEWEST_WORDS or letters < _FEWEST_LETTERS or not _is_apart(said, begin, end):
        return None
    is_sure = (
        all(said.marked[begin:end])
        or _DOT in said.between(begin) + said.between(end)
        or (piece.has_holes and letters >= _WITH_NAMES)
    )
    return Found(begin, end, is_sure, letters)


def _says_much(words: list[str]) -> bool:
    return len(words) >= _LONG_WORDS and _letters(words) >= _LONG_LETTERS


def _upward(
    said: Said, parts: tuple[tuple[str, ...], ...], at: int, names: Collection[str]
) -> int | None:
    for part in reversed(parts):
        hole = at
        while hole and at - hole < _LONGEST_HOLE and _is_name(said.words[hole - 1], names):
            hole -= 1
            if part and tuple(said.words[max(0, hole - len(part)) : hole]) == part:
                break
        if hole == at:
            return None
        at = hole - len(part)
        if at < 0 or tuple(said.words[at:hole]) != part:
            return None
    return at


def _downward(
    said: Said, parts: tuple[tuple[str, ...], ...], at: int, names: Collection[str]
) -> int | None:
    for part in parts:
        hole = at
        while hole < len(said.words) and hole - at < _LONGEST_HOLE:
            if not _is_name(said.words[hole], names):
                break
            hole += 1
            if part and tuple(said.words[hole : hole + len(part)]) == part:
                break
            if not part and _APART.search(said.between(hole)):
                break
        if hole == at or tuple(said.words[hole : hole + len(part)]) != part:
            return None
        at = hole + len(part)
    return at


def _is_name(word: str, names: Collection[str]) -> bool:
    return word in names or word.isdigit()


def _is_apart(said: Said, begin: int, end: int) -> bool:
    """Whether it is no part of a longer sentence."""
    before, behind = said.between(begin), said.between(end)
    is_begin = begin == 0 or _APART.search(before) is not None
    return is_begin and (end == len(said.words) or _APART.search(f"{behind} ") is not None)


def _letters(words: Iterable[str]) -> int:
    return sum(len(word) if word.isascii() or len(word) > 1 else max(2, weight(word))
               for word in words)  # fmt: skip
