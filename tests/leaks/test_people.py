"""An address that is made of the name of one of us is theirs."""

from __future__ import annotations

import pytest

from inbox.leaks.people import may_be_of

NAMES = ("Karen Miller", "Ed Ng", "Support")


@pytest.mark.parametrize(
    "local", ["karen.miller", "k.miller", "kmiller", "miller", "MillerK", "edng"]
)
def test_of_one_of_us(local: str) -> None:
    assert may_be_of(f"{local}@us.example", NAMES)


@pytest.mark.parametrize(
    "local", ["karen", "support", "ng", "millers", "info", "miller.shoes", "42"]
)
def test_of_anybody(local: str) -> None:
    assert not may_be_of(f"{local}@us.example", NAMES)
