"""Mailboxes for the address book."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.desk.cards import cards_of
from inbox.i18n import LANGUAGES
from inbox.mail.vcard import vcard
from inbox.orders.reading import Order, by_written
from inbox.orders.verbs import Verb
from inbox.store.tables import Mailbox


def test_a_mailbox_where_a_new_matter_begins_and_what_can_be_asked_for() -> None:
    mailbox = Mailbox(name="Pronto, aiuto", address="aiuto@us.example", language="it")
    cards = cards_of(mailbox).replace("\r\n ", "")
    assert cards.count("BEGIN:VCARD\r\nVERSION:3.0\r\n") == 15
    assert "FN:Pronto\\, aiuto\r\n" in cards
    assert "EMAIL;TYPE=INTERNET,PREF:aiuto@us.example\r\n" in cards
    assert "EMAIL;TYPE=INTERNET,PREF:aiuto+new@us.example\r\n" in cards
    assert "@help" in cards
    uids = [line for line in cards.split("\r\n") if line.startswith("UID:urn:uuid:")]
    assert len(set(uids)) == 15  # some address books take no card without
    assert cards_of(mailbox).replace("\r\n ", "") == cards


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_address_of_a_card_is_understood(language: str) -> None:
    mailbox = Mailbox(name="Help", address="help@us.example", language=language)
    cards = cards_of(mailbox).replace("\r\n ", "")
    addresses = re.findall(r"PREF:help\+(.+)@us\.example", cards)
    asked = [by_written(one) for one in addresses if one != "new"]
    assert len(asked) == 13
    assert all(isinstance(one, Order) or one.verb is Verb.FIND for one in asked)
    names = re.findall(r"FN:(.+)\r", cards)
    assert len(set(names)) == len(names)


@given(st.text(), st.text())
def test_no_name_breaks_a_card(name: str, note: str) -> None:
    card = vcard(name, "support@us.example", note).encode("utf-8", "replace")
    lines = card.split(b"\r\n")
    assert all(line and len(line) <= 75 and b"\n" not in line for line in lines[:-1])
    assert [line for line in lines if line.startswith((b"BEGIN", b"END"))] == [
        b"BEGIN:VCARD",
        b"END:VCARD",
    ]
