"""Tokens of sessions and of forms."""

from __future__ import annotations

import pytest

from inbox.auth.sessions import form_token, hash_session, is_form_token


def test_a_form_belongs_to_its_session() -> None:
    assert is_form_token("mine", form_token("mine"))
    assert not is_form_token("mine", form_token("other"))


def test_no_two_pages_show_the_same_bytes() -> None:
    assert form_token("mine") != form_token("mine")


@pytest.mark.parametrize("given", ["", "x", "é" * 86, "A" * 86, "=" * 86])
def test_junk_is_no_token(given: str) -> None:
    assert not is_form_token("mine", given)


def test_what_is_stored_opens_nothing() -> None:
    assert hash_session("mine") != b"mine"
    assert len(hash_session("mine")) == 32
