"""Somebody nobody knows wrote as one of ours: they wait until it is said who they are.

A newcomer is an address of the house, proved by its domain, that answered with a department's token
(the words wait, too) or wrote to a customer with a mailbox in Cc (that is on record already). They
are confirmed once, and are a colleague; or refused, and nobody is asked again.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from inbox.desk.answer import Answer, Note
from inbox.desk.departments import add_speaker, remove_speaker
from inbox.desk.entry import answer_file, count_note
from inbox.desk.held import drop, hold
from inbox.desk.note import write_note
from inbox.desk.people import add_agent, disable_agent
from inbox.desk.record import record
from inbox.errors import Conflict, Forbidden, NotFound
from inbox.jobs.registry import Context
from inbox.model.actor import SYSTEM, Actor
from inbox.model.address import Address, normalize
from inbox.model.conversation import Role
from inbox.model.event import EventName
from inbox.model.held import HeldReason
from inbox.refusals import Refusal
from inbox.store.departments import held_of, speakers
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.people import agent_by_address
from inbox.store.tables import Agent, AgentAddress, File, Held, Message, Newcomer


async def hold_unknown(
    db: Writer,
    conversation_id: int,
    answer: Answer,
    author: Address,
    *,
    reasons: list[HeldReason],
    department: Agent,
    tells: bool,
    now: datetime,
    context: Context,
) -> Held:
    """Keep words that somebody unknown said for a department; `tells`: the department hears of it.

    They stand under the name and address that the mail gives.
    """
    held = await hold(
        db,
        conversation_id,
        answer,
        verb="note",
        reasons=[reason.value for reason in reasons],
        by=department,
        now=now,
        context=context,
    )
    message = await db.get_one(Message, held.message_id)
    message.author_name = author.name or author.address
    message.author_address = author.address
    if not tells:
        message.author_id = None
    return held


async def confirm(
    db: Writer,
    address: str,
    *,
    by: Agent | None,
    now: datetime,
) -> Agent:
    """The newcomer is a colleague from now on, and what they said becomes a comment.

    By an administrator, or by whoever runs the command. Once more changes nothing. Raises
    Conflict for one who is shut out and was more than a colleague, NotFound.
    """
    newcomer = await _newcomer(db, address)
    person = await agent_by_address(db, newcomer.address)
    department = await db.get(Agent, newcomer.list_id) if newcomer.list_id else None
    if person is None:
        name = newcomer.name or newcomer.address.partition("@")[0]
        person = await add_agent(db, email=newcomer.address, name=name, role=Role.COLLEAGUE)
        if department:
            person.language = department.language
        # What they wrote was proved, so that all that comes later must be.
        (await db.get_one(AgentAddress, newcomer.address)).proved_at = now
    elif newcomer.state == "confirmed":
        return person
    elif newcomer.state == "refused" and person.disabled_at:
        _refuse_more(person, newcomer.address)
        person.disabled_at = None
    newcomer.state, newcomer.decided_at = "confirmed", now
    newcomer.decided_by = by.id if by else None
    if department:
        await add_speaker(db, department, person, now=now)
    actor = Actor.agent(by.id, by.name) if by else SYSTEM
    for held, message in await held_of(db, newcomer):
        await _publish(db, held, message, person, by=actor, now=now)
    return person


async def refuse(db: Writer, address: str, *, by: Agent | None, now: datetime) -> Newcomer:
    """Their words are given up, and nobody is asked about this address again.

    Who was confirmed before is shut out; what they said meanwhile stays. Raises NotFound, and
    Conflict for one who has become more than the colleague that the confirmation made of them.
    """
    newcomer = await _newcomer(db, address)
    department = await db.get(Agent, newcomer.list_id) if newcomer.list_id else None
    if newcomer.state == "confirmed":
        await _shut_out(db, newcomer.address, department, now=now)
    newcomer.state, newcomer.decided_at = "refused", now
    newcomer.decided_by = by.id if by else None
    if department:
        for held, _ in await held_of(db, newcomer):
            await drop(db, held.id, by=by or department, now=now)
    return newcomer


async def _shut_out(db: Writer, address: str, department: Agent | None, *, now: datetime) -> None:
    person = await agent_by_address(db, address)
    if person is None:
        return
    _refuse_more(person, address)
    if department and person.id in {one.id for one in await speakers(db, department.id)}:
        await remove_speaker(db, department, person, now=now)
    await disable_agent(db, person.email, now=now)


def _refuse_more(person: Agent, address: str) -> None:
    """Raises Conflict for who is more than the colleague that a confirmation makes."""
    if person.role != Role.COLLEAGUE or person.email != address:
        raise Conflict(Refusal.BELONGS_ELSEWHERE, address=address)


async def confirm_author(db: Writer, message: Message, *, by: Agent, now: datetime) -> Agent:
    """Confirm who wrote a message that is held. Raises Forbidden for who is no administrator."""
    if by.role != Role.ADMIN:
        raise Forbidden(Refusal.CONFIRM_FIRST, address=message.author_address)
    return await confirm(db, message.author_address, by=by, now=now)


async def refuse_author(db: Writer, message: Message, *, by: Agent, now: datetime) -> Newcomer:
    """Refuse who wrote a message that is held. Raises Forbidden for who is no administrator."""
    if by.role != Role.ADMIN:
        raise Forbidden(Refusal.CONFIRM_FIRST, address=message.author_address)
    return await refuse(db, message.author_address, by=by, now=now)


async def _newcomer(db: Writer, address: str) -> Newcomer:
    newcomer = await db.get(
        Newcomer, normalize(address), with_for_update=True, populate_existing=True
    )
    if newcomer is None:
        raise NotFound(Refusal.NO_SUCH_NEWCOMER, address=address)
    return newcomer


async def _publish(
    db: Writer,
    held: Held,
    message: Message,
    person: Agent,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """What was held becomes their comment."""
    conversation = await lock(db, message.conversation_id)
    files = await db.scalars(select(File).where(File.message_id == message.id).order_by(File.id))
    note = Note(
        text=message.text,
        files=tuple(map(answer_file, files)),
        spool_id=message.spool_id,
        has_html=message.has_html,
    )
    comment = await write_note(db, conversation.id, note, by=person, now=now)
    count_note(conversation, comment)
    message.author_id = held.agent_id = person.id
    held.state, held.ended_at = "released", now
    await record(
        db,
        conversation.id,
        EventName.MESSAGE_RELEASED,
        by=by,
        now=now,
        message_id=comment.id,
        payload={"held": held.id, "verb": held.verb, "via": "mail"},
    )
