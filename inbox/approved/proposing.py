"""Which approved texts may answer a mail, by the words that both have. Pure.

A word that stands in many texts says little, one that stands in a few says much; small words of
the language say nothing. The name of a text and what it is for count more than its words.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from inbox.mail.language_words import SMALL_WORDS
from inbox.search.forms import fold
from inbox.search.words import words

MOST: Final = 3  # proposals
_LONGEST: Final = 3_000  # characters of a mail, and of a text
_LEAST: Final = 1.4  # what is shared, below which nothing is proposed
_NAMED: Final = 3.0
_SMALL: Final = frozenset(fold(word) for every in SMALL_WORDS.values() for word in every)
_PLACES: Final = re.compile(r"\{\{.{0,200}?\}\}|\{%.{0,200}?%\}", re.DOTALL)
_SHORT: Final = 2  # letters: signs of Japanese say something in pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An approved text in one language: what it is called and for, and its words."""

    id: int
    name: str
    body: str


def proposed(mail: str, candidates: Sequence[Candidate]) -> list[int]:
    """The numbers of those that fit a mail, the best first; none where nothing does."""
    said = _tokens(mail[:_LONGEST])
    known = [(one, _tokens(one.name), _tokens(_PLACES.sub(" ", one.body))) for one in candidates]
    common = Counter(token for _, named, told in known for token in named | told)
    # Of one text alone each word would say nothing.
    count = len({one.id for one in candidates}) + 2
    best: dict[int, float] = {}
    for one, named, told in known:
        weights = [
            (_NAMED if token in named else 1.0) * math.log(count / common[token])
            for token in said & (named | told)
            if common[token] < count
        ]
        # A long text shares more by chance.
        size = math.sqrt(max(len(told), 30) / 30)
        if len(weights) > 1 or said & named:
            best[one.id] = max(best.get(one.id, 0.0), sum(weights) / size)
    fitting = [one for one in best if best[one] >= _LEAST]
    return sorted(fitting, key=lambda one: (-best[one], one))[:MOST]


@lru_cache(maxsize=2_000)
def _tokens(text: str) -> frozenset[str]:
    found = set()
    for word in words(text[:_LONGEST]):
        plain = word.tokens[0]
        if plain in _SMALL or len(plain) < _SHORT or plain.isdecimal():
            continue
        # Its last form is the shortest: what is common to all others.
        found.add(min(word.tokens, key=len))
    return frozenset(found)
