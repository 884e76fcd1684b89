"""What is noted at a conversation: how urgent it is, and the words that sort it."""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from typing import Final

MOST_TAGS: Final = 20  # at a conversation
LONGEST_TAG: Final = 40  # characters
_NO_WORD = re.compile(r"[^\w.+&]+")


class Urgency(IntEnum):
    """How urgent a conversation is; the number sorts."""

    LOW = -1
    NORMAL = 0
    HIGH = 1
    URGENT = 2

    @property
    def word(self) -> str:
        """As programs and events call it."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> Urgency | None:
        """The urgency of this word, None for none."""
        return next((one for one in cls if one.word == word), None)


def tag_of(words: str) -> str:
    """A tag as it is kept: lower case, with hyphens for all that is no letter or digit.

    Empty for what has none of these or is too long.
    """
    plain = unicodedata.normalize("NFKC", words).lower().replace("_", "-")
    tag = _NO_WORD.sub("-", plain).strip("-.+&")
    return tag if len(tag) <= LONGEST_TAG and any(map(str.isalnum, tag)) else ""
