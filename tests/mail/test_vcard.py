"""Mailboxes for the address book."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inbox.desk.cards import cards_of
from inbox.mail.vcard import vcard
from inbox.store.tables import Mailbox


def test_a_mailbox_and_where_a_new_matter_begins() -> None:
    mailbox = Mailbox(name="Pronto, aiuto", address="aiuto@us.example", language="it")
    cards = cards_of(mailbox).replace("\r\n ", "")
    assert cards.count("BEGIN:VCARD\r\nVERSION:3.0\r\n") == 2
    assert "FN:Pronto\\, aiuto\r\n" in cards
    assert "EMAIL;TYPE=INTERNET,PREF:aiuto@us.example\r\n" in cards
    assert "EMAIL;TYPE=INTERNET,PREF:aiuto+new@us.example\r\n" in cards
    assert "@help" in cards
    uids = [line for line in cards.split("\r\n") if line.startswith("UID:urn:uuid:")]
    assert len(set(uids)) == 2  # some address books take no card without
    assert cards_of(mailbox).replace("\r\n ", "") == cards


@given(st.text(), st.text())
def test_no_name_breaks_a_card(name: str, note: str) -> None:
    card = vcard(name, "support@us.example", note).encode("utf-8", "replace")
    lines = card.split(b"\r\n")
    assert all(line and len(line) <= 75 and b"\n" not in line for line in lines[:-1])
    assert [line for line in lines if line.startswith((b"BEGIN", b"END"))] == [
        b"BEGIN:VCARD",
        b"END:VCARD",
    ]
