"""The confirmation: whom it reaches, what it says, and how often."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from inbox.intake.auto_reply import compose_confirmation
from inbox.mail.compose import compose
from inbox.store.tables import Outbound
from tests.intake.house import House, as_bytes
from tests.mail_auth.zone import shop, signed


@pytest.fixture
async def confirming(house: House) -> House:
    """A mailbox that confirms everything."""
    await house.change("update mailbox set confirm = 'all', answer_hours = 4")
    return house


async def confirmed(house: House) -> list[str]:
    rows = await house.rows(
        """select address from outbound_recipient join outbound on outbound.id = outbound_id
            where kind = 'confirmation' order by outbound.id"""
    )
    return [row.address for row in rows]


async def the_mail(house: House) -> EmailMessage:
    async with house.database.read() as db:
        outbound = (await db.execute(select(Outbound))).scalar_one()
        draft = await compose_confirmation(db, house.context, outbound)
    mail = message_from_bytes(compose(draft), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


async def test_a_new_conversation_is_confirmed_once(confirming: House) -> None:
    first = confirming.letter("Buy pills", Subject="Cheap pills")
    kept = await confirming.receives(first)
    assert kept
    await confirming.receives(confirming.letter(answers=first))
    assert await confirmed(confirming) == ["jane@shop.example"]
    assert (await confirming.events(kept.conversation_id))[:2] == [
        "conversation.opened",
        "confirmation.sent",
    ]
    assert await confirming.one("select sender from outbound") == ""


async def test_it_says_when_an_answer_comes_and_nothing_of_the_mail(confirming: House) -> None:
    await confirming.receives(confirming.letter("Buy pills", Subject="Cheap pills"))
    mail = await the_mail(confirming)
    assert mail["Subject"] == "We have received your message"
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["In-Reply-To"] == "<1@shop.example>"
    assert "<1@shop.example>" in mail["References"]
    assert mail["From"].addresses[0].addr_spec == "support@us.example"
    words = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr] # it has text
    assert "within 4 hours" in words
    assert "pills" not in str(mail)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "You will have an answer within 2 days."),
        ("de-DE", "innerhalb von 2 Tagen"),
        ("it", "entro 2 giorni"),
        ("ru", "в течение 2 дней"),
        ("ja", "2日以内"),
    ],
)
async def test_it_speaks_the_customers_language(
    confirming: House, language: str, words: str
) -> None:
    await confirming.change("update mailbox set answer_hours = 48")
    await confirming.receives(confirming.letter(Content_Language=language))
    mail = await the_mail(confirming)
    assert words in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr] # it has text


@pytest.mark.parametrize(
    "headers",
    [
        {"List-Id": "<users.lists.example>"},
        {"Precedence": "bulk"},
        {"Auto-Submitted": "auto-generated"},
        {"X-Auto-Response-Suppress": "All"},
        {"From": "no-reply@shop.example"},
        {"From": "donotreply@shop.example"},
        {"From": "MAILER-DAEMON@shop.example"},
        {"From": "karen@us.example"},
        {"From": "support@us.example"},
        {"From": "jane@shop.example, tom@shop.example"},
    ],
)
async def test_no_machine_and_none_of_us_gets_one(
    confirming: House, headers: dict[str, str]
) -> None:
    await confirming.agent("karen@us.example")
    await confirming.receives(confirming.letter(answers=None, **headers))
    assert await confirmed(confirming) == []


async def test_the_null_sender_gets_none(confirming: House) -> None:
    await confirming.receives(confirming.letter(), sender="")
    assert await confirmed(confirming) == []


async def test_a_thousand_mails_of_one_sender_are_confirmed_once_a_day(confirming: House) -> None:
    for number in range(20):
        await confirming.receives(confirming.letter(Subject=f"Order {number} lost in the woods"))
    assert len(await confirmed(confirming)) == 1
    confirming.now = confirming.now.replace(day=24)
    await confirming.receives(confirming.letter(Subject="Tax form for the year of the cat"))
    assert len(await confirmed(confirming)) == 2


async def test_a_forger_cannot_make_us_write_to_others(confirming: House) -> None:
    await confirming.change("update mailbox set confirm = 'proved'")
    await confirming.receives(confirming.letter())
    assert await confirmed(confirming) == []


async def test_a_proved_mail_is_confirmed_under_its_own_subject(
    confirming: House, checking: House
) -> None:
    await confirming.change("update mailbox set confirm = 'proved'")
    checking.zone = shop()
    await checking.receives(
        signed(as_bytes(checking.letter(Subject="Boots"))),
        sender="jane@shop.example",
        recipients=("support@us.example",),
    )
    assert await confirmed(checking) == ["jane@shop.example"]
    assert (await the_mail(checking))["Subject"] == "Re: Boots"


async def test_whom_we_have_answered_before_is_known(confirming: House) -> None:
    await confirming.change("update mailbox set confirm = 'proved'")
    await confirming.receives(confirming.letter())
    await confirming.change("update message set kind = 'reply'")
    await confirming.receives(confirming.letter(Subject="Quite another matter, with a tractor"))
    assert await confirmed(confirming) == ["jane@shop.example"]


async def test_its_words_are_known_in_an_answer(confirming: House) -> None:
    await confirming.receives(confirming.letter("Buy pills", Subject="Cheap pills"))
    mail = await the_mail(confirming)
    words = mail.get_body(("plain",)).get_content().strip()  # type: ignore[union-attr] # it has text
    answer = confirming.letter(f"And socks.\n\n{words}", **{"In-Reply-To": mail["Message-ID"]})
    kept = await confirming.receives(answer)
    assert kept
    message = (await confirming.rows("select text, quoted from message order by id desc"))[0]
    assert message.text == "And socks."
    assert "a person will read it" in message.quoted
