"""A text → what stands in it in base64 or quoted-printable: the source of a mail, a picture in a
page, a card's note. Pure, linear, never raises.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from itertools import islice
from quopri import decodestring
from typing import Final, NamedTuple

from inbox.leaks.keyed import keyed_octets

# A long line, and those below it, also under quote marks: as mails, certificates and links have it.
_BASE64 = re.compile(
    r"[A-Za-z0-9+/_-]{40,}+(?:\r?\n[ \t>]*+[A-Za-z0-9+/_-]{4,}+)*+={0,2}", re.ASCII
)
_LESS = re.compile(r"[^A-Za-z0-9+/]+")
_URL_SAFE = str.maketrans("-_", "+/")
_QUOTED_PRINTABLE = re.compile(r"=\r?\n|=(?:2B|40|3D|C3)", re.IGNORECASE)
_MOST: Final = 200
_SHOWN: Final = 24
_LOOKED_AT: Final = 2000  # signs, by which a text is known
_NOISE: Final = 0.05


class Piece(NamedTuple):
    """What was encoded, and with which letters it begins there."""

    begin: str
    content: bytes


def decoded(text: str) -> Iterator[Piece]:
    """All of it, in order; what only looks like it comes out as octets that say nothing."""
    for found in islice(_BASE64.finditer(text), _MOST):
        begin, letters = found[0][:_SHOWN], _LESS.sub("", found[0].translate(_URL_SAFE))
        yield Piece(begin, _base64(letters))
        # What stands before it may be of the same letters: `key/QWxs…`.
        for shift in (1, 2, 3):
            if keyed_octets(content := _base64(letters[shift:])):
                yield Piece(begin, content)
    if _QUOTED_PRINTABLE.search(text):
        yield Piece(text.strip()[:_SHOWN], decodestring(text.encode("utf-8", "replace")))


def is_text(content: bytes) -> bool:
    """Whether octets are words of somebody, and no picture, no key and no noise."""
    said = content.replace(b"\0", b"")[:_LOOKED_AT].decode("utf-8", "replace")
    noise = sum(sign == "\ufffd" or (sign < " " and sign not in "\t\r\n") for sign in said)
    return bool(said) and noise <= max(1, _NOISE * len(said))


def _base64(letters: str) -> bytes:
    letters = letters[:-1] if len(letters) % 4 == 1 else letters
    return b64decode(letters + "=" * (-len(letters) % 4))
