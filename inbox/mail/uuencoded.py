"""Files that old programs put into the text itself, between `begin` and `end`."""

from __future__ import annotations

import re

from inbox.mail.transfer import decode_transfer

_BLOCK = re.compile(
    r"(?m)^begin [0-7]{3,4} ([^\n]{1,200})\n"
    r"((?:[!-`][ -`]{0,61}\n)+?)(?:`?\s?\n)?end[ \t]*(?:\n|\Z)"
)
_MAX_FILES = 100


def uuencoded_files(text: str) -> list[tuple[str, bytes]]:
    """Name and content of each uuencoded block in a text, at most 100."""
    found: list[tuple[str, bytes]] = []
    for match in _BLOCK.finditer(text):
        if len(found) >= _MAX_FILES:
            break
        block = f"begin 644 x\n{match[2]}end\n".encode("ascii", "replace")
        found.append((match[1].strip(), decode_transfer(block, "x-uuencode")[0]))
    return found


def without_uuencoded(text: str) -> str:
    """The text without its uuencoded blocks."""
    return _BLOCK.sub("", text)
