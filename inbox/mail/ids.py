"""Message-IDs of ours: recognisable by a keyed check even when the database has forgotten them."""

from __future__ import annotations

import hmac
import re
from base64 import b32encode
from collections.abc import Callable
from hashlib import sha256

_BYTES = 10  # 80 bits each for the random part and the check: 16 characters of base32
_OURS = re.compile(r"([a-z2-7]{16})\.([a-z2-7]{16})@", re.ASCII)


def new_message_id(domain: str, secret: bytes, rng: Callable[[int], bytes]) -> str:
    """A fresh id without angle brackets: `random.check@domain`, lower case throughout."""
    left = _base32(rng(_BYTES))
    return f"{left}.{_check(left, secret)}@{domain.lower()}"


def is_ours(message_id: str, secret: bytes) -> bool:
    """Whether the id was made with this secret, at whatever domain and in whatever case."""
    found = _OURS.match(message_id.strip().strip("<>").lower())
    if not found:
        return False
    return hmac.compare_digest(_check(found[1], secret), found[2])


def _check(left: str, secret: bytes) -> str:
    return _base32(hmac.new(secret, b"message-id:" + left.encode(), sha256).digest()[:_BYTES])


def _base32(data: bytes) -> str:
    return b32encode(data).decode().lower()
