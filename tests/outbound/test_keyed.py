"""What follows from our secret: the same each time, and not to be guessed."""

from __future__ import annotations

import pytest

from inbox.mail.tokens import find_token
from inbox.outbound.keyed import (
    bounce_address,
    bounced,
    loop_mark,
    release_token,
    reply_token,
)

SECRET, OTHER = b"s" * 32, b"t" * 32


@pytest.mark.parametrize("outbound_id", [1, 2, 4711, 2**63 - 1])
def test_bounce_address_names_its_mail(outbound_id: int) -> None:
    address = bounce_address("support@us.example", outbound_id, SECRET, "mail.us.example")
    assert address.endswith("@mail.us.example")
    found = find_token(address)
    assert found is not None
    assert found.verb == "b"
    assert bounced(found.token, SECRET) == outbound_id
    assert bounced(found.token, OTHER) is None


def test_forged_bounce_addresses_name_nothing() -> None:
    assert bounced("a" * 26, SECRET) is None
    assert bounced("not base32 1", SECRET) is None
    assert bounced("", SECRET) is None


def test_bounce_addresses_do_not_count_our_mails() -> None:
    one, two = (bounce_address("s@us.example", number, SECRET) for number in (1, 2))
    same = sum(a == b for a, b in zip(one, two, strict=True))
    assert same < len(one) - 15


def test_tokens_differ_by_mail_purpose_and_secret() -> None:
    tokens = {
        reply_token(SECRET, "a@us.example"),
        reply_token(SECRET, "b@us.example"),
        reply_token(OTHER, "a@us.example"),
        release_token(SECRET, 1),
        release_token(SECRET, 2),
        loop_mark(SECRET),
    }
    assert len(tokens) == 6
    assert reply_token(SECRET, "a@us.example") == reply_token(SECRET, "a@us.example")
