"""Passwords: argon2id, hashed beside the event loop and never more than a few at once."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Final

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher

from inbox.errors import Invalid
from inbox.refusals import Refusal

MIN_LENGTH: Final = 10
# A hash takes 64 MiB and a fifth of a second; longer input would only serve to slow us down.
MAX_BYTES: Final = 1024
_AT_ONCE: Final = asyncio.Semaphore(4)


async def hash_password(password: str) -> str:
    """The hash to store. Raises Invalid for a password that is too short or over 1 KiB."""
    if len(password) < MIN_LENGTH:
        raise Invalid(Refusal.SHORT_PASSWORD, field="new")
    if len(password.encode()) > MAX_BYTES:
        raise Invalid(Refusal.LONG_PASSWORD, field="new")
    async with _AT_ONCE:
        return await asyncio.to_thread(_hasher().hash, password)


async def verify_password(password: str, stored: str | None) -> bool:
    """Whether a password is the stored one; as slow for somebody who has none as for anybody."""
    if len(password.encode()) > MAX_BYTES:
        return False
    async with _AT_ONCE:
        return await asyncio.to_thread(_verify, password, stored)


def _verify(password: str, stored: str | None) -> bool:
    try:
        matches = _hasher().verify(password, stored or _dummy())
    except UnknownHashError:
        return False
    return matches and stored is not None


@cache
def _hasher() -> PasswordHash:
    return PasswordHash((Argon2Hasher(),))


@cache
def _dummy() -> str:
    # Made with the same parameters as the real ones, so that both take the same time.
    return _hasher().hash("nobody has this password")


def warm_up() -> None:
    """Make the dummy hash now, so that the first unknown name is not slower than the others."""
    _dummy()
