"""Thanks alone leave a conversation closed; whatever is more opens it."""

from __future__ import annotations

import pytest

from tests.intake.house import House

CLOSED = "update conversation set status = 'closed', closed_at = now(), waiting_since = null"

OUTLOOK = (
    "From: Support <support@us.example>\nSent: Monday, 23 November 2026 10:00\nTo: Jane Doe\n"
    "Subject: Re: Broken boots\n\n"
)


async def status(house: House) -> str:
    return str(await house.one("select status from conversation"))


@pytest.mark.parametrize(
    ("words", "headers", "then"),
    [
        ("Thank you, Karen!\n\nBest regards\nJane Doe", {}, "closed"),
        ("👍", {}, "closed"),
        (
            "カレン様\nご連絡ありがとうございます。\n佐藤",
            {"From": "佐藤 <jane@shop.example>"},
            "closed",
        ),
        ("-- \nJane Doe\nDoe Shipping Ltd", {}, "closed"),
        ("Thank you, Karen! And the other boot?", {}, "open"),
        ("Thank you, Karen!", {"Subject": "Re: My invoice is wrong"}, "open"),
        ("Thank you, Bernard!", {}, "open"),
        ("Thank you!\n\n-- \nJane Doe\nPlease send the other boot, too", {}, "open"),
        ("-- \nPlease call me back", {}, "open"),
        ("Thank you!\n\n> please send the other boot, too", {}, "open"),
        ("Thank you!\n\n> My boots are broken.", {}, "closed"),
        (f"Thank you!\n\n{OUTLOOK}My boots are broken.", {}, "closed"),
        (f"Thank you!\n\n{OUTLOOK}Please send the other boot, too.", {}, "open"),
    ],
)
async def test_thanks_alone_leave_it_closed(
    house: House, words: str, headers: dict[str, str], then: str
) -> None:
    first = house.letter("My boots are broken.")
    kept = await house.receives(first)
    assert kept
    await house.change(
        """insert into message (conversation_id, kind, visibility, author_kind, author_name,
                                 received_at, identity)
           values (:id, 'reply', 'public', 'agent', 'Karen カレン', now(), 'x')""",
        id=kept.conversation_id,
    )
    await house.change(CLOSED)
    await house.receives(house.letter(words, answers=first, **headers))
    assert await status(house) == then
    names = await house.events(kept.conversation_id)
    assert names[-1] == ("message.thanked" if then == "closed" else "message.received")
    assert await house.one("select message_count from conversation") == 2


async def test_thanks_with_more_than_words_open_it_as_do_thanks_where_it_is_our_turn(
    house: House,
) -> None:
    first = house.letter("My boots are broken.")
    kept = await house.receives(first)
    assert kept
    await house.receives(house.letter("Thanks!", answers=first))
    assert (await house.events(kept.conversation_id))[-1] == "message.received"
    await house.change(CLOSED)
    shown = house.letter("Thanks!", answers=first)
    shown.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="form.pdf")
    await house.receives(shown)
    assert await status(house) == "open"
    await house.change(CLOSED)
    told = house.letter("Thanks!", answers=first)
    told.add_alternative("<p>Thanks!</p><p>Please send the other boot.</p>", subtype="html")
    await house.receives(told)
    assert await status(house) == "open"
    await house.change(CLOSED)
    both = house.letter("Thanks!\n", answers=first)
    both.add_alternative("<div>Thanks!<br></div>", subtype="html")
    await house.receives(both)
    assert await status(house) == "closed"
