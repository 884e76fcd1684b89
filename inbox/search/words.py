"""A text → its words, each with its place and its tokens. Pure, in linear time.

The same reading serves what is kept, what is asked and what is marked. Addresses, host names, codes
and compounds are found whole and by their parts; where nothing stands between words (Japanese,
Chinese, and Korean with its endings) each two signs that follow each other are a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from inbox.search.forms import LATIN, LONGEST, fold, forms

_JOINS: Final = "-._@+/:"
_RUN: Final = re.compile(rf"[^\W_]+(?:[{_JOINS}][^\W_]+)*")
_PART: Final = re.compile(r"[^\W_]+")
_ADDRESS: Final = re.compile(r"[^\W_]+(?:[-._+][^\W_]+)*@[^\W_]+(?:[-.][^\W_]+)+")
_DOTTED: Final = re.compile(r"[^\W_]+(?:[-._][^\W_]+)+")
_IS_CODE: Final = re.compile(r"(?=[^@]*\d)[^@]+\Z|[^\W_]+(?:-[^\W_]+)+\Z")
_JOINT: Final = re.compile(rf"[{_JOINS}]")
SIGNS: Final = (
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff"
)
_SPACELESS: Final = re.compile(f"[{SIGNS}]+")
_HAS_SIGNS: Final = re.compile(f"[{SIGNS}]")


class Word(NamedTuple):
    """A word of a text; of several at one place (a code and its parts) the first moves on."""

    start: int
    end: int
    moves: bool
    tokens: tuple[str, ...]


def words(
    text: str, languages: tuple[str, ...] = LATIN, hints: tuple[str, ...] = ()
) -> Iterator[Word]:
    """All words of a text, in order; with `hints` those that hold one of them, and some others."""
    for run in _RUN.finditer(text):
        start, said = run.start(), run[0]
        if hints and not _may_hold(said, hints):
            continue
        for begin, end, moves, tokens in _said(said, languages):
            yield Word(start + begin, start + end, moves, tokens)


def _may_hold(run: str, hints: tuple[str, ...]) -> bool:
    plain = _JOINT.sub("", fold(run))
    return any(hint in plain for hint in hints)


@lru_cache(maxsize=100_000)
def _said(run: str, languages: tuple[str, ...]) -> tuple[Word, ...]:
    found: list[Word] = []
    for part in _PART.finditer(run):
        found += _part(part[0], part.start(), languages)
    if len(found) > 1 and _JOINT.search(run) and (whole := _whole(run)):
        found.insert(1, Word(0, len(run), False, tuple(whole)))
    return tuple(found)


def _part(part: str, at: int, languages: tuple[str, ...]) -> list[Word]:
    if not _HAS_SIGNS.search(part):
        return [Word(at, at + len(part), True, forms(part, languages))]
    found: list[Word] = []
    done = 0
    for run in _SPACELESS.finditer(part):
        found += _plain(part, done, run.start(), at, languages)
        found += _pairs(run[0], at + run.start())
        done = run.end()
    return found + _plain(part, done, len(part), at, languages)


def _plain(part: str, start: int, end: int, at: int, languages: tuple[str, ...]) -> list[Word]:
    if start == end:
        return []
    return [Word(at + start, at + end, True, forms(part[start:end], languages))]


def _pairs(run: str, at: int) -> list[Word]:
    """Each two signs; the last alone as well, so that each sign begins a token."""
    return [
        Word(at + n, at + min(n + 2, len(run)), True, (fold(run[n : n + 2]),))
        for n in range(len(run))
    ]


def _whole(run: str) -> dict[str, None]:
    """The tokens of a run as a whole: addresses, host names, codes, compounds."""
    found: dict[str, None] = {}
    for address in _ADDRESS.finditer(run):
        local, _, domain = fold(address[0]).partition("@")
        found |= dict.fromkeys((f"{local}@{domain}"[:LONGEST], local))
        labels = domain.split(".")
        found |= dict.fromkeys(".".join(labels[n:])[:LONGEST] for n in range(len(labels) - 1))
    for dotted in _DOTTED.finditer(run):
        labels = fold(dotted[0]).split(".")
        depth = len(labels) - 1 if labels[-1].isalpha() else 1
        found |= dict.fromkeys(".".join(labels[n:])[:LONGEST] for n in range(depth))
    for code in (*_DOTTED.findall(run), run):
        if len(code) <= LONGEST and _IS_CODE.match(code):
            # AB-1234/56 and AB123456, e-mail and email.
            found[fold(_JOINT.sub("", code))] = None
    return found


def is_signs(text: str) -> bool:
    """Whether a text begins with a sign of a script without spaces."""
    return bool(_HAS_SIGNS.match(text))


def together(text: str, word: Word) -> tuple[int, int]:
    """The place of the run that a word of a text belongs to."""
    for run in _RUN.finditer(text):
        if run.start() <= word.start < run.end():
            return run.span()
    return word.start, word.end
