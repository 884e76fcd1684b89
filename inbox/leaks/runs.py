"""Words that two texts have in common, in the same order, by fingerprints of three words.

Time grows with the length of both and no faster: what is too common is no fingerprint, and all
comparing together is bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_RUN = 3  # words of a fingerprint
_MOST_PLACES = 8  # of one in the text that is held against others
_MOST_STEPS = 2_000_000  # words compared, of all texts together
_GAP = 2  # words that were changed in between


@dataclass(frozen=True, slots=True)
class Run:
    """Words from `begin` up to `end`, the same that stand from `there` on in the other text."""

    begin: int
    end: int
    there: int


@dataclass(slots=True)
class Index:
    """A text to which others are compared."""

    words: list[str]
    places: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    steps: int = 0

    @classmethod
    def of(cls, words: list[str]) -> Index:
        """By all fingerprints that say something."""
        made = cls(words)
        for at in range(len(words) - _RUN + 1):
            made.places.setdefault(tuple(words[at : at + _RUN]), []).append(at)
        for common in [key for key, found in made.places.items() if len(found) > _MOST_PLACES]:
            del made.places[common]
        return made

    def runs(self, other: Sequence[str]) -> Iterator[Run]:
        """The longest pieces that this text shares with the other; none twice."""
        done: dict[int, int] = {}  # distance of both places: up to where it is known
        for there in range(len(other) - _RUN + 1):
            for at in self.places.get(tuple(other[there : there + _RUN]), ()):
                if done.get(at - there, -1) > there or self.steps > _MOST_STEPS:
                    continue
                length = self._length(other, at, there)
                done[at - there] = there + length
                yield Run(at, at + length, there)

    def _length(self, other: Sequence[str], at: int, there: int) -> int:
        most = min(len(self.words) - at, len(other) - there)
        length = _RUN
        while length < most and self.words[at + length] == other[there + length]:
            length += 1
        self.steps += length
        return length


def joined(runs: Sequence[Run]) -> Iterator[tuple[int, int]]:
    """From where to where, with few changed words in between counted as the same piece."""
    last: Run | None = None
    begin = 0
    for run in sorted(runs, key=lambda one: (one.begin, -one.end)):
        if last is not None and run.end <= last.end:
            continue
        if last is not None and _goes_on(last, run):
            last = run
            continue
        if last is not None:
            yield begin, last.end
        begin, last = run.begin, run
    if last is not None:
        yield begin, last.end


def _goes_on(last: Run, run: Run) -> bool:
    here = run.begin - last.end
    there = run.there - (last.there + last.end - last.begin)
    return here <= _GAP and -_RUN <= there <= _GAP
