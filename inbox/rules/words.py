"""Whether words are in a text, as somebody who writes a rule means it.

All rules of a house ask about one mail: its words are put in order once, in a time that grows with
the text, and then each of thousands of sought ones is found, or not, without reading it again.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, takewhile
from typing import Final

LONGEST: Final = 100_000  # characters of a text that are looked at
_LONGEST_NAME: Final = 1000  # of a name, an address or a header
_MOST_NAMES: Final = 200  # of one mail: recipients, files, headers of one name
_WORD: Final = re.compile(r"\w+")
_SOUGHT: Final = re.compile(r"\*?\w+\*?")
# Scripts that set no spaces between words.
_WIDE: Final = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def any_like(values: Iterable[str], patterns: Iterable[str]) -> bool:
    """Whether one of the values is what one of the patterns says: `*@acme.example`.

    Case makes no difference. Of values the first 200 are looked at.
    """
    plain = [_plain(one[:_LONGEST_NAME]) for one in islice(values, _MOST_NAMES)]
    return any(_is_like(one, _split(pattern)) for pattern in patterns for one in plain)


def says(texts: tuple[str, ...], sought: str) -> bool:
    """Whether the words stand in the texts, in this order and next to each other.

    `refund*` is every word that begins so. Of a script without spaces the characters are sought.
    """
    index, wanted = _index(texts), _wanted(sought)
    if isinstance(wanted, str):
        return wanted in index.plain
    return bool(wanted) and _stand_in(index, wanted)


@dataclass(frozen=True, slots=True)
class _Index:
    """The words of a text: where each stands, and in order by their beginnings and their ends."""

    plain: str
    words: Sequence[str]
    at: dict[str, list[int]]
    rising: Sequence[str]
    turned: Sequence[str]  # each read backwards, in order


@lru_cache(maxsize=4)  # subject, text and both of one mail, for one rule after the other
def _index(texts: tuple[str, ...]) -> _Index:
    plain = _plain("\n".join(texts)[:LONGEST])
    words, at = _WORD.findall(plain), dict[str, list[int]]()
    for place, word in enumerate(words):
        at.setdefault(word, []).append(place)
    return _Index(plain, words, at, sorted(at), sorted(word[::-1] for word in at))


@lru_cache(maxsize=20_000)
def _wanted(sought: str) -> str | tuple[str, ...]:
    plain = _plain(sought)
    return plain.replace("*", "") if _WIDE.search(sought) else tuple(_SOUGHT.findall(plain))


def _stand_in(index: _Index, wanted: Sequence[str]) -> bool:
    # From the word of which there are fewest: others may stand in every line.
    whole = {at: len(index.at.get(one, ())) for at, one in enumerate(wanted) if "*" not in one}
    anchor = min(whole, key=lambda at: whole[at], default=0)
    first, last = anchor, len(index.words) - len(wanted) + anchor
    return any(
        first <= place <= last and _goes_on(index.words, place - anchor, wanted)
        for word in _like(index, wanted[anchor])
        for place in index.at[word]
    )


def _goes_on(words: Sequence[str], begin: int, wanted: Sequence[str]) -> bool:
    return all(_is(words[begin + behind], one) for behind, one in enumerate(wanted))


def _like(index: _Index, wanted: str) -> Iterator[str]:
    """The different words of a text that a sought one means."""
    core = wanted.strip("*")
    if core == wanted:
        return iter((core,) if core in index.at else ())
    if wanted.startswith("*") and wanted.endswith("*"):
        return (word for word in index.rising if core in word) if core in index.plain else iter(())
    if wanted.endswith("*"):
        return _beginning(index.rising, core)
    return (word[::-1] for word in _beginning(index.turned, core[::-1]))


def _beginning(rising: Sequence[str], core: str) -> Iterator[str]:
    begin = bisect_left(rising, core)
    there = (rising[at] for at in range(begin, len(rising)))
    return takewhile(lambda word: word.startswith(core), there)


def _is(word: str, wanted: str) -> bool:
    core = wanted.strip("*")
    if wanted.startswith("*") and wanted.endswith("*"):
        return core in word
    if wanted.startswith("*"):
        return word.endswith(core)
    return word.startswith(core) if wanted.endswith("*") else word == core


@lru_cache(maxsize=20_000)
def _split(pattern: str) -> tuple[str, ...]:
    return tuple(_plain(pattern).split("*"))


def _is_like(value: str, parts: tuple[str, ...]) -> bool:
    """Whether a value is these parts, with anything between; no part is looked for twice."""
    begin, end = parts[0], parts[-1]
    if len(parts) == 1:
        return value == begin
    at, last = len(begin), len(value) - len(end)
    if last < at or not value.startswith(begin) or not value.endswith(end):
        return False
    for part in parts[1:-1]:
        found = value.find(part, at, last)
        if found < 0:
            return False
        at = found + len(part)
    return True


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
