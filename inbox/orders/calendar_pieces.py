"""A phrase → the pieces of which it is made: days, numbers, units, times. Pure, in linear time.

Digits are read alike in all languages; words by one language after the other. A phrase of which
anything is left over is none: nobody may be told that what they wrote was understood in part.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from inbox.orders.calendar_words import words_of

LONGEST: Final = 80  # characters of a phrase
_MOST = 24  # pieces
_QUOTES = str.maketrans("’‘ʼ`", "''''")
_KANJI: Final = {one: number for number, one in enumerate("一二三四五六七八九", 1)}
_COUNTED = re.compile("[一二三四五六七八九十]+(?=[日月時分週年ヶかカヵケ箇営])")
_IN_BRACKETS = re.compile(r"[(]([月火水木金土日])[)]")
_GAP = re.compile(r"[\s,;_()–—.-]+")

# By the first pattern that fits, at any place of the phrase.
_DIGITS: Final = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("ymd", r"(\d{4})[-/.年] ?(\d{1,2})[-/.月] ?(\d{1,2})日?(?:t(?=\d)|(?!\d))"),
        ("dmy", r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})(?![\d:])"),
        ("dm", r"(\d{1,2})\. ?(\d{1,2})\.(?!\d)"),
        ("md", r"(\d{1,2})月 ?(\d{1,2})日"),
        ("slash", r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?!\d)"),
        ("dmy", r"(\d{1,2})-(\d{1,2})-(\d{4})(?!\d)"),
        ("time", r"(\d{1,2}):(\d{2})(?::\d{2})?(?!\d)"),
        ("time", r"(\d{1,2})h(\d{2})(?!\d)"),
        ("time", r"(\d{1,2})時 ?(\d{1,2})分(?!間|後)"),
        ("half_past", r"(\d{1,2})時半"),
        ("time", r"(\d{1,2})時(?!間)"),
        ("dotted", r"(\d{1,2})[.-](\d{2})(?!\d)"),
        ("and_half", r"(\d{1,2})[.,]5(?!\d)"),
        ("months", r"(\d{1,2})mo(?![^\W\d_])"),
        ("dom", r"(\d{1,2}) ?(?:st|nd|rd|th|-?го|-?е|º|°)(?![^\W\d_])"),
        ("dom", r"(\d{1,2})\.(?=\s)"),
        ("days_or_dom", r"(\d{1,2})日(?!間|後)"),
        ("number", r"(\d{1,4})(?!\d)"),
    )
)


@dataclass(frozen=True, slots=True)
class Piece:
    """What a part of a phrase says; a word's value is text, digits are numbers."""

    kind: str
    numbers: tuple[int, ...] = ()
    word: str = ""

    @property
    def number(self) -> int:
        """The first number."""
        return self.numbers[0]


def plain(text: str) -> str:
    """A phrase without what people leave out: case, accents, width."""
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(one for one in apart if not "\u0300" <= one <= "\u036f")
    return " ".join(unicodedata.normalize("NFC", kept).translate(_QUOTES).split())


def pieces(phrase: str, language: str) -> list[Piece] | None:
    """The pieces of a plain phrase, None where something is no word of this language."""
    if language == "ja":
        phrase = _IN_BRACKETS.sub(r" \1曜 ", _COUNTED.sub(_counted, phrase))
    found: list[Piece] = []
    words, at = _pattern(language), 0
    while at < len(phrase):
        if gap := _GAP.match(phrase, at):
            at = gap.end()
            continue
        if len(found) >= _MOST:
            return None
        read = _digits(phrase, at) or _word(phrase, at, words, language)
        if read is None:
            return None
        said, at = read
        found += said
    return found


def _counted(written: re.Match[str]) -> str:
    """二十五 as 25."""
    tens, ten, ones = written[0].rpartition("十")
    return str((10 * _KANJI.get(tens, 1) if ten else 0) + _KANJI.get(ones, 0))


def _digits(phrase: str, at: int) -> tuple[list[Piece], int] | None:
    if not phrase[at].isdecimal():
        return None
    for kind, pattern in _DIGITS:
        if match := pattern.match(phrase, at):
            numbers = tuple(int(one) for one in match.groups() if one is not None)
            return [Piece(kind, numbers)], match.end()
    return None


def _word(
    phrase: str, at: int, words: re.Pattern[str], language: str
) -> tuple[list[Piece], int] | None:
    match = words.match(phrase, at)
    return (_said(match[0], language), match.end()) if match else None


@cache
def _vocabulary(language: str) -> dict[str, tuple[Piece, ...]]:
    return {plain(word): _read(says) for word, says in words_of(language).items()}


def _read(says: str) -> tuple[Piece, ...]:
    parts = (one.partition(":") for one in says.split())
    return tuple(
        Piece(kind, (int(value),)) if value.isdecimal() else Piece(kind, word=value)
        for kind, _, value in parts
    )


def _said(word: str, language: str) -> list[Piece]:
    return list(_vocabulary(language)[word])


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = sorted(_vocabulary(language), key=len, reverse=True)
    # A word ends where letters end; Japanese puts nothing between words.
    end = "" if language == "ja" else r"(?![^\W\d_])"
    return re.compile("|".join(re.escape(one) + ("" if one[-1] in ".'" else end) for one in words))
