"""Answers that leave later, hidden copies, other senders, and what is done along with an answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from inbox.desk.afterwards import Afterwards, Then, do_along
from inbox.desk.answer import Answer, AnswerFile
from inbox.desk.merge import merge
from inbox.desk.plan import plan, send_now, send_planned, take_plan_back
from inbox.desk.undo import TakenBack, undo
from inbox.errors import Conflict, Forbidden, Invalid
from inbox.model.actor import Actor
from inbox.model.address import Address
from inbox.store.tables import Agent, Mailbox, Membership, Message
from tests.office import Office

pytestmark = pytest.mark.database

EVE = Address(name="Eve", address="eve@else.example")
LATER = timedelta(hours=20)
HIDDEN = "chef@boss.example"
LIST = AnswerFile.uploaded("list.txt", "text/plain", b"one, two")


async def test_it_leaves_at_its_time_with_all_of_it(office: Office) -> None:
    """Nobody who sees the mail sees who has the hidden copy."""
    conversation = await office.hears()
    answer = Answer(text="On Monday.", cc=(EVE,), bcc=(HIDDEN,), files=(LIST,), quote=False)
    message = await _plan(office, conversation, answer, Afterwards(then=Then.CLOSE))
    assert await _kinds(office) == ["mail", "held"]
    assert await _comes(office, message, timedelta(hours=1)) is None
    assert await _comes(office, message, LATER) is not None
    assert await _kinds(office) == ["mail", "reply"]
    await office.works()
    mails = [one for one in office.relay.arrived if HIDDEN in one.recipients]
    told = {address for one in mails for address in one.recipients}
    assert told == {"jane@shop.example", EVE.address, HIDDEN}
    for one in mails:
        assert HIDDEN.encode() not in one.raw
        assert b"wrote:" not in one.raw
    assert await office.one("select status from conversation") == "closed"
    assert await office.one("select count(*) from file") == 1
    assert await office.one("select message_count from conversation") == 2


async def test_what_came_in_since_is_never_answered_blindly(office: Office) -> None:
    first = office.letter()
    conversation = await office.hears(first)
    message = await _plan(office, conversation, Answer(text="On Monday."))
    office.now += timedelta(hours=1)
    assert await office.hears(office.letter("I have found it.", answers=first)) == conversation
    assert await _comes(office, message, LATER) is None
    [row] = await office.rows("select state, reasons, send_at from held")
    assert tuple(row) == ("waiting", ["moved_on"], None)
    await office.works()
    assert "On Monday." in office.mail_to("karen@us.example").text
    assert not [one for one in office.relay.arrived if "jane@shop.example" in one.recipients]


async def test_nobody_is_answered_twice_by_who_planned_it(office: Office) -> None:
    """Two that were planned are two that were meant."""
    conversation = await office.hears()
    planned = [await _plan(office, conversation, Answer(text=text)) for text in ("One.", "Two.")]
    for message in planned:
        assert await _comes(office, message, LATER) is not None
    third = await _plan(office, conversation, Answer(text="On Monday."))
    office.now += timedelta(hours=1)
    await office.replies(conversation, "I have looked: on Friday.")
    assert await _comes(office, third, LATER) is None
    assert await office.one("select reasons from held") == ["moved_on"]


async def test_nobody_else_gets_it_though_its_writer_joined_their_mail_to_it(
    office: Office,
) -> None:
    conversation = await office.hears()
    message = await _plan(office, conversation, Answer(text="On Monday, Jane."))
    office.now += timedelta(hours=1)
    other = await office.hears(office.letter("Another matter.", From="Bob <bob@else.example>"))
    async with office.database.write() as db:
        karen = await db.get_one(Agent, office.karen)
        await merge(db, conversation, other, by=Actor.agent(karen.id, karen.name), now=office.now)
    assert await _comes(office, message, LATER) is None
    assert await office.one("select reasons from held") == ["moved_on"]
    assert await _kinds(office) == ["mail", "held", "mail"]


@pytest.mark.parametrize("change", ["left", "shut out"])
async def test_who_may_not_answer_any_more_does_not(office: Office, change: str) -> None:
    conversation = await office.hears()
    message = await _plan(office, conversation, Answer(text="On Monday."))
    async with office.database.write() as db:
        if change == "left":
            await db.execute(delete(Membership).where(Membership.agent_id == office.karen))
        else:
            (await db.get_one(Agent, office.karen)).disabled_at = office.now
    assert await _comes(office, message, LATER) is None
    assert await office.one("select state from held") == "waiting"
    assert await _kinds(office) == ["mail", "held"]


async def test_it_is_changed_or_sent_at_once_by_its_writer(office: Office) -> None:
    conversation = await office.hears()
    answer = Answer(text="On Monday.", cc=(EVE,), bcc=(HIDDEN,), files=(LIST,), quote=False)
    message = await _plan(office, conversation, answer)
    with pytest.raises(Forbidden):
        await _change(office, message, by=office.anna)
    back = await _change(office, message)
    assert (back.text, back.cc, back.bcc, back.quote) == (answer.text, (EVE,), (HIDDEN,), False)
    assert (back.until, [one.filename for one in back.files]) == (office.now + LATER, ["list.txt"])
    assert await _kinds(office) == ["mail"]
    message = await _plan(office, conversation, Answer(text="Today, then."))
    async with office.database.write() as db:
        karen = await db.get_one(Agent, office.karen)
        now = office.now
        await send_now(db, message.id, by=karen, now=now, context=office.context)
    assert await _kinds(office) == ["mail", "reply"]
    with pytest.raises(Conflict):
        await _plan(office, conversation, Answer(text="x"), expected=0, by=office.anna)


async def test_what_was_done_along_is_undone_with_it(office: Office) -> None:
    async with office.database.write() as db:
        (await db.get_one(Mailbox, office.support)).undo_seconds = 30
    conversation = await office.hears()
    until = office.now + timedelta(days=2)
    for wish in (
        Afterwards(then=Then.CLOSE),
        Afterwards(then=Then.WAIT, until=until),
        Afterwards(then=Then.SNOOZE, until=until),
    ):
        message = await office.replies(conversation, "Done.", cc=(EVE,), bcc=(HIDDEN,))
        async with office.database.write() as db:
            karen = await db.get_one(Agent, office.karen)
            await do_along(db, message, wish, by=karen, now=office.now)
        back = await _undo(office, message)
        assert (back.bcc, back.until) == ((HIDDEN,), wish.until)
        [row] = await office.rows("select status, returns_at, closed_at from conversation")
        assert tuple(row) == ("open", None, None)


async def test_nobody_writes_from_an_address_that_is_not_theirs(office: Office) -> None:
    """Of their mailboxes any: answers come back to where they were sent from."""
    conversation = await office.hears()
    sales = await office.mailbox("sales@us.example", name="Sales", confirm="off")
    for foreign in ("sales@us.example", "karen@us.example", "ceo@else.example"):
        with pytest.raises(Invalid, match="may not write from"):
            await office.replies(conversation, "Hello", sender=foreign)
    async with office.database.write() as db:
        db.add(Membership(agent_id=office.karen, mailbox_id=sales))
    await office.replies(conversation, "From sales.", sender="sales@us.example")
    await office.works()
    assert "sales@us.example" in office.mail_to("jane@shop.example").mail["from"]
    for hidden in ("not an address", "support@us.example", "support+x@us.example"):
        with pytest.raises(Invalid):
            await office.replies(conversation, "Hello", bcc=(hidden,))


async def _plan(
    office: Office, conversation: int, answer: Answer, *wish: Afterwards, **more: Any
) -> Message:
    async with office.database.write() as db:
        return await plan(
            db,
            conversation,
            answer,
            office.now + LATER,
            wish=next(iter(wish), None),
            by=await db.get_one(Agent, more.get("by", office.karen)),
            now=office.now,
            context=office.context,
            expected_last_event=more.get("expected"),
        )


async def _comes(office: Office, message: Message, after: timedelta) -> Message | None:
    held = await office.one(f"select id from held where message_id = {message.id}")
    async with office.database.write() as db:
        now = message.received_at + after
        return await send_planned(db, held, now=now, context=office.context)


async def _change(office: Office, message: Message, by: int = 0) -> TakenBack:
    async with office.database.write() as db:
        agent = await db.get_one(Agent, by or office.karen)
        return await take_plan_back(db, message.id, by=agent, now=office.now)


async def _undo(office: Office, message: Message) -> TakenBack:
    async with office.database.write() as db:
        karen = await db.get_one(Agent, office.karen)
        return await undo(db, message.id, by=karen, now=message.received_at)


async def _kinds(office: Office) -> list[str]:
    return [row.kind for row in await office.rows("select kind from message order by id")]
