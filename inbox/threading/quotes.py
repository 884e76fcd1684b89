"""Quoted text held against what was sent: it leads home when every header is gone.

Programs wrap quoted lines anew and put marks before them, so that runs of words are compared and
not lines. Runs must come in the same order, and those that stand in several conversations (canned
answers, signatures) count for none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from inbox.mail.quote_marks import is_quoted
from inbox.model.mail import Trimmed

_RUN = 5  # words
_MOST_WORDS = 3000
_MOST_CHARACTERS = 60_000
_WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+")
_ENOUGH = 8  # runs in order: a dozen words, more than a greeting
_SHARE = 0.25  # of what is quoted: the rest may be older than what we know

Runs = tuple[int, ...]


def words_quoted(trimmed: Trimmed) -> str:
    """What a mail quotes, also where answers stand between the lines."""
    between = [line for line in trimmed.new_text.split("\n") if is_quoted(line)]
    return "\n".join([*between, trimmed.quoted_text])


@lru_cache(maxsize=128)  # several rules ask for the same texts, one after the other
def runs(text: str) -> Runs:
    """Fingerprints of all runs of words in order, bounded; the same however lines are wrapped.

    They hold within one process and are not for keeping.
    """
    words = _WORD.findall(text[:_MOST_CHARACTERS].casefold())[:_MOST_WORDS]
    return tuple(map(hash, zip(*(words[n:] for n in range(_RUN)), strict=False)))


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text: all its runs, and those of them that are its writer's own words."""

    everything: Runs
    own: frozenset[int]

    def only(self, wanted: frozenset[int]) -> Spoken:
        """What of it is among these runs: all else is of no account."""
        if wanted.isdisjoint(self.everything):
            return _NOTHING
        return Spoken(tuple(one for one in self.everything if one in wanted), self.own & wanted)


_NOTHING = Spoken((), frozenset())


def spoken(text: str, quoted: str = "") -> Spoken:
    """A text with what it quotes itself, below it or between its lines."""
    said = runs(text)
    mine = said
    if ">" in text:
        mine = runs("\n".join(line for line in text.split("\n") if not is_quoted(line)))
    return Spoken((*said, *runs(quoted)), frozenset(mine))


def quoted_conversations(
    quoted: Runs, sent: Mapping[int, Sequence[Spoken]]
) -> list[tuple[int, int]]:
    """Conversations from which enough is quoted, as (id, runs in order), the surest first.

    What was said in one conversation counts for that one, although others may quote it as well.
    """
    if len(quoted) < _ENOUGH:
        return []
    wanted = frozenset(quoted)
    sent = {key: [text.only(wanted) for text in texts] for key, texts in sent.items()}
    own = _owners(sent, lambda text: text.own)
    quoting = _owners(sent, lambda text: text.everything)
    owner = {run: of for run, of in (quoting | own).items() if of is not None}
    best = []
    for conversation, texts in sent.items():
        count = max(
            (
                _in_order(quoted, [r for r in text.everything if owner.get(r) == conversation])
                for text in texts
            ),
            default=0,
        )
        if count >= _ENOUGH and count >= _SHARE * min(len(quoted), 200):
            best.append((conversation, count))
    return sorted(best, key=lambda one: (-one[1], one[0]))


def _owners(
    sent: Mapping[int, Sequence[Spoken]], runs_of: Callable[[Spoken], Iterable[int]]
) -> dict[int, int | None]:
    """The only conversation in which a run stands; None for a run of several."""
    owners: dict[int, int | None] = {}
    for conversation, texts in sent.items():
        for text in texts:
            for run in runs_of(text):
                if owners.setdefault(run, conversation) != conversation:
                    owners[run] = None
    return owners


def _in_order(quoted: Runs, sent: Sequence[int]) -> int:
    """The length of the longest sequence of runs that both have in the same order."""
    if not sent:
        return 0
    place = {run: n for n, run in reversed(list(enumerate(sent)))}
    tails: list[int] = []
    for run in quoted:
        position = place.get(run)
        if position is None:
            continue
        at = bisect_left(tails, position)
        tails[at : at + 1] = [position]
    return len(tails)
