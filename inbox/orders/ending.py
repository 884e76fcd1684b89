"""What stands below orders where nothing else is said: greetings and a signature. Pure."""

from __future__ import annotations

import re
from typing import Final

from inbox.mail.closings import CLOSINGS
from inbox.orders.verbs import fold

_SEPARATOR = re.compile(r"\s*(?:--|[–—])\s*")
_WORD = re.compile(r"\W+")
_GREETINGS: Final = frozenset(fold(_WORD.sub("", one)) for one in CLOSINGS)
# Above a signature; alone they may be for somebody.
_THANKS: Final = frozenset(
    map(fold, "thanks thankyou manythanks thx danke vielendank grazie спасибо ありがとう".split())
)
_PIECES = re.compile(r"(?<!\s)\s*+[,|/•·–—]\s*+|\s-\s")
_TITLES = re.compile(r"^(?:[A-Za-zА-я]{1,4}\.\s*)+")
_SENTENCE = re.compile(r"[.?!。？！]$")
_SHORT = 6  # lines


def says_nothing(text: str, name: str) -> bool:
    """Whether there is only a greeting and a signature, of a person of this name.

    Asked of what stands below orders alone: many programs put a signature into each mail, and
    nothing marks it.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    while lines and fold(_WORD.sub("", lines[0])) in _GREETINGS:
        del lines[0]
    if len(lines) > 1 and fold(_WORD.sub("", lines[0])) in _THANKS:
        del lines[0]
    if not lines or _SEPARATOR.fullmatch(lines[0]):
        return True
    whole = _words(name)
    if not whole:
        return False
    # A name with what somebody is: "Dr. Karen Miller, Support".
    pieces = [_words(_TITLES.sub("", piece)) for piece in _PIECES.split(lines[0])]
    if len(whole) > 1 and (whole in pieces or whole[::-1] in pieces):
        return True
    is_short = len(lines) <= _SHORT and not any(map(_SENTENCE.search, lines))
    return is_short and _words(lines[0]) in (whole, whole[:1]) and not lines[0].endswith(",")


def _words(text: str) -> list[str]:
    return [fold(word) for word in _WORD.split(text) if word]
