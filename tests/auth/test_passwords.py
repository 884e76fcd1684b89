"""Passwords are hashed slowly, within limits."""

from __future__ import annotations

import pytest

from inbox.auth.passwords import hash_password, verify_password
from inbox.errors import Invalid


async def test_only_the_right_one() -> None:
    stored = await hash_password("correct horse battery")
    assert stored.startswith("$argon2id$")
    assert await verify_password("correct horse battery", stored)
    assert not await verify_password("correct horse", stored)
    assert not await verify_password("correct horse battery", None)
    assert not await verify_password("correct horse battery", "no hash at all")


@pytest.mark.parametrize("password", ["", "too short", "x" * 1025])
async def test_what_cannot_be_a_password(password: str) -> None:
    with pytest.raises(Invalid):
        await hash_password(password)


async def test_without_end() -> None:
    assert not await verify_password("x" * 1025, await hash_password("correct horse battery"))
