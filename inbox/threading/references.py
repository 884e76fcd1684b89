"""Message-IDs out of References and In-Reply-To as programs break them."""

from __future__ import annotations

import re
from hashlib import sha256

_MOST = 100
_LONGEST = 100_000  # characters of a header that are looked at
_BRACKETED = re.compile(r"<([^<>]{3,998})>")
_BARE = re.compile(r"[^\s<>,;\"()@]{1,500}@[^\s<>,;\"()@]{1,255}")


def ids_in(value: str) -> tuple[str, ...]:
    """The ids of a header in order, each once, without brackets; the oldest and the newest of many.

    Folds inside an id are undone. Ids without brackets count too (7 % of a real support list), but
    only where none has brackets: else they are comments and addresses.
    """
    value = value[:_LONGEST]
    found = ["".join(one.split()) for one in _BRACKETED.findall(value)]
    found = list(dict.fromkeys(one for one in found if one)) or _bare(value)
    if len(found) > _MOST:
        found = [*found[: _MOST // 4], *found[-(_MOST - _MOST // 4) :]]
    return tuple(found)


def hash_id(message_id: str) -> bytes:
    """The key under which an id is stored: 16 bytes of SHA-256 of its lower-case form.

    Some programs and relays change the case of ids; no two of our mails differ in case alone.
    """
    plain = "".join(message_id.split()).strip("<>").lower()
    return sha256(plain.encode("utf-8", "replace")).digest()[:16]


def _bare(value: str) -> list[str]:
    # An old form names the mail in words: `Your message of "Mon, 2 Nov" <id>` or `Pat's message`.
    return list(dict.fromkeys(one.rstrip(".") for one in _BARE.findall(value)))
