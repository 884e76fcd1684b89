"""Customers are asked once, when it is over, whether we have helped; and may say so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from inbox.clock import utcnow
from inbox.desk.close import close
from inbox.desk.reopen import reopen
from inbox.desk.satisfaction import ask, has_no_person, rate
from inbox.mail.tokens import find_token, hash_token
from inbox.model.actor import SYSTEM
from inbox.model.satisfaction import LIFE, MOST_CHANGES, Rated, sentence
from tests.desk.correcting import karen, merges
from tests.desk.served import JANE, addresses, asked, closes, said, served, thanks
from tests.office import Office


async def test_who_was_helped_is_asked_once_in_their_thread(office: Office) -> None:
    home = await served(office)
    await closes(office, home)
    arrived = office.mail_to(JANE)
    mail = arrived.mail
    assert mail["Subject"] == "Re: Boots"
    assert mail["From"].addresses[0].addr_spec == "support@us.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert arrived.sender == "<>"
    assert str(mail["In-Reply-To"]) in str(mail["References"])
    assert "Boots" not in arrived.text
    assert str(home) not in mail["Subject"]
    assert set(addresses(arrived)) == {"good", "soso", "bad"}
    assert "https://desk.us.example/ratings/" in arrived.text
    assert (await office.events(home))[-1] == "satisfaction.asked"
    await thanks(office, "One thing more.")
    await closes(office, home)
    assert await asked(office) == [JANE]


@pytest.mark.parametrize("hours", [0, 24])
async def test_who_is_told_of_the_closing_is_asked_in_the_same_mail(
    office: Office, hours: int
) -> None:
    home = await served(office)
    told = "update mailbox set tells_closing = true, satisfaction_hours = :hours"
    await office.change(told, hours=hours)
    before = len(office.relay.to(JANE))
    await closes(office, home)
    await office.change("update job set run_at = now() where kind = 'satisfaction.ask'")
    await office.works()
    [one] = office.relay.to(JANE)[before:]
    assert "We have closed this matter. Have we helped you?" in one.text
    assert "satisfaction.asked" in await office.events(home)
    # Once more closed: nobody is asked twice, and so it is told alone.
    await office.change("update satisfaction set asked_at = asked_at - interval '9 years'")
    await thanks(office, "One thing more.")
    await closes(office, home)
    assert "We have closed this matter.\n" in office.mail_to(JANE).text
    assert len(office.relay.to(JANE)) == before + 2


# Each of these is enough that nobody is asked.
OTHERWISE = [
    "update mailbox set asks_satisfaction = false",
    "update mailbox set removed_at = now()",
    "update message set proof = '{\"dmarc\": \"fail\"}' where kind = 'mail'",
    "update message set match = '{}'",  # nothing says that it is them
    "update message set verdict = '{\"kind\": \"bulk\"}' where kind = 'mail'",
    "update message set author_address = 'tom@shop.example' where kind = 'mail'",
    "update message set visibility = 'internal' where kind = 'mail'",
    "update message set kind = 'note', visibility = 'internal' where kind = 'reply'",
    "update outbound_recipient set state = 'failed'",
    "update conversation set closed_at = closed_at + interval '1 hour'",
    "update conversation set status = 'spam'",
]


async def test_nobody_else_is(office: Office) -> None:
    home = await served(office)
    await office.change("update mailbox set satisfaction_hours = 3")
    async with office.database.write() as db:
        await close(db, home, by=SYSTEM, now=office.now)
    assert await office.rows("select run_at from job where kind = 'satisfaction.ask'") == []
    await office.change("update conversation set status = 'open'")
    async with office.database.write() as db:
        await close(db, home, by=karen(office), now=office.now)
    due = await office.one("select run_at from job where kind = 'satisfaction.ask'")
    assert due == office.now + timedelta(hours=3)
    for change in OTHERWISE:
        async with office.database.write() as db:
            await db.execute(text(change))
            assert not await ask(db, home, office.now, context=office.context, now=due), change
            await db.rollback()
    await office.works()
    assert await asked(office) == [JANE]


@pytest.mark.parametrize(
    ("address", "head", "may"),
    [
        ("jane@shop.example", b"From: jane@shop.example\r\n\r\nPrecedence: list", True),
        ("no-reply@shop.example", b"From: no-reply@shop.example\r\n\r\n", False),
        ("jane@shop.example", b"List-Post: <mailto:all@shop.example>\r\n\r\n", False),
        ("jane@shop.example", b"Precedence: bulk\r\n\r\n", False),
        ("jane", None, False),
    ],
)
def test_robots_and_lists_are_not(address: str, head: bytes | None, may: bool) -> None:
    assert has_no_person(address, head) is not may


async def test_not_who_has_written_again_or_was_asked_a_short_time_ago(office: Office) -> None:
    first = await served(office)
    async with office.database.write() as db:
        conversation = await close(db, first, by=karen(office), now=office.now)
        closed_at = conversation.closed_at or office.now
    second = await served(office, subject="A bill of the year before")
    await office.works()
    assert await asked(office) == []  # of the first: something else is open
    await closes(office, second)
    assert await asked(office) == [JANE]
    await office.change("update message set received_at = :then", then=closed_at)

    async def again(days: int) -> bool:
        async with office.database.write() as db:
            now = utcnow() + timedelta(days=days)
            return await ask(db, first, closed_at, context=office.context, now=now)

    assert not await again(20)
    assert await again(31)
    assert not await again(80)  # never twice, whatever happens


async def test_not_where_it_was_opened_again_or_joined_to_another(office: Office) -> None:
    home = await served(office)
    async with office.database.write() as db:
        await close(db, home, by=karen(office), now=office.now)
    async with office.database.write() as db:
        await reopen(db, home, by=karen(office), now=office.now)
    await office.works()
    assert await asked(office) == []
    await closes(office, home)
    assert await asked(office) == [JANE]
    other = await served(office, subject="A bill of the year before")
    await merges(office, home, other)
    await office.change("update satisfaction set asked_at = '2020-01-01'")
    await closes(office, other)
    assert await asked(office) == [JANE]


async def test_what_they_say_may_change_until_it_is_over(office: Office) -> None:
    home = await served(office)
    await closes(office, home)
    token = find_token(addresses(office.mail_to(JANE))["good"])
    assert token
    now = utcnow()

    async def says(rated: Rated, words: str | None = None, *, at: datetime = now) -> Any:
        async with office.database.write() as db:
            return await rate(db, hash_token(token.token), rated, words, now=at)

    assert await says(Rated.BAD, "  The <b>second\nboot</b> is broken, too. ")
    assert await said(office) == [("bad", "The <b>second boot</b> is broken, too.")]
    await says(Rated.BAD)  # again is nothing
    await says(Rated.GOOD)
    assert await said(office) == [("good", "")]
    rated = [row.payload for row in await office.rows(
        "select payload from event where name = 'satisfaction.rated' order by id")]  # fmt: skip
    assert [(one["before"], one["rated"]) for one in rated] == [(None, "bad"), ("bad", "good")]
    assert await office.one("select status from conversation") == "closed"
    for _ in range(MOST_CHANGES):
        await says(Rated.BAD, str(_))
    assert len(await office.rows("select id from event where name = 'satisfaction.rated'")) == 10
    assert await says(Rated.GOOD, at=now + LIFE) is None
    async with office.database.write() as db:
        assert await rate(db, b"0" * 32, Rated.GOOD, now=datetime(2026, 1, 1, tzinfo=UTC)) is None


def test_a_sentence_is_one_line_of_what_can_be_shown() -> None:
    assert sentence(" a\x00b\u202e\n c ") == "a b c"
    assert len(sentence("x" * 9999)) == 500
