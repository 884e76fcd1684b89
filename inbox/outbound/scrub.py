"""Takes out of a text what must not leave: reply tokens, and the addresses of our people."""

from __future__ import annotations

import re
from collections.abc import Collection

from inbox.mail.tokens import VERBS

# As in mail.tokens; also where links have written the signs as %2B and %40, or a service that
# watches clicks has done so once more; and where a program has cut the domain off.
_PLUS, _AT = r"(?:\+|%(?:25){0,3}2B)", r"(?:@|%(?:25){0,3}40)"
_TOKEN_ADDRESS = re.compile(
    rf"(?:[A-Za-z0-9._%=-]{{0,64}}{_PLUS}(?:{VERBS})\.|\b(?:{VERBS}){_PLUS})[a-z2-7]{{26}}"
    rf"(?:{_AT}[A-Za-z0-9.-]{{1,253}}|(?![A-Za-z0-9]))",
    re.IGNORECASE | re.ASCII,
)


def scrubbed(text: str, instead: str, people: Collection[str] = ()) -> str:
    """The text with `instead` (our mailbox's address) for token addresses and for `people`'s."""
    text = _TOKEN_ADDRESS.sub(instead, text)
    if not people:
        return text
    names = "|".join(re.escape(one) for one in sorted(people, key=len, reverse=True))
    return re.sub(rf"(?<![\w.+-])(?:{names})(?![\w-]|\.\w)", instead, text, flags=re.IGNORECASE)
