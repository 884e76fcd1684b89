"""Verbs of the desk besides answering: each writes one event, and none twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from inbox.desk.answer import AnswerFile
from inbox.desk.assign import assign
from inbox.desk.close import close
from inbox.desk.record import record
from inbox.desk.reopen import reopen
from inbox.errors import Invalid, NotFound
from inbox.model.actor import SYSTEM, Actor
from inbox.model.event import EventName
from inbox.store.tables import Agent, Conversation, Message
from tests.office import Office

OPENED = "conversation.opened"


async def test_note_is_internal_and_nobodys_turn(office: Office) -> None:
    conversation = await office.hears()
    before = await _state(office)
    file = AnswerFile.uploaded("a.txt", "text/plain", b"a")
    message = await office.notes(conversation, "Careful", files=[file])
    assert (message.kind, message.visibility) == ("note", "internal")
    assert await _state(office) == before
    assert await office.events(conversation) == [OPENED, "message.noted"]
    await office.works()
    assert not office.relay.to("jane@shop.example")


async def test_a_note_cannot_be_made_public(office: Office) -> None:
    message = await office.notes(await office.hears(), "Careful")
    with pytest.raises(IntegrityError):
        async with office.database.write() as db:
            (await db.get_one(Message, message.id)).visibility = "public"


async def test_assigning_twice_is_one_event(office: Office) -> None:
    conversation = await office.hears()
    for who in (office.anna, office.anna, None):
        async with office.database.write() as db:
            await assign(db, conversation, who, by=_karen(office), now=office.now)
    assert await office.events(conversation) == [
        OPENED,
        "conversation.assigned",
        "conversation.unassigned",
    ]


async def test_only_members_can_have_it(office: Office) -> None:
    conversation = await office.hears()
    stranger = await office.agent("stranger@us.example")
    async with office.database.write() as db:
        (await db.get_one(Agent, office.anna)).disabled_at = office.now
    for who in (stranger, office.anna):
        async with office.database.write() as db:
            with pytest.raises(Invalid):
                await assign(db, conversation, who, by=_karen(office), now=office.now)


async def test_closed_and_opened_again(office: Office) -> None:
    conversation = await office.hears()
    for verb in (close, close, reopen, reopen):
        async with office.database.write() as db:
            await verb(db, conversation, by=_karen(office), now=office.now)
    assert await office.events(conversation) == [
        OPENED,
        "conversation.closed",
        "conversation.reopened",
    ]
    assert (await _state(office))[0] == "open"


async def test_who_was_waiting_when_it_was_closed_still_is_when_it_is_reopened(
    office: Office,
) -> None:
    conversation = await office.hears()
    waiting = "select waiting_since from conversation"
    since = await office.one(waiting)
    async with office.database.write() as db:
        await close(db, conversation, by=_karen(office), now=office.now)
        office.now += timedelta(hours=3)
        await reopen(db, conversation, by=_karen(office), now=office.now)
    assert await office.one(waiting) == since
    await office.replies(conversation, "One thing more")
    async with office.database.write() as db:
        await close(db, conversation, by=_karen(office), now=office.now)
        office.now += timedelta(hours=3)
        await reopen(db, conversation, by=_karen(office), now=office.now)
    assert await office.one(waiting) == office.now  # nobody waited: it is our turn from now on


async def test_answer_to_a_closed_conversation_waits_for_the_customer(office: Office) -> None:
    conversation = await office.hears()
    async with office.database.write() as db:
        await close(db, conversation, by=_karen(office), now=office.now)
    await office.replies(conversation, "One thing more")
    assert (await _state(office))[0] == "waiting"


async def test_there_is_no_such_conversation(office: Office) -> None:
    async with office.database.write() as db:
        with pytest.raises(NotFound):
            await close(db, 4711, by=_karen(office), now=office.now)


async def test_recording_tells_those_who_watch_and_plans_the_telling(office: Office) -> None:
    conversation = await office.hears()
    async with office.database.write() as db:
        event_id = await record(
            db,
            conversation,
            EventName.CONVERSATION_CLOSED,
            by=SYSTEM,
            now=office.now,
            payload={"from": "open"},
        )
    (event,) = await office.rows("select name, payload, at from event where id = :id", id=event_id)
    assert tuple(event) == ("conversation.closed", {"from": "open"}, office.now)
    assert await office.one("select last_event_id from conversation") == event_id
    jobs = await office.rows("select args from job where kind = 'notify.fan_out' order by id")
    assert jobs[-1].args == {"event_id": event_id}


async def test_a_rolled_back_verb_leaves_nothing(office: Office) -> None:
    conversation = await office.hears()
    with pytest.raises(RuntimeError):
        async with office.database.write() as db:
            await close(db, conversation, by=_karen(office), now=office.now)
            raise RuntimeError("something else went wrong")
    assert await office.events(conversation) == [OPENED]


def _karen(office: Office) -> Actor:
    return Actor.agent(office.karen, "Karen Miller")


async def _state(office: Office) -> tuple[Any, ...]:
    (row,) = await office.rows("select status, waiting_since, snippet from conversation")
    return tuple(row)


async def test_what_is_kept_to_be_read_lets_nobody_in(office: Office) -> None:
    """Somebody passes their invitation on, or quotes it: nobody else comes in by it."""
    key = "inbox_" + "Ab3_-" * 8 + "xyz"
    link = f"http://inbox.example/invitations/{key}"
    text = f"Come in: {link}\n\nOn Monday Ann wrote:\n> {link}"
    mail = office.letter(text)
    mail.replace_header("subject", f"Come in: {link}")
    conversation = await office.hears(mail)
    await office.notes(conversation, f"For you: {link}")
    async with office.database.read() as db:
        messages = (await db.scalars(select(Message))).all()
        home = await db.get_one(Conversation, conversation)
    said = [each for one in messages for each in (one.subject, one.text, one.quoted)]
    kept = [home.subject, home.snippet, *said]
    assert key not in " ".join(kept)
    assert sum("/invitations/…" in one for one in kept) == 6
