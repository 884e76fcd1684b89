"""The confirmation: whom it reaches, what it says, and how often."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from sqlalchemy import select, text

from inbox.desk.correct_time import correct
from inbox.intake.auto_reply import compose_confirmation
from inbox.mail.compose import compose
from inbox.notify.told_customer import told_customer
from inbox.store.tables import Outbound
from tests.intake.house import House, as_bytes
from tests.mail_auth.zone import shop, signed


@pytest.fixture
async def confirming(house: House) -> House:
    """A mailbox that confirms everything."""
    await house.change("update mailbox set confirm = 'all', targets = 'first 4h'")
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
    # The mail came a minute past ten: people say quarters of an hour.
    assert "by Sunday, 22 November 2026, 14:15 (UTC)." in words
    assert "pills" not in str(mail)


@pytest.mark.parametrize(
    ("language", "words", "said"),
    [
        (
            "en",
            "Hello",
            "You will have an answer by Monday, 23 November 2026, 15:15 (Europe/Rome).",
        ),
        ("de-DE", "Hallo", "spätestens am Montag, 23. November 2026, 15:15 (Europe/Rome)"),
        ("it", "Ciao", "entro lunedì 23 novembre 2026, 15:15 (Europe/Rome)"),
        ("ru", "Привет", "23 ноября 2026 г. (понедельник)"),
        ("ja", "こんにちは", "2026年11月23日月曜日 15:15（Europe/Rome）"),
        # What it is written in counts for more than what the program says.
        (
            "en-US",
            "Guten Tag, ich habe seit gestern kein Internet und bitte um Hilfe.",
            "spätestens",
        ),
        ("fr", "Hello there", "You will have"),
    ],
)
async def test_it_speaks_the_customers_language_and_counts_in_our_hours(
    confirming: House, language: str, words: str, said: str
) -> None:
    await confirming.change(
        "update mailbox set hours = 'mo-fr 9-12:30 13:30-18', time_zone = 'Europe/Rome',"
        " targets = 'first 5h15m'"
    )
    await confirming.receives(confirming.letter(words, Content_Language=language))
    mail = await the_mail(confirming)
    assert said in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr] # it has text


async def test_a_mail_that_has_lain_with_us_is_told_no_time_that_is_over(
    confirming: House,
) -> None:
    before = confirming.now - timedelta(days=3)
    kept = await confirming.receives(confirming.letter(), received_at=before)
    assert kept
    said = await confirming.one("select draft ->> 'until' from outbound where kind <> 'notice'")
    assert datetime.fromisoformat(said) > confirming.now


async def test_where_others_wait_it_takes_longer_and_is_corrected_once(confirming: House) -> None:
    for name in ("ann", "bob", "cid"):
        await confirming.receives(confirming.letter(From=f"{name}@shop.example"))
    await confirming.change(
        "update conversation set waiting_since = waiting_since - interval '6 hours'"
    )
    kept = await confirming.receives(confirming.letter("Where is it?", From="dan@shop.example"))
    assert kept
    [last] = await confirming.rows(
        """select id, draft ->> 'until' as until from outbound
            where conversation_id = :id""", id=kept.conversation_id)  # fmt: skip
    assert last.until == "2026-11-22T22:15:00+00:00"  # they have waited for six hours: for twelve
    [job] = await confirming.rows(
        "select key, run_at, args from job where key = :key",
        key=f"confirmed:{kept.conversation_id}",
    )
    assert job.args == {"outbound_id": last.id}
    confirming.now = job.run_at
    assert job.run_at == confirming.now.replace(hour=21, minute=15)
    for is_told in (True, False):
        async with confirming.database.write() as db:
            told = await correct(db, last.id, context=confirming.context, now=confirming.now)
        assert told is is_told
    assert (await confirming.events(kept.conversation_id))[-1] == "confirmation.corrected"
    async with confirming.database.read() as db:
        found = await db.scalar(select(Outbound).where(Outbound.kind == "correction"))
        assert found
        mail = await told_customer(db, confirming.context, found)
    assert mail.subject == "About your message"
    assert "by Sunday, 22 November 2026, 22:15 (UTC). It takes longer" in mail.text
    assert "by Tuesday, 24 November 2026, 07:45 (UTC)." in mail.text


ANSWERED = """
insert into message (conversation_id, kind, visibility, author_kind, received_at, identity)
select id, 'reply', 'public', 'agent', now(), 'x' from conversation"""


async def test_nothing_is_corrected_that_is_kept(confirming: House) -> None:
    await confirming.receives(confirming.letter())
    outbound_id = await confirming.one("select id from outbound")
    for instead in (
        "update conversation set status = 'closed'",
        "update conversation set status = 'waiting'",
        ANSWERED,
        "update outbound_recipient set state = 'failed'",
        "update mailbox set confirm = 'off'",
    ):
        with suppress(NothingOfIt):
            async with confirming.database.write() as db:
                await db.execute(text(instead))
                at = confirming.now
                assert not await correct(db, outbound_id, context=confirming.context, now=at)
                raise NothingOfIt


class NothingOfIt(Exception):
    """What was tried is taken back."""


async def test_one_address_gets_as_many_a_day_as_the_mailbox_says(confirming: House) -> None:
    await confirming.change("update mailbox set confirm_daily = 2")
    for subject in ("Order of trees", "A tax on windows", "My cat is blue"):
        await confirming.receives(confirming.letter(Subject=subject))
    assert len(await confirmed(confirming)) == 2


async def test_one_mailbox_is_not_filled_by_all_the_ways_to_write_its_address(
    confirming: House,
) -> None:
    for number, address in enumerate(
        ("jane@gmail.com", "Jane+7@gmail.com", "j.ane@googlemail.com")
    ):
        subject = f"Order {number} of trees for the {'wood lake hill'.split()[number]}"
        await confirming.receives(confirming.letter(From=address, Subject=subject))
    assert await confirmed(confirming) == ["jane@gmail.com"]


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
