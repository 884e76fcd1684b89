"""Whose mail an address is."""

from __future__ import annotations

import pytest

from inbox.intake.recipients import AddressBook

TOKEN = "abcdefghijklmnopqrstuvwxyz"[:24] + "23"
BOOK = AddressBook.of(
    [
        ("support@desk.example", 1),
        ("help+desk@desk.example", 1),
        ("sales@shop.example", 2),
        ("kontakt@xn--bcher-kva.example", 3),
    ],
    domain="reply.example",
)


@pytest.mark.parametrize(
    ("recipient", "mailbox"),
    [
        ("support@desk.example", 1),
        ("SUPPORT@Desk.Example", 1),
        ("support+anything@desk.example", 1),
        ("help+desk@desk.example", 1),
        ("help@desk.example", None),
        ("sales@shop.example", 2),
        ("sales@desk.example", None),
        ("kontakt@bücher.example", 3),
        ("postmaster", 1),
        ("Postmaster@shop.example", 2),
        ("abuse@shop.example", 2),
        ("abuse@reply.example", 1),
        ("abuse@elsewhere.example", None),
        ("support@desk.example.evil.example", None),
        ("", None),
        (f"support+b.{TOKEN}@desk.example", 1),
        (f"b+{TOKEN}@reply.example", 1),
        (f"b+{TOKEN}@elsewhere.example", None),
        (f"support+r.{TOKEN}@desk.example", None),  # its row decides
    ],
)
def test_mailbox_of(recipient: str, mailbox: int | None) -> None:
    assert BOOK.mailbox_of(recipient) == mailbox


@pytest.mark.parametrize(
    ("recipient", "token"),
    [
        (f"support+r.{TOKEN}@desk.example", TOKEN),
        (f"Support+R.{TOKEN.upper()}@Desk.Example", TOKEN),
        (f"n+{TOKEN}@reply.example", TOKEN),
        (f"support+r.{TOKEN}@elsewhere.example", None),
        (f"support+b.{TOKEN}@desk.example", None),
        ("support@desk.example", None),
    ],
)
def test_token_of(recipient: str, token: str | None) -> None:
    assert BOOK.token_of(recipient) == token


def test_without_mailboxes_nobody_lives_here() -> None:
    empty = AddressBook.of([], domain="desk.example")
    assert empty.mailbox_of("postmaster") is None
    assert empty.mailbox_of("abuse@desk.example") is None


def test_the_whole_address() -> None:
    assert BOOK.whole("postmaster") == "postmaster@desk.example"
    assert BOOK.whole("Support@DESK.example") == "support@desk.example"
