"""Addresses as people type them into a field."""

from __future__ import annotations

import pytest

from inbox.errors import Invalid
from inbox.i18n import translations
from inbox.web.addressed import addresses_in, somebody_in


def _said(typed: str) -> str:
    with pytest.raises(Invalid) as caught:
        somebody_in(typed)
    return caught.value.said(translations("en"))


@pytest.mark.parametrize("typed", ["", " ", ",", " , ;, "])
def test_a_field_in_which_nobody_stands(typed: str) -> None:
    assert addresses_in(typed) == ()
    assert _said(typed) == "Write in “To” to whom it goes: at least one mail address."


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("Pat Lee", "Pat Lee"),
        ("pat@shop.example, Pat Lee", "Pat Lee"),
        ("pat@", "pat@"),
        ("<>", "<>"),
        ("<>, Pat", "<>, Pat"),
        ("Pat; ann@us.example", "Pat"),
    ],
)
def test_what_is_no_address_is_named(typed: str, named: str) -> None:
    assert _said(typed) == f"This is not a mail address: {named}"
