"""Whether the customer is to be told, at the end of an order."""

from __future__ import annotations

import pytest

from inbox.orders.telling import without_tell


@pytest.mark.parametrize(
    ("said", "rest", "tells"),
    [
        ("billing tell", "billing", True),
        ("billing-tell", "billing", True),
        ("Billing Dept, mitteilen", "Billing Dept", True),
        ("бухгалтерия сообщить", "бухгалтерия", True),
        ("contabilità avvisa", "contabilità", True),
        ("経理　知らせる", "経理", True),
        ("tell", "tell", False),
        ("billing", "billing", False),
        ("", "", False),
    ],
)
def test_the_last_word_says_it(said: str, rest: str, tells: bool) -> None:
    assert without_tell(said) == (rest, tells)
