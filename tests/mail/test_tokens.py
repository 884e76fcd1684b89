from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.mail.tokens import (
    TokenAddress,
    Verb,
    find_token,
    find_written_token,
    hash_token,
    new_token,
    reply_address,
)

TOKEN = new_token(lambda count: bytes(range(count)))


def test_a_token_is_128_bits_in_lower_case_base32() -> None:
    assert len(TOKEN) == 26
    assert TOKEN.islower()
    assert TOKEN.isalnum()


@pytest.mark.parametrize(
    ("mailbox", "domain", "address"),
    [
        ("support@us.example", None, f"support+r.{TOKEN}@us.example"),
        ("support@us.example", "reply.us.example", f"support+r.{TOKEN}@reply.us.example"),
        ("s" * 60 + "@us.example", None, f"r+{TOKEN}@us.example"),
        ("@us.example", None, f"r+{TOKEN}@us.example"),
    ],
)
def test_reply_address(mailbox: str, domain: str | None, address: str) -> None:
    assert reply_address(mailbox, "r", TOKEN, domain) == address
    assert len(address.partition("@")[0]) <= 64


@pytest.mark.parametrize("verb", ["r", "n", "x", "b", "close", "take", "notspam", "help"])
@pytest.mark.parametrize("mailbox", ["support@us.example", "s" * 60 + "@us.example"])
def test_every_reply_address_is_found_again(mailbox: str, verb: Verb) -> None:
    address = reply_address(mailbox, verb, TOKEN)
    assert find_token(address) == TokenAddress(verb=verb, token=TOKEN)
    assert find_token(f"<{address.upper()}>") == TokenAddress(verb=verb, token=TOKEN)


@pytest.mark.parametrize("argument", ["anna", "3d", "monday-9", "25.12", "anna.rossi", "vip_1"])
@pytest.mark.parametrize("mailbox", ["support@us.example", "s" * 60 + "@us.example"])
def test_what_stands_behind_a_verb_is_found_again(mailbox: str, argument: str) -> None:
    address = reply_address(mailbox, "assign", TOKEN, argument=argument)
    wanted = TokenAddress(verb="assign", argument=argument, token=TOKEN)
    assert find_token(address) == wanted
    assert find_token(address.upper()) == wanted


def test_a_comment_has_a_name_as_well() -> None:
    wanted = TokenAddress(verb="n", token=TOKEN)
    assert find_token(f"note+{TOKEN}@us.example") == wanted
    assert find_token(f"support+note.{TOKEN}@us.example") == wanted
    assert find_token(f"sent+{TOKEN}@us.example") is None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "support@us.example",
        "support+r@us.example",
        f"support+q.{TOKEN}@us.example",
        f"support+r-anna.{TOKEN}@us.example",
        f"support+assign-.{TOKEN}@us.example",
        f"support+r.{TOKEN}x@us.example",
        f"support+r.{TOKEN[:-1]}@us.example",
        f"supportr+{TOKEN}@us.example",
        f"support@r.{TOKEN}",
    ],
)
def test_other_addresses_have_no_token(address: str) -> None:
    assert find_token(address) is None


def test_the_hash_is_the_same_in_any_case() -> None:
    assert hash_token(TOKEN) == hash_token(TOKEN.upper())
    assert len(hash_token(TOKEN)) == 32


@given(st.text())
def test_any_address_may_be_asked_about(address: str) -> None:
    find_token(address)


@pytest.mark.parametrize("word", ["warten-3d", "wiat-3d", "закрыть", "待つ-3日", "not-spam"])
def test_a_verb_that_somebody_wrote_themselves(word: str) -> None:
    wanted = TokenAddress(verb="n", token=TOKEN, word=word)
    for address in (f"{word}+{TOKEN}@us.example", f"support+{word}.{TOKEN}@us.example"):
        assert find_written_token(address) == wanted
        assert find_token(address) is None  # at other houses it may be anything
    assert find_written_token(f"wait-3d+{TOKEN}@us.example") == TokenAddress(
        verb="wait", argument="3d", token=TOKEN
    )
    assert find_written_token(f"support+{TOKEN}@us.example") is not None
    assert find_written_token("support+news.2026@us.example") is None
