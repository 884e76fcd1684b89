"""Lines below a signature mark that only say who somebody is, and how they are reached. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import Final

from inbox.mail.device_line import is_device_line
from inbox.mail.first_signature import LABELS, NUMBER
from inbox.orders.calendar_pieces import plain
from inbox.orders.thanks_words import NO_NAMES, SIGN_OFF

_MOST_LINES: Final = 8
_MOST_WORDS: Final = 6  # of a line
_LONGEST: Final = 100  # characters of a line
_ADDRESS: Final = re.compile(
    r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
    r"|(?:https?://|www\.)?(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}(?:/\S{0,99})?",
    re.IGNORECASE,
)
_SIGN_OFF: Final = re.compile(rf"(?:{SIGN_OFF})(?![^\W\d_])", re.IGNORECASE)
_DIGIT: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SMALL: Final = frozenset(
    "a an the of for and at in on to der die das des dem den von vom zu zum zur für und im in"
    " bei am"
    " di del della dei delle da e ed per и по в на отдела отдел van de la le y".split()
)


def says_who(lines: Sequence[str], names: Collection[str] = ()) -> bool:
    """Whether nothing stands in them but names, titles, addresses and numbers as people sign with.

    `names` are those that are known.
    """
    said = [line for line in map(_bare, lines) if any(map(str.isalnum, line))]
    known = frozenset(one for name in names for one in _WORD.findall(plain(name)))
    return len(said) <= _MOST_LINES and all(_is_of_signature(line, known) for line in said)


def _bare(line: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", line).split())


def _is_of_signature(line: str, known: Collection[str]) -> bool:
    if is_device_line(line):
        return True
    if len(line) > _LONGEST or "?" in line:
        return False
    rest = NUMBER.sub(" ", _ADDRESS.sub(" ", _SIGN_OFF.sub(" ", line)))
    if rest != line:
        rest = LABELS.sub(" ", rest)
    words = _WORD.findall(rest)
    if len(words) > _MOST_WORDS or _DIGIT.search(rest):
        return False
    return all(_is_name(word, known) for word in words)


def _is_name(word: str, known: Collection[str]) -> bool:
    low = plain(word)
    if low in known or low in _SMALL:
        return True
    # Where nothing is written large, only what is known is a name.
    return word[:1].isupper() and low not in NO_NAMES
