"""Whether an order ends with the word that the customer is to be told. Pure."""

from __future__ import annotations

import re
from typing import Final

from inbox.orders.verbs import fold

# The first word of each language is the one that we tell people.
TELL: Final[dict[str, str]] = {
    "en": "tell inform notify",
    "ru": "сообщить сообщи известить уведомить",
    "it": "avvisa avvisare informa informare",
    "de": "mitteilen sagen informieren benachrichtigen bescheid",
    "ja": "知らせる 知らせて 通知",
}
_WORDS: Final = frozenset(fold(word) for words in TELL.values() for word in words.split())
_LAST: Final = re.compile(r"^(.*?)[\s,_\u3000-]+(\S+)$", re.DOTALL)


def without_tell(said: str) -> tuple[str, bool]:
    """What stands before such a word, and whether there is one: `billing tell`."""
    found = _LAST.match(said.strip())
    if found and fold(found[2]) in _WORDS:
        return found[1].strip(), True
    return said, False
