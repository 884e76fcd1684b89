"""Conversations that are put off: until the customer answers, until a time, or until either."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from inbox.clock import utcnow
from inbox.desk.assign import assign
from inbox.desk.close import close
from inbox.desk.reopen import reopen
from inbox.desk.rest import snooze, wait
from inbox.desk.returning import come_back
from inbox.desk.spam import mark_spam
from inbox.desk.takeback import take_back
from inbox.desk.undo import undo
from inbox.errors import Conflict, Invalid
from inbox.model.actor import Actor
from inbox.store.tables import Agent, Mailbox
from tests.desk.correcting import karen, merges, takes_back
from tests.office import Office

DAY = timedelta(days=1)
Verb = Callable[..., Awaitable[object]]


async def does(office: Office, verb: Verb, conversation: int, *what: Any) -> None:
    async with office.database.write() as db:
        await verb(db, conversation, *what, by=karen(office), now=office.now)


async def comes_back(office: Office, conversation: int, now: datetime) -> bool:
    async with office.database.write() as db:
        return await come_back(db, conversation, now=now) is not None


async def stands(office: Office, conversation: int) -> tuple[Any, ...]:
    [row] = await office.rows(
        "select status, returns_at, waiting_since from conversation where id = :id", id=conversation
    )
    return tuple(row)


async def alarms(office: Office) -> list[datetime]:
    rows = await office.rows("select run_at from job where kind = 'desk.come_back' order by id")
    return [row.run_at for row in rows]


async def test_what_is_snoozed_sleeps_until_its_time(office: Office) -> None:
    home = await office.hears()
    since = (await stands(office, home))[2]
    until = office.now + DAY
    await does(office, snooze, home, until)
    await does(office, snooze, home, until)  # again is nothing
    assert await stands(office, home) == ("snoozed", until, since)
    assert await alarms(office) == [until]
    assert not await comes_back(office, home, until - timedelta(seconds=1))
    assert await comes_back(office, home, until)
    assert not await comes_back(office, home, until)
    assert await stands(office, home) == ("open", None, since)
    assert (await office.events(home))[1:] == ["conversation.snoozed", "conversation.returned"]


async def test_the_alarm_is_moved_and_never_doubled(office: Office) -> None:
    home = await office.hears()
    for days in (3, 1, 2):
        await does(office, snooze, home, office.now + days * DAY)
    assert await alarms(office) == [office.now + 2 * DAY]
    await does(office, wait, home, office.now + 5 * DAY)
    assert await alarms(office) == [office.now + 5 * DAY]


@pytest.mark.parametrize("verb", [wait, snooze])
async def test_a_customers_mail_ends_it_at_once(office: Office, verb: Verb) -> None:
    first = office.letter("My boots are broken")
    home = await office.hears(first)
    until = office.now + DAY
    await does(office, verb, home, until)
    assert await office.hears(office.letter("And now?", answers=first)) == home
    status, returns_at, since = await stands(office, home)
    assert (status, returns_at) == ("open", None)
    assert since is not None
    assert not await comes_back(office, home, until + DAY)
    assert await office.events(home) == [
        "conversation.opened",
        f"conversation.{'waiting' if verb is wait else 'snoozed'}",
        "message.received",
    ]


async def test_a_machine_wakes_nobody(office: Office) -> None:
    first = office.letter("My boots are broken")
    home = await office.hears(first)
    await does(office, snooze, home, office.now + DAY)
    away = office.letter("I am away", answers=first, Auto_Submitted="auto-replied")
    assert await office.hears(away) == home
    assert (await stands(office, home))[0] == "snoozed"


@pytest.mark.parametrize("verb", [close, reopen, mark_spam])
async def test_what_is_done_with_it_ends_it(office: Office, verb: Verb) -> None:
    home = await office.hears()
    await does(office, snooze, home, office.now + DAY)
    await does(office, verb, home)
    status, returns_at, _ = await stands(office, home)
    assert status != "snoozed"
    assert returns_at is None
    assert not await comes_back(office, home, office.now + 2 * DAY)


async def test_an_answer_ends_the_sleep_and_taking_it_back_restores_it(office: Office) -> None:
    home = await office.hears()
    until = office.now + DAY
    await does(office, snooze, home, until)
    async with office.database.write() as db:
        await db.execute(update(Mailbox).values(undo_seconds=300))
    said = await office.replies(home, "We look at it")
    assert (await stands(office, home))[:2] == ("waiting", None)
    async with office.database.write() as db:
        await undo(db, said.id, by=await db.get_one(Agent, office.karen), now=office.now)
    assert (await stands(office, home))[:2] == ("snoozed", until)
    assert await alarms(office) == [until]


async def test_waiting_ends_with_since_when_nobody_answered(office: Office) -> None:
    home = await office.hears()
    await office.replies(home, "Which size?")
    answered = office.now
    await does(office, wait, home, office.now + DAY)
    assert await comes_back(office, home, office.now + DAY)
    [row] = await office.rows("select payload from event where name = 'conversation.returned'")
    assert row.payload["from"] == "waiting"
    assert datetime.fromisoformat(row.payload["since"]) == answered
    assert await stands(office, home) == ("open", None, None)


@pytest.mark.parametrize("verb", [wait, snooze])
async def test_what_is_past_or_spam_cannot_be_put_off(office: Office, verb: Verb) -> None:
    home = await office.hears()
    with pytest.raises(Invalid):
        await does(office, verb, home, office.now)
    await does(office, mark_spam, home)
    with pytest.raises(Invalid):
        await does(office, verb, home, office.now + DAY)


@pytest.mark.parametrize("before", [None, close, wait, snooze])
async def test_putting_off_is_taken_back(office: Office, before: Verb | None) -> None:
    home = await office.hears()
    if before is not None:
        await does(office, before, home, *([] if before is close else [office.now + DAY]))
    stood = await stands(office, home)
    await does(office, snooze, home, office.now + 2 * DAY)
    await takes_back(office, home)
    assert await stands(office, home) == stood


async def test_what_has_come_back_since_is_not_taken_back(office: Office) -> None:
    home = await office.hears()
    await does(office, snooze, home, office.now + DAY)
    assert await comes_back(office, home, office.now + DAY)
    event = int(await office.one("select id from event where name = 'conversation.snoozed'"))
    with pytest.raises(Conflict):
        async with office.database.write() as db:
            await take_back(db, event, by=karen(office), now=office.now, secret=b"")


async def test_what_sleeps_still_wakes_where_it_was_joined_to(office: Office) -> None:
    home = await office.hears()
    other = await office.hears(From="tom@else.example", Subject="A lamp")
    until = office.now + DAY
    await does(office, snooze, home, until)
    await does(office, close, other)
    await merges(office, other, home)
    assert (await stands(office, other))[:2] == ("snoozed", until)
    assert await comes_back(office, home, until)  # the alarm of the one that is gone
    assert (await stands(office, other))[0] == "open"


async def test_it_comes_back_to_who_has_it_and_else_to_all(office: Office) -> None:
    office.now = utcnow() - timedelta(hours=1)
    soon = timedelta(minutes=5)
    home = await office.hears(Subject="Boots")
    await office.works()
    await does(office, snooze, home, office.now + soon)
    await office.works()  # that is past by now: the alarm rings
    assert (await stands(office, home))[0] == "open"
    for person in ("karen@us.example", "anna@us.example"):
        assert len(office.relay.to(person)) == 2
        assert "put off until now" in office.mail_to(person).text
    async with office.database.write() as db:
        await assign(db, home, office.anna, by=Actor.agent(office.anna, "Anna"), now=office.now)
    await office.replies(home, "Which size?", by=office.anna)
    await does(office, wait, home, office.now + soon)
    await office.works()
    text = office.mail_to("anna@us.example").text
    assert "Jane Doe has not answered since" in text
    assert "Your answer goes to Jane Doe" in text
    assert "In 3 days: support+wait-3d." in text
    assert "has not answered" not in office.mail_to("karen@us.example").text
