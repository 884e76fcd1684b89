"""The verb that gives a conversation to another department."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import delete, select

from inbox.desk.afterwards import ALONG
from inbox.desk.assign import may_have
from inbox.desk.record import record
from inbox.desk.task import tell_calendars
from inbox.desk.told_of_move import tell_customer, untell_customer
from inbox.errors import Invalid
from inbox.jobs.registry import Context
from inbox.model.actor import SYSTEM, Actor
from inbox.model.conversation import ActorKind
from inbox.model.event import EventName
from inbox.refusals import Refusal
from inbox.store.engine import RECORDED, UNDOES, Writer
from inbox.store.locks import lock
from inbox.store.moves import dispatchers, moves_of
from inbox.store.tables import Conversation, ConversationMailbox, Event, Mailbox

# So often it goes to and fro; then somebody decides.
PING_PONG: Final = 3


async def move(
    db: Writer,
    conversation_id: int,
    mailbox_id: int,
    *,
    by: Actor,
    now: datetime,
    tell: Context | None = None,
) -> Conversation:
    """Give the conversation to another mailbox: its people have it from now on, and only they.

    The thread stays; the customer's next mail comes there, wherever it was sent to, and is answered
    as this department; with `tell` they hear of it. Whoever has it keeps it if they take part
    there; at the third move whoever gives things out there gets it. Moving it to where it is
    changes nothing. Raises Invalid for no such mailbox, or nobody to tell; NotFound.
    """
    conversation = await lock(db, conversation_id)
    if conversation.mailbox_id == mailbox_id:
        return conversation
    mailbox = await db.get(Mailbox, mailbox_id)
    if mailbox is None or mailbox.removed_at is not None:
        raise Invalid(Refusal.NOWHERE)
    source = await db.get_one(Mailbox, conversation.mailbox_id)
    before = conversation.assignee_id
    conversation.mailbox_id = mailbox.id
    await db.flush()
    await db.execute(
        delete(ConversationMailbox).where(
            ConversationMailbox.conversation_id == conversation.id,
            ConversationMailbox.mailbox_id == mailbox.id,
        )
    )
    if before is not None and not await may_have(db, conversation, before):
        conversation.assignee_id = None
        await db.flush()
    await untell_customer(db, conversation)  # of a move before, what is so no more
    told = await tell_customer(db, conversation, mailbox, context=tell, now=now) if tell else ""
    moved = await record(
        db,
        conversation.id,
        EventName.CONVERSATION_MOVED,
        by=by,
        now=now,
        payload={
            "from": source.id,
            "mailbox": mailbox.id,
            "names": [source.name, mailbox.name],
            "assignee_id": before,
            **({"told": told} if told else {}),
        },
    )
    if conversation.assignee_id != before:
        await tell_calendars(db, conversation.id, [before], by=by, now=now)
    if UNDOES not in db.info:
        await _decide_in_time(db, conversation, moved, by=by, now=now)
    return conversation


async def decided_along(db: Writer, conversation: Conversation, moved: int) -> int | None:
    """Who got it because of the move of this event, where they have it still."""
    chosen: int | None = await db.scalar(
        select(Event.payload["to"].as_integer()).where(
            Event.conversation_id == conversation.id,
            Event.name == EventName.CONVERSATION_ASSIGNED,
            Event.payload[ALONG].as_integer() == moved,
        )
    )
    return chosen if chosen == conversation.assignee_id else None


async def _decide_in_time(
    db: Writer, conversation: Conversation, moved: int, *, by: Actor, now: datetime
) -> None:
    """Give what goes to and fro to whoever decides, with all of its way; not to who moved it."""
    moves = await moves_of(db, conversation.id)
    if len(moves) < PING_PONG:
        return
    deciding = await dispatchers(db, conversation.mailbox_id)
    if not deciding or (by.kind is ActorKind.AGENT and by.id in deciding):
        return
    chosen, before = deciding[0], conversation.assignee_id
    if before == chosen:
        return
    conversation.assignee_id = chosen
    await db.flush()
    way = [
        {"names": one["names"], "at": one["at"].isoformat(), "by": one["actor_name"]}
        for one in moves
    ]
    await record(
        db,
        conversation.id,
        EventName.CONVERSATION_ASSIGNED,
        by=SYSTEM,
        now=now,
        payload={"from": before, "to": chosen, "moves": way, ALONG: moved},
    )
    db.info[RECORDED] = moved  # by which it is taken back, with what followed from it
    await tell_calendars(db, conversation.id, [before, chosen], by=SYSTEM, now=now)
