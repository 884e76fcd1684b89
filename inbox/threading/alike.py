"""Whether two matters are told in the same words: for people to judge, nothing joins by it.

A word tells something that few other mails of the mailbox have. What has a number in it (an
invoice, an order, a model) tells more than a word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from typing import Final

from inbox.mail.language_words import SMALL_WORDS

FEWEST: Final = 3  # words in common; one suffices that has a number in it
# Long mails have some words in common whatever they are about: of the shorter one's, at least.
_SHARE: Final = 0.25
_SMALL: Final = frozenset(word for words in SMALL_WORDS.values() for word in words)
_WORD: Final = re.compile(r"\w(?:[\w.\-/]{1,38}\w)")
# Of scripts that write no spaces, each two characters that stand together count as a word.
_IDEOGRAPHS: Final = re.compile("[\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff]{2,}")
_NUMBER: Final = re.compile(r"[0-9].*[0-9].*[0-9]")
_OFTEN: Final = 0.03  # the share of mails from which on a word is everybody's


def words_of(text: str) -> frozenset[str]:
    """The words of a text that may tell something, in lower case."""
    found = {word for word in _WORD.findall(text.lower()) if not _IDEOGRAPHS.search(word)}
    for run in _IDEOGRAPHS.findall(text):
        found.update(run[at : at + 2] for at in range(len(run) - 1))
    return frozenset(found - _SMALL)


def common_words(mails: Collection[frozenset[str]]) -> frozenset[str]:
    """The words that several of these mails have, each of another matter."""
    counted = Counter(word for words in mails for word in words)
    often = max(2.0, _OFTEN * len(mails))
    return frozenset(word for word, number in counted.items() if number > often)


def likeness(one: Collection[str], other: Collection[str], common: Collection[str]) -> int:
    """How much two texts have in common, the more the higher; 0 where they are not alike."""
    shared = [word for word in one if word in other and word not in common]
    numbers = sum(len(word) > 3 and bool(_NUMBER.search(word)) for word in shared)
    needed = max(FEWEST, _SHARE * min(len(one), len(other)))
    if not numbers and len(shared) < needed:
        return 0
    return len(shared) + FEWEST * numbers
