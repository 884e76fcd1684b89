"""Which approved text is meant by what somebody wrote."""

from __future__ import annotations

import pytest

from inbox.approved.naming import Titled, language_for, meant

TEXTS = [
    Titled(id=1, name="Refund"),
    Titled(id=2, name="Refund abroad"),
    Titled(id=3, name="Geld zurück"),
    Titled(id=4, name="Password reset"),
    Titled(id=5, name="Возврат денег"),
    Titled(id=6, name="返金のご案内"),
    Titled(id=7, name="Password change"),
]


@pytest.mark.parametrize(
    ("said", "ids"),
    [
        ("refund", {1}),
        ("REFUND.", {1}),
        ("“Refund”", {1}),
        ("refund abroad", {2}),
        ("refund-abroad", {2}),
        ("abroad", {2}),
        ("geld zuruck", {3}),
        ("geld-zurück", {3}),
        ("reset", {4}),
        ("password-reset", {4}),
        ("passw", {4, 7}),
        ("возврат", {5}),
        ("返金", {6}),
        ("refunt", {1}),
        ("pasword reset", {4}),
        ("#4", {4}),
        ("4", {4}),
        ("99", set()),
        ("holiday", set()),
        ("", set()),
    ],
)
def test_names_are_understood_generously(said: str, ids: set[int]) -> None:
    assert {one.id for one in meant(said, TEXTS)} == ids


def test_the_mailboxes_own_text_goes_before_that_of_all() -> None:
    texts = [Titled(id=1, name="Refund"), Titled(id=2, name="refund", is_own=True)]
    assert [one.id for one in meant("refund", texts)] == [2]


def test_the_language_is_the_customers_if_it_is_written_in_it() -> None:
    assert language_for({"en", "de"}, ["de", "en"]) == "de"
    assert language_for({"en", "de"}, ["ja", "en"]) == "en"
    assert language_for({"ru"}, [None, "en"]) == "ru"
