"""A customer's mail that one of us passes on, as their program writes it, the whole way."""

from __future__ import annotations

from email import message_from_bytes

import pytest

from tests.clients.forwards import Inner, Style, mail, styles
from tests.intake.house import House

INNER = Inner()
# Each program once, each of our languages once.
PASSED_ON = {"outlook-de", "outlook-web-ru", "gmail-en", "apple-it", "thunderbird-ja"}
CHOSEN = [style for style in styles() if str(style) in PASSED_ON]


@pytest.mark.parametrize("as_html", [False, True], ids=["plain", "html"])
async def test_it_is_the_customers_and_our_words_stay_inside(house: House, as_html: bool) -> None:
    assert len(CHOSEN) == len(PASSED_ON)
    karen = await house.agent("karen@us.example", 1, name="Karen Miller")
    for number, style in enumerate(CHOSEN):
        address = f"tomasz{number}@kunde.example"
        await passed_on(house, style, address, karen, as_html=as_html)


async def passed_on(house: House, style: Style, address: str, karen: int, *, as_html: bool) -> None:
    inner = Inner(address=address, subject=f"Order {style}")
    written = message_from_bytes(mail(style, inner, "He is in a hurry.", as_html=as_html))
    written.replace_header("Message-ID", f"<{address}>")
    written.replace_header("To", "support@us.example")
    written.replace_header("From", "Karen Miller <karen@us.example>")
    raw = written.as_bytes()
    kept = await house.receives(
        raw,
        sender="karen@us.example",
        recipients=("support@us.example",),
        submitted_by=karen,
        source="submission",
    )
    assert kept, style
    entries = await house.rows(
        """select kind, author_kind, author_address, text from message
            where conversation_id = :id order by id""",
        id=kept.conversation_id,
    )
    assert [(one.kind, one.author_kind) for one in entries] == [
        ("mail", "customer"),
        ("note", "agent"),
    ], style
    assert entries[0].author_address == address, style
    assert " ".join(entries[0].text.split()) == " ".join(INNER.text.split()), style
    assert (entries[1].author_address, entries[1].text) == (
        "karen@us.example",
        "He is in a hurry.",
    ), style
