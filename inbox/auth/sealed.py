"""Values that others keep for us: nobody else can read, make or change them, or use them elsewhere.

A cookie between two requests, and the one secret that has to be read again out of the database.
"""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox


def seal_bytes(secret: bytes, purpose: str, plain: bytes) -> bytes:
    """What only `open_bytes` with the same secret and purpose makes plain again."""
    return bytes(_box(secret, purpose).encrypt(plain))


def open_bytes(secret: bytes, purpose: str, sealed: bytes) -> bytes | None:
    """What was sealed; None for what we did not seal, or for something else."""
    try:
        return _box(secret, purpose).decrypt(sealed)
    except (CryptoError, ValueError):
        return None


def seal(secret: bytes, purpose: str, value: Mapping[str, Any], *, now: datetime) -> str:
    """Values for a cookie, with the time at which they were sealed."""
    plain = json.dumps([now.timestamp(), dict(value)]).encode()
    return urlsafe_b64encode(seal_bytes(secret, purpose, plain)).decode().rstrip("=")


def unseal(
    secret: bytes, purpose: str, sealed: str, *, now: datetime, life: timedelta
) -> dict[str, Any] | None:
    """The values; None for what is not ours, was for something else, or is older than `life`."""
    try:
        raw = urlsafe_b64decode(sealed.encode("ascii") + b"=" * (-len(sealed) % 4))
    except ValueError:
        return None
    plain = open_bytes(secret, purpose, raw) if raw else None
    if plain is None:
        return None
    at, value = json.loads(plain)
    age = now.timestamp() - at
    return dict(value) if 0 <= age < life.total_seconds() else None


def _box(secret: bytes, purpose: str) -> SecretBox:
    return SecretBox(hmac.new(secret, f"sealed:{purpose}".encode(), sha256).digest())
