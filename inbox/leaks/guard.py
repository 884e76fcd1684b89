"""Words that are about to leave → those of them that are only for us. Pure, never raises.

Held against all internal text of the conversation. What the customer wrote, what was sent to them
before and what everybody writes tells nothing; so nobody outside learns anything by planting words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import blake2b
from html import unescape
from itertools import chain
from typing import Final

from inbox.leaks.courtesy import COURTESIES
from inbox.leaks.frame import Piece, find_frame
from inbox.leaks.runs import Index, joined
from inbox.leaks.words import Said, is_sign, weight

_Least = tuple[int, int]  # words, and letters of them that tell something
_TYPED: Final[Sequence[_Least]] = ((5, 32), (7, 28), (8, 20))  # nobody types that by accident
_QUOTED: Final[Sequence[_Least]] = ((3, 10),)  # the same in a quote
_WHOLE: Final[Sequence[_Least]] = ((5, 16),)  # the same where it is all that a comment says
_SHARE = 0.9
_GREETING: Final = 4  # words of a line that need not say anything
_SHARED: Final[Sequence[_Least]] = ((4, 8),)  # from which on words are known to be the customer's
_MOST_OUTGOING = 400_000  # characters, what is attached included
_MOST_INSIDE = 600_000
_MOST_SHOWN = 5
_LONGEST_SHOWN = 160


class Source(StrEnum):
    """Whose words they are."""

    NOTE = "note"  # a comment of ours
    ANSWER = "answer"  # an answer that was held
    NOTICE = "notice"  # what we say to our own people
    MAIL = "mail"  # a mail of somebody else
    ADDRESS = "address"  # where one of us reads mail
    TOKEN = "token"  # noqa: S105 - a file in which others would find a right of ours
    SEALED = "sealed"  # a file that nobody can look into


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """A text that is only for us."""

    text: str
    source: Source
    is_own: bool = False  # a comment of the very person who is writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """Words that would leave, as they are written there."""

    said: str
    source: Source

    @property
    def is_for_nobody(self) -> bool:
        """Whether nobody may let it go: whoever has it could speak in somebody's name."""
        return self.source is Source.TOKEN

    @property
    def key(self) -> str:
        """Names it, so that who has been told of it can say so."""
        said = f"{self.source.value}\n{self.said}".encode("utf-8", "replace")
        return blake2b(said, digest_size=12).hexdigest()


def find_leaks(
    outgoing: str,
    inside: Iterable[Inside],
    *,
    allowed: Iterable[str] = (),
    frame: Sequence[Piece] = (),
    names: Collection[str] = (),
) -> tuple[Leak, ...]:
    """What of the outgoing text is only for us, in its order, as far as it needs to be shown.

    `allowed`: what the readers know already. `frame`: the sentences of our notices; `names`: of
    whom these may speak.
    """
    # Words that were pasted out of the source of a page.
    said = Said.of(unescape(outgoing[:_MOST_OUTGOING]))
    index = Index.of(said.words)
    free = _not_shared(index, allowed)
    found: dict[tuple[int, int], Source] = {}
    folded = {word for name in names for word in Said.of(name).words}
    for one in find_frame(said, frame, folded):
        found[one.begin, one.end] = Source.NOTICE
    room = _MOST_INSIDE
    for text in inside:
        for span in _said_of(said, index, text, free, room):
            found.setdefault(span, text.source)
        room -= len(text.text)
        if room <= 0:
            break
    return _shown(said, found)


def _not_shared(index: Index, allowed: Iterable[str]) -> list[bool]:
    """Which words are not known to be the readers' own."""
    free = [True] * len(index.words)
    for words in chain(_courtesies(), _within_reason(allowed)):
        for run in index.runs(words):
            if _is_enough(index.words[run.begin : run.end], _SHARED):
                free[run.begin : run.end] = [False] * (run.end - run.begin)
    return free


@cache
def _courtesies() -> tuple[list[str], ...]:
    return tuple(Said.of(one).words for one in COURTESIES)


def _within_reason(texts: Iterable[str]) -> Iterator[list[str]]:
    room = _MOST_INSIDE
    for text in texts:
        yield Said.of(text[:room]).words
        room = max(0, room - len(text))


def _said_of(
    said: Said, index: Index, inside: Inside, free: list[bool], room: int
) -> list[tuple[int, int]]:
    words = Said.of(inside.text[:room]).words
    spans = list(joined(list(index.runs(words))))
    if inside.is_own and _is_said_again(said, spans):
        return []
    leaks = [span for span in spans if _is_leak(said, span, free, words)]
    return [_without_shared(span, free) for span in leaks]


def _without_shared(span: tuple[int, int], free: list[bool]) -> tuple[int, int]:
    """Without the readers' own words around it."""
    told = [at for at in range(*span) if free[at]]
    return told[0], told[-1] + 1


def _is_said_again(said: Said, spans: list[tuple[int, int]]) -> bool:
    """Whether the writer sends their own comment, and nothing besides: that is no accident.

    Besides a greeting and a closing, that is, which have lines of their own.
    """
    same = {at for span in spans for at in range(*span)}
    length = Counter(said.lines)
    others = sum(length[line] > _GREETING for at, line in enumerate(said.lines) if at not in same)
    return len(same) >= _SHARE * (len(same) + others)


def _is_leak(said: Said, span: tuple[int, int], free: list[bool], words: list[str]) -> bool:
    begin, end = span
    told = [said.words[at] for at in range(begin, end) if free[at]]
    if _is_enough(told, _TYPED):
        return True
    if all(said.marked[begin:end]):
        return _is_enough(told, _QUOTED)
    return len(told) >= _SHARE * len(words) and _is_enough(told, _WHOLE)


def _is_enough(words: Sequence[str], least: Sequence[_Least]) -> bool:
    # A sign of a script without spaces is about half a word.
    count = sum(0.5 if is_sign(word) else 1 for word in words)
    letters = sum(map(weight, words))
    return any(count >= few and letters >= little for few, little in least)


def _shown(said: Said, found: dict[tuple[int, int], Source]) -> tuple[Leak, ...]:
    shown: list[Leak] = []
    last = 0
    for (begin, end), source in sorted(found.items(), key=lambda one: (one[0][0], -one[0][1])):
        if end <= last:
            continue
        last = end
        words = said.shown(begin, end)
        if len(words) > _LONGEST_SHOWN:
            words = f"{words[:_LONGEST_SHOWN].rstrip()}…"
        shown.append(Leak(said=words, source=source))
    return tuple(shown[:_MOST_SHOWN])
