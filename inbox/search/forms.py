"""A word → all the tokens under which it is kept and looked for. Pure.

What is kept of a word is the word without case and accents, and its stem. The language of a mail is
known or not; the language of a question hardly ever: a question asks for the stems of all languages
whose letters fit, and so does a mail keep those where its language is not known.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from Stemmer import Stemmer

LATIN: Final = ("en", "de", "it")
LONGEST: Final = 60  # characters of a token
_REMEMBERED: Final = 50_000  # words: what a desk writes in a day
_STEMMED: Final = 30  # what is longer is no word
_LEAST: Final = 3
_STEMMERS: Final = {
    "en": Stemmer("english"),
    "de": Stemmer("german"),
    "it": Stemmer("italian"),
    "ru": Stemmer("russian"),
}
_MARKS: Final = re.compile("(?<!\u0438)\u0306|[\u0300-\u0305\u0307-\u036f]")  # й is no и
_UMLAUTS: Final = {"ae": "a", "oe": "o", "ue": "u"}
_WRITTEN_OUT: Final = re.compile("|".join(_UMLAUTS))
_LETTERS: Final = re.compile(r"[^\W\d_]+\Z")
_IN_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_IN_LATIN: Final = re.compile("[a-z]")
_PART: Final = re.compile(r"\d+|[^\W\d_]+")


@lru_cache(maxsize=_REMEMBERED)
def fold(word: str) -> str:
    """A word without what people leave out: case, accents, width; no longer than a token may be."""
    if word.isascii():
        return word.lower()[:LONGEST]
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", word).casefold())
    return unicodedata.normalize("NFC", _MARKS.sub("", apart))[:LONGEST]


@lru_cache(maxsize=_REMEMBERED)
def forms(word: str, languages: tuple[str, ...] = LATIN) -> tuple[str, ...]:
    """All tokens of a word: itself first, then its stems and its parts; never none."""
    plain = fold(word)
    found = {plain: None}
    if _LETTERS.match(plain):
        if _LEAST <= len(plain) <= _STEMMED:
            found |= dict.fromkeys(_stems(plain, languages))
    else:
        # AB1234 is found by 1234 as well.
        parts = _PART.findall(plain)
        found |= dict.fromkeys(one for one in parts if len(one) > 1)
    return tuple(found)


def _stems(plain: str, languages: tuple[str, ...]) -> list[str]:
    if _IN_CYRILLIC.search(plain):
        return [_STEMMERS["ru"].stemWord(plain)]
    if not _IN_LATIN.search(plain):
        return []
    found = [_STEMMERS[one].stemWord(plain) for one in languages]
    if "de" in languages and _WRITTEN_OUT.search(plain):
        # Mueller is Müller.
        short = _WRITTEN_OUT.sub(lambda match: _UMLAUTS[match[0]], plain)
        found += [short, _STEMMERS["de"].stemWord(short)]
    return found
