"""Whether words are in a text, as somebody who writes a rule means it. Linear in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Final

LONGEST: Final = 100_000  # characters of a text that are looked at
_LONGEST_NAME: Final = 1000  # of a name, an address or a header
_WORD: Final = re.compile(r"\w+")
_SOUGHT: Final = re.compile(r"\*?\w+\*?")
# Scripts that set no spaces between words.
_WIDE: Final = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def is_like(value: str, pattern: str) -> bool:
    """Whether a value is what a pattern says: `*@acme.example`; case makes no difference."""
    literal = _plain(pattern).replace("[", "[[]").replace("?", "[?]")
    return fnmatchcase(_plain(value[:_LONGEST_NAME]), literal)


def says(text: str, sought: str) -> bool:
    """Whether the words stand in a text, in this order and next to each other.

    `refund*` is every word that begins so. Of a script without spaces the characters are sought.
    """
    plain, words = _words(text[:LONGEST])
    if _WIDE.search(sought):
        return _plain(sought).replace("*", "") in plain
    wanted = _SOUGHT.findall(_plain(sought))
    return bool(wanted) and _stand_in(words, wanted)


@lru_cache(maxsize=4)  # all rules ask about the words of one mail, one after the other
def _words(text: str) -> tuple[str, Sequence[str]]:
    plain = _plain(text)
    return plain, _WORD.findall(plain)


def _stand_in(words: Sequence[str], wanted: Sequence[str]) -> bool:
    return any(
        all(_is(words[at + behind], one) for behind, one in enumerate(wanted))
        for at in range(len(words) - len(wanted) + 1)
    )


def _is(word: str, wanted: str) -> bool:
    core = wanted.strip("*")
    if wanted.startswith("*") and wanted.endswith("*"):
        return core in word
    if wanted.startswith("*"):
        return word.endswith(core)
    return word.startswith(core) if wanted.endswith("*") else word == core


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
