from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inbox.mail import wire
from inbox.mail.header_values import is_sendable

LONG = "x" * 300 + "@long.example"


def test_ids_are_never_encoded_and_stand_one_a_line() -> None:
    assert wire.ids(["a@b", LONG]) == f"<a@b>\r\n <{LONG}>"


def test_the_chain_ends_with_our_own_id() -> None:
    assert wire.chain(["a@b", "c@d"], "c@d", "own@us") == ["a@b", "c@d", "own@us"]
    assert wire.chain(["a@b"], "c@d", "own@us") == ["a@b", "c@d", "own@us"]
    assert wire.chain(["own@us", "a@b", "a@b"], None, "own@us") == ["a@b", "own@us"]
    assert wire.chain([], None, "own@us") == ["own@us"]


def test_a_long_chain_keeps_its_first_and_its_newest_ids() -> None:
    many = [f"{n}@x" for n in range(100)]
    assert wire.chain(many, None, "own@us") == ["0@x", *many[-20:], "own@us"]


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of ours
@given(st.lists(st.text(alphabet="abcX0.-@<> é\r\n", max_size=12) | st.just("y" * 850 + "@z")))
def test_a_chain_is_bounded_and_writable(references: list[str]) -> None:
    chain = wire.chain(references, None, "own@us")
    assert chain[-1] == "own@us"
    assert len(wire.ids(chain)) < 8192
    assert all(wire.is_id(one) for one in chain)
    assert len(set(chain)) == len(chain)


@pytest.mark.parametrize(
    "value", ["a\r\nBcc: x", "a\nb", "a\rb", "a\r\n", "naïve", "nul\0", "a\r\n\r\nbody"]
)
def test_a_value_that_could_end_its_header_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="not a header"):
        wire.WIRE.header_store_parse("Subject", value)


@given(st.text())
def test_text_becomes_short_ascii_lines_and_comes_back(text: str) -> None:
    encoding, body = wire.encode_text(text)
    assert encoding in {"base64", "quoted-printable"}
    assert body.isascii()
    assert max(map(len, body.split("\n"))) <= 76
    assert "\r" not in body


def test_latin_text_stays_readable_and_other_scripts_become_base64() -> None:
    assert wire.encode_text("Schöne Grüße aus Köln")[0] == "quoted-printable"
    assert wire.encode_text("Здравствуйте")[0] == "base64"
    assert wire.encode_text("one\r\ntwo") == ("quoted-printable", "one\ntwo\n")


@pytest.mark.parametrize(
    ("address", "sendable"),
    [
        ("pat@x.example", True),
        ("foo..bar@docomo.example", True),
        ('"a b"@x.example', True),
        ("pat@[192.0.2.1]", True),
        ("pat@münchen.example", False),
        ("a@b>\r\nRCPT TO:<v@x", False),
        ("a b@x.example", False),
        ("pat", False),
        ("@x.example", False),
        ("pat@", False),
        ("pat@x..example", False),
        ("pat@x.example\n", False),
        ("p" * 300 + "@x.example", False),
    ],
)
def test_is_sendable(address: str, sendable: bool) -> None:
    assert is_sendable(address) is sendable
