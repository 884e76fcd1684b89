"""The verb that says something only inside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from secrets import token_bytes

from inbox.desk.answer import Note
from inbox.desk.draw_in import How, copied, draw_in, spoken_to
from inbox.desk.entry import Entry, add_entry, clean_words, count_note, same_entry
from inbox.desk.record import record
from inbox.mail.ways_in import closed
from inbox.model.actor import Actor
from inbox.model.conversation import MessageKind
from inbox.model.event import EventName
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.tables import Agent, Message


async def note(
    db: Writer,
    conversation_id: int,
    words: Note,
    *,
    by: Agent,
    now: datetime,
    rng: Callable[[int], bytes] = token_bytes,
) -> Message:
    """Add a comment that no customer will ever see; whom of us it speaks to hears of it.

    Raises Invalid, NotFound.
    """
    conversation = await lock(db, conversation_id)
    if there := await same_entry(db, by, words.idempotency):
        return there
    spoken = await spoken_to(db, conversation.id, words.text, by)
    message = await write_note(db, conversation.id, words, by=by, now=now, rng=rng)
    count_note(conversation, message)
    asked = await ask(db, message, spoken, await copied(db, words.cc, by), by=by, now=now)
    await record(
        db,
        conversation.id,
        EventName.MESSAGE_NOTED,
        by=Actor.agent(by.id, by.name),
        now=now,
        message_id=message.id,
        payload=asked,
    )
    return message


async def ask(
    db: Writer,
    message: Message,
    spoken: Sequence[int],
    cc: Sequence[int],
    *,
    by: Agent,
    now: datetime,
) -> dict[str, object]:
    """Draw in whom a comment speaks to, and who is on Cc of it; what its event says of that."""
    actor = Actor.agent(by.id, by.name)
    for how, people in ((How.MENTIONED, spoken), (How.COPIED, cc)):
        await draw_in(
            db,
            message.conversation_id,
            people,
            how=how,
            by=actor,
            now=now,
            message_id=message.id,
        )
    everybody = sorted({*spoken, *cc})
    return {"asked": everybody} if everybody else {}


async def write_note(
    db: Writer,
    conversation_id: int,
    words: Note,
    *,
    by: Agent,
    now: datetime,
    rng: Callable[[int], bytes] = token_bytes,
) -> Message:
    """Everything of a note but its event. The conversation is locked already."""
    entry = Entry(
        kind=MessageKind.NOTE,
        text=closed(clean_words(words.text, words.files)),
        files=words.files,
        spool_id=words.spool_id,
        has_html=words.has_html,
        idempotency=words.idempotency,
    )
    return await add_entry(db, conversation_id, entry, by=by, now=now, rng=rng)
