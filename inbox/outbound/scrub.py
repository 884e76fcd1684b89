"""Takes out of a text what must not leave: reply tokens, and the addresses of our people."""

from __future__ import annotations

import re
from collections.abc import Collection

from inbox.mail.tokens import VERBS

# As in mail.tokens, also where a mailto: link has written the plus as %2B.
_TOKEN_ADDRESS = re.compile(
    rf"(?:[A-Za-z0-9._%=-]{{0,64}}(?:\+|%2B)(?:{VERBS})\.|\b(?:{VERBS})(?:\+|%2B))[a-z2-7]{{26}}"
    r"(?:@|%40)[A-Za-z0-9.-]{1,253}",
    re.IGNORECASE | re.ASCII,
)


def scrubbed(text: str, instead: str, people: Collection[str] = ()) -> str:
    """The text with `instead` (our mailbox's address) for token addresses and for `people`'s."""
    text = _TOKEN_ADDRESS.sub(instead, text)
    if not people:
        return text
    names = "|".join(re.escape(one) for one in sorted(people, key=len, reverse=True))
    return re.sub(rf"(?<![\w.+-])(?:{names})(?![\w-]|\.\w)", instead, text, flags=re.IGNORECASE)
