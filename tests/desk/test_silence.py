"""Customers who do not answer are reminded, then told that it is closed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from inbox.desk.close import close
from inbox.desk.mailboxes import set_mailbox
from inbox.desk.reopen import reopen
from inbox.desk.silence import look
from inbox.desk.takeback import take_back
from inbox.desk.told_closed import tell_closed
from inbox.model.closing import Closing
from inbox.sla.calendar import Hours
from inbox.sla.silence import open_days_after
from inbox.sla.week import read_week
from tests.desk.correcting import karen
from tests.desk.served import JANE
from tests.office import Office

OFFICE = Hours(ZoneInfo("Europe/Rome"), read_week("mo-fr 9-18"), {datetime(2025, 3, 5).date(): ()})
WEEK = "update mailbox set hours = 'mo-fr 9-18', remind_days = 3, close_days = 2"


@pytest.mark.parametrize(
    ("since", "days", "at"),
    [
        ("2025-03-03 10:00", 1, "2025-03-04 10:00"),
        ("2025-03-03 10:00", 2, "2025-03-06 10:00"),  # the Wednesday is a holiday
        ("2025-03-06 20:00", 2, "2025-03-11 09:00"),  # after the weekend, when somebody is there
        ("2025-03-28 10:00", 1, "2025-03-31 10:00"),  # over a change of the clocks
        ("2025-03-08 10:00", 0, "2025-03-10 09:00"),
    ],
)
def test_days_are_those_on_which_somebody_is_there(since: str, days: int, at: str) -> None:
    there = datetime.fromisoformat(since).replace(tzinfo=OFFICE.zone)
    found = open_days_after(OFFICE, there, days)
    assert found == datetime.fromisoformat(at).replace(tzinfo=OFFICE.zone)


async def looks(office: Office, home: int) -> object:
    async with office.database.write() as db:
        return await look(db, home, context=office.context, now=office.now)


async def waits(office: Office) -> int:
    """Karen answers Jane on a Monday, and Jane does not."""
    await office.change(WEEK)
    home = await office.hears(words="The boots are broken.", Subject="Boots")
    await office.replies(home, "Which ones?")
    return home


async def test_they_are_reminded_once_and_told_that_it_is_closed(office: Office) -> None:
    home = await waits(office)
    due = "select run_at from job where key = :key and done_at is null"
    key = f"silence:{home}"
    monday = office.now
    assert await office.one(due, key=key) == monday + timedelta(days=3)
    assert await looks(office, home) == monday + timedelta(days=3)
    office.now = monday + timedelta(days=3)  # a Thursday
    assert await looks(office, home) == "reminder"
    closes = monday + timedelta(days=7)
    assert await office.one(due, key=key) == closes
    assert await looks(office, home) == closes
    office.now = closes
    assert await looks(office, home) == "closed"
    assert await looks(office, home) is None
    assert await office.one("select status from conversation") == "closed"
    assert (await office.events(home))[-2:] == ["customer.reminded", "conversation.closed"]
    await office.works()
    first, last = office.relay.to(JANE)[-2:]
    assert first.mail["Subject"] == last.mail["Subject"] == "Re: Boots"
    assert first.mail["Auto-Submitted"] == "auto-generated"
    assert (first.sender, last.sender) == ("<>", "<>")
    assert "We wrote to you on Monday, 3 March 2025" in first.text
    assert "we close this matter on Monday, 10 March 2025" in first.text
    assert "so we have closed this matter" in last.text
    await office.hears(office.letter("Yes, the left one!", answers=last.mail))
    assert await office.one("select status from conversation") == "open"


# Each of these is enough that nobody is written to.
OTHERWISE = [
    "update mailbox set remind_days = 0",
    "update mailbox set removed_at = now()",
    "update conversation set status = 'open'",
    "update conversation set returns_at = now()",
    "update conversation set promised_until = now()",
    "update message set verdict = '{\"kind\": \"bulk\"}' where kind = 'mail'",
    "update message set proof = '{\"dmarc\": \"fail\"}' where kind = 'mail'",
    'update message set "to" = \'[{"address": "no-reply@shop.example"}]\' where kind = \'reply\'',
    "update outbound_recipient set state = 'failed'",
    "update spool set raw = 'Precedence: list\r\n\r\nx', blob = null, store = null, head = null",
]


async def test_nobody_else_is(office: Office) -> None:
    home = await waits(office)
    office.now += timedelta(days=60)
    for change in OTHERWISE:
        async with office.database.write() as db:
            await db.execute(text(change))
            assert await look(db, home, context=office.context, now=office.now) is None, change
            await db.rollback()
    assert await looks(office, home) == "reminder"


async def test_they_are_reminded_where_it_is_never_closed(office: Office) -> None:
    home = await waits(office)
    # There are fewer Mondays in the years that are looked at.
    await office.change("update mailbox set hours = 'mo 9:00-17:00', close_days = 365")
    office.now += timedelta(days=40)
    assert await looks(office, home) == "reminder"


async def test_who_switches_it_on_reminds_nobody_at_once(office: Office) -> None:
    home = await office.hears(words="The boots are broken.")
    await office.replies(home, "Which ones?")
    assert await office.rows("select 1 from job where kind = 'silence.look'") == []
    # Of long ago, and not looked at.
    old = await office.hears(words="Socks!", From="ann@old.example")
    await office.change("update conversation set status = 'waiting' where id = :id", id=old)
    recent = """update conversation set last_message_at = now() - make_interval(days => :ago)
                 where id = :id"""
    await office.change(recent, id=home, ago=9)
    await office.change(recent, id=old, ago=90)
    async with office.database.write() as db:
        await set_mailbox(db, "support@us.example", {"remind_days": "5"})
    [job] = await office.rows("select key, run_at from job where kind = 'silence.look'")
    assert job.key == f"silence:{home}"
    assert job.run_at > datetime.now(UTC) + timedelta(days=4)


async def test_whoever_is_to_be_told_that_one_of_us_has_closed_it(office: Office) -> None:
    home = await waits(office)
    await office.change("update mailbox set tells_closing = true")
    async with office.database.write() as db:
        await close(db, home, by=karen(office), now=office.now, said=Closing(tells=False))
        assert not (await db.execute(text("select 1 from job where kind = 'closing.tell'"))).all()
        await reopen(db, home, by=karen(office), now=office.now)
        await close(db, home, by=karen(office), now=office.now)
    at = await office.one("select run_at from job where key = :key", key=f"told_closed:{home}")
    assert at == office.now + timedelta(seconds=30)
    await office.change("update mailbox set tells_closing = false")
    # Not by a mailbox that does so no more; where whoever closed it wanted it, once.
    for is_asked, told in ((False, False), (True, True), (True, False)):
        async with office.database.write() as db:
            found = await tell_closed(
                db, home, office.now, is_asked=is_asked, context=office.context, now=at
            )
        assert found is told
    await office.works()
    assert "We have closed this matter." in office.mail_to(JANE).text
    # Nor by one that is there no more.
    async with office.database.write() as db:
        await db.execute(text("update mailbox set removed_at = now()"))
        await db.execute(text("delete from outbound where kind = 'closed'"))
        assert not await tell_closed(
            db, home, office.now, is_asked=True, context=office.context, now=at
        )
        await db.rollback()
    assert (await office.events(home))[-1] == "customer.told_closed"
    async with office.database.write() as db:
        await db.execute(text("update conversation set status = 'open'"))
        assert not await tell_closed(db, home, office.now, context=office.context, now=at)


@pytest.mark.parametrize("kept", ["payload", "payload - 'was'", "payload #- '{was,closed_at}'"])
async def test_nobody_is_told_of_what_is_closed_again_by_undoing(office: Office, kept: str) -> None:
    """Also where the event is so old that it does not say since when it was closed."""
    home = await waits(office)
    await office.change("update mailbox set tells_closing = true")
    planned = text("select count(*) from job where kind = 'closing.tell'")
    async with office.database.write() as db:
        await close(db, home, by=karen(office), now=office.now, said=Closing(tells=False))
        await reopen(db, home, by=karen(office), now=office.now)
        event = await db.scalar(text("select max(id) from event")) or 0
        await db.execute(text(f"update event set payload = {kept} where id = {event}"))
        db.expire_all()
        secret = office.context.secret
        found = await take_back(db, event, by=karen(office), now=office.now, secret=secret)
        assert (found.status, found.closed_at) == ("closed", office.now)
        assert not await db.scalar(planned)
