"""What must not leave is taken out of every text."""

from __future__ import annotations

import pytest

from inbox.mail.tokens import reply_address
from inbox.outbound.scrub import named_after, scrubbed, token_addresses
from tests.growth import assert_linear

US, TOKEN = "support@us.example", "abcdefghijklmnopqrstuvwx23"
LETS_IN = f"inbox_{TOKEN}_-{TOKEN.upper()[:15]}"


@pytest.mark.parametrize(
    "address",
    [
        reply_address(US, "r", TOKEN),
        reply_address(US, "x", TOKEN, "mail.us.example"),
        reply_address("a" * 60 + "@us.example", "n", TOKEN),
        reply_address(US, "r", TOKEN).upper(),
        reply_address(US, "close", TOKEN),
        reply_address("a" * 60 + "@us.example", "take", TOKEN),
        f"note+{TOKEN}@us.example",
        reply_address(US, "r", TOKEN).replace("+", "%2B"),
        reply_address(US, "good", TOKEN),
        f"https://desk.us.example:8443/inbox/ratings/{TOKEN}/bad",
        f"https%3A%2F%2Fdesk.us.example%2Fratings%2F{TOKEN}%2Fgood",
        f"/ratings/{TOKEN}",
        f"https://desk.us.example/invitations/{LETS_IN}",
        f"https%3A%2F%2Fdesk.us.example%2Finvitations%2F{LETS_IN}",
        f"https://desk.us.example/sign-in/links/{LETS_IN}",
    ],
)
def test_tokens(address: str) -> None:
    assert scrubbed(f"to <{address}>, please", US) == f"to <{US}>, please"


def test_what_lets_into_another_service_stays() -> None:
    text = f"see https://supplier.example/invitations/{LETS_IN[6:]}"
    assert scrubbed(text, US) == text


def test_what_lets_in_is_named_without_its_token() -> None:
    [page] = token_addresses(f"see https://desk.us.example/invitations/{LETS_IN}.")
    assert page == "https://desk.us.example/invitations/…"
    [rated] = token_addresses(f"https://desk.us.example/ratings/{TOKEN}/bad")
    assert rated == "https://desk.us.example/ratings/…"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("karen@us.example", US),
        ("Karen@US.example.", f"{US}."),
        ("mailto:karen@us.example?x", f"mailto:{US}?x"),
        ("mc-karen@us.example", "mc-karen@us.example"),
        ("karen@us.example.org", "karen@us.example.org"),
        ("karen", "karen"),
    ],
)
def test_people(text: str, clean: str) -> None:
    assert scrubbed(text, US, ["karen@us.example"]) == clean


def test_a_token_behind_a_word_without_end_goes_as_well() -> None:
    left = scrubbed(f"{'a' * 300}%2Br.{TOKEN}%40us.example {'=' * 99}+n.{TOKEN}@us.example", US)
    assert TOKEN not in left


@pytest.mark.parametrize("sign", ["_", "-", "%25", "%2B", "a@a.", "QzZ9/+", "https://"])
def test_one_word_without_end_is_read_once(sign: str) -> None:
    text = sign * (200_000 // len(sign))
    assert scrubbed(text, US, ["karen@us.example"]) == text
    assert not named_after(text, "Karen Miller", ["us.example"])
    assert_linear(lambda size: scrubbed(text[:size], US, ["karen@us.example"]), 200_000)
    assert_linear(lambda size: named_after(text[:size], "Karen Miller", ["us.example"]), 200_000)


def test_long_texts_take_linear_time() -> None:
    assert scrubbed("a+r." * 200_000, US, ["karen@us.example"]).startswith("a+r.")
