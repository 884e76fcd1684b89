"""The verb by which a rule says something inside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from inbox.desk.draw_in import How, draw_in, mentioned
from inbox.desk.entry import Entry, add_entry, clean_words, count_note
from inbox.desk.record import record
from inbox.model.actor import Actor
from inbox.model.conversation import MessageKind
from inbox.model.event import EventName
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.tables import Message


async def note_by_rule(
    db: Writer,
    conversation_id: int,
    text: str,
    *,
    by: Actor,
    now: datetime,
    rng: Callable[[int], bytes],
) -> Message:
    """Add a comment in the rule's name; whom of us it speaks to hears of it. Raises Invalid."""
    conversation = await lock(db, conversation_id)
    spoken = [one.id for one in (await mentioned(db, conversation.id, text)).people]
    entry = Entry(kind=MessageKind.NOTE, text=clean_words(text))
    message = await add_entry(db, conversation.id, entry, by=by, now=now, rng=rng)
    count_note(conversation, message)
    await draw_in(
        db, conversation.id, spoken, how=How.MENTIONED, by=by, now=now, message_id=message.id
    )
    await record(
        db,
        conversation.id,
        EventName.MESSAGE_NOTED,
        by=by,
        now=now,
        message_id=message.id,
        payload={"asked": spoken} if spoken else {},
    )
    return message
