"""Links of ours that let somebody in: of an invitation, and to sign in.

Whoever got such a mail may pass it on or quote it; whoever reads it then needs its words, not its
key. It is taken out of what is kept of a mail to be read, and masked in its original. Our keys say
that they are ours, since other services invite people, too: their links stay as they came.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from typing import Final

# Also where a link within a link has written it as %2F, or a service that watches clicks once more.
SLASH: Final = r"(?:/|%(?:25){0,3}2F)"
PAGE: Final = rf"{SLASH}(?:invitations|sign-in{SLASH}links){SLASH}"
MARK: Final = "inbox_"
LENGTH: Final = len(MARK) + 43
KEY: Final = rf"{MARK}[\w-]{{43}}(?![\w-])"
# A mail program that wraps what it quotes has cut it at an end of a line.
_BREAK: Final = r"(?:=?[ \t]*\r?\n[ \t>|]*)?"
_WAY_IN: Final = re.compile(
    rf"(?P<page>{PAGE}){_BREAK.join(MARK)}(?:{_BREAK}[\w-]){{43}}(?![\w-])",
    re.IGNORECASE | re.ASCII,
)


def key_of(digest: bytes) -> str:
    """The key that these 32 bytes make."""
    return MARK + urlsafe_b64encode(digest).decode().rstrip("=")


def closed(text: str) -> str:
    """The text, or HTML, with `…` in place of what lets somebody in."""
    return _WAY_IN.sub(r"\g<page>…", text)
