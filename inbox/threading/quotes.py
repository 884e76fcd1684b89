"""Quoted text held against what was sent: it leads home when every header is gone.

Programs wrap quoted lines anew and put marks before them, so that runs of words are compared and
not lines. Runs must come in the same order, and those that stand in several conversations (canned
answers, signatures) count for none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

_RUN = 5  # words
_MOST_WORDS = 3000
_MOST_CHARACTERS = 60_000
_WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+")
_ENOUGH = 8  # runs in order: a dozen words, more than a greeting
_SHARE = 0.25  # of what is quoted: the rest may be older than what we know

Runs = tuple[int, ...]


def runs(text: str) -> Runs:
    """Fingerprints of all runs of words in order, bounded; the same however lines are wrapped.

    They hold within one process and are not for keeping.
    """
    words = [word.casefold() for word in _WORD.findall(text[:_MOST_CHARACTERS])][:_MOST_WORDS]
    return tuple(map(hash, zip(*(words[n:] for n in range(_RUN)), strict=False)))


def quoted_conversations(quoted: Runs, sent: Mapping[int, Sequence[Runs]]) -> list[tuple[int, int]]:
    """Conversations from which enough is quoted, as (id, runs in order), the surest first."""
    if len(quoted) < _ENOUGH:
        return []
    among = Counter(run for texts in sent.values() for run in {r for text in texts for r in text})
    counted = [
        (
            conversation,
            max(
                (_in_order(quoted, [r for r in text if among[r] == 1]) for text in texts), default=0
            ),
        )
        for conversation, texts in sent.items()
    ]
    best = [
        (conversation, count)
        for conversation, count in counted
        if count >= _ENOUGH and count >= _SHARE * min(len(quoted), 200)
    ]
    return sorted(best, key=lambda one: (-one[1], one[0]))


def _in_order(quoted: Runs, sent: Sequence[int]) -> int:
    """The length of the longest sequence of runs that both have in the same order."""
    place = {run: n for n, run in reversed(list(enumerate(sent)))}
    tails: list[int] = []
    for run in quoted:
        position = place.get(run)
        if position is None:
            continue
        at = bisect_left(tails, position)
        tails[at : at + 1] = [position]
    return len(tails)
