"""Whether words are an approved text that somebody got before, as it is. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

TIMES: Final = 3  # so often the same text is no answer any more
_LONGEST: Final = 20_000
_NAME: Final = "\0"
_SIGNS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Said:
    """Words that went to a customer, and the names that a text may have been filled with."""

    text: str
    names: Sequence[str] = ()


def same_before(said: Said, before: Iterable[Said]) -> int:
    """How often the same was said, whoever said it and whatever spaces and signs differ."""
    wanted = plain(said)
    return sum(plain(one) == wanted for one in before) if wanted else 0


def plain(said: Said) -> str:
    """Words by their letters alone, without the names in them."""
    text = said.text[:_LONGEST]
    for name in sorted(filter(None, said.names), key=len, reverse=True):
        text = text.replace(name, _NAME)
    return _SIGNS.sub(" ", text).strip().casefold()
