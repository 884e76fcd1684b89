"""A text as words in a row that know where they stand, the same in every script and program."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

from inbox.leaks.courtesy import LITTLE
from inbox.mail.quote_marks import is_quoted

_ALONE = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"  # scripts without spaces
_WORD = re.compile(rf"[{_ALONE}]|[^\W_{_ALONE}]+")
_ALONE_SIGN = re.compile(f"[{_ALONE}]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_LARGE = 100_000  # characters, from which on nothing that could multiply is done
_LONGEST = 10  # letters that a word is worth at most
_OF_DATES = frozenset(
    "〇一二三四五六七八九十百千万年月日時分"
)  # of these each sentence may have some
_PLAIN_KANA, _OTHER_SIGN, _IDEOGRAPH = 1, 3, 4


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a text, folded, with the beginning and end of each in `text`."""

    text: str
    words: list[str]
    begins: list[int]
    ends: list[int]
    marked: list[bool]  # whether the word stands in a line with a quote mark
    lines: list[int]  # the number of its line

    @classmethod
    def of(cls, text: str) -> Said:
        """Never raises; linear in the length."""
        text = normalize("NFKC", text) if len(text) < _LARGE else normalize("NFC", text)
        text = _INVISIBLE.sub("", text)
        said = cls(text, [], [], [], [], [])
        at = 0
        for number, line in enumerate(text.split("\n")):
            mark = is_quoted(line)
            for found in _WORD.finditer(line):
                said.words.append(found[0].casefold())
                said.begins.append(at + found.start())
                said.ends.append(at + found.end())
                said.marked.append(mark)
                said.lines.append(number)
            at += len(line) + 1
        return said

    def between(self, at: int) -> str:
        """What stands before the word and behind the one before it; all of it at the ends."""
        begin = self.ends[at - 1] if at else 0
        return self.text[begin : self.begins[at] if at < len(self.words) else len(self.text)]

    def shown(self, begin: int, end: int) -> str:
        """These words as they were written, on one line."""
        written = self.text[self.begins[begin] : self.ends[end - 1]]
        return " ".join(re.sub(r"\n[ \t>]*", " ", written).split())


def is_sign(word: str) -> bool:
    """Whether it is one of a script that has no spaces."""
    return len(word) == 1 and _ALONE_SIGN.match(word) is not None


def weight(word: str) -> int:
    """How much a word tells: its letters, and next to nothing for a word that each sentence has."""
    if is_sign(word):
        if "\u3040" <= word <= "\u309f" or word in _OF_DATES:
            return _PLAIN_KANA
        if "\u3400" <= word <= "\u9fff":
            return _IDEOGRAPH
        return _OTHER_SIGN
    return 1 if word in LITTLE else min(len(word), _LONGEST)
