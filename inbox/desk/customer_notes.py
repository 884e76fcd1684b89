"""The verbs that note something about a customer for all of us, and take it off again."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from inbox.desk.entry import storable
from inbox.desk.record import record
from inbox.errors import Invalid, NotFound
from inbox.model.actor import Actor
from inbox.model.conversation import ActorKind
from inbox.model.event import EventName
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.tables import Conversation, CustomerNote

_LONGEST: Final = 4000


async def add_customer_note(
    db: Writer, conversation_id: int, text: str, *, by: Actor, now: datetime
) -> int:
    """Note it about the customer of a conversation; the note's id. Nobody outside ever sees it.

    Raises Invalid where nothing is said, or too much, NotFound.
    """
    text = storable(text).strip()
    if not text:
        raise Invalid(Refusal.NOTHING_WRITTEN)
    if len(text) > _LONGEST:
        raise Invalid(Refusal.TOO_LONG)
    conversation = await lock(db, conversation_id)
    note = CustomerNote(
        customer_id=conversation.customer_id,
        agent_id=by.id if by.kind is ActorKind.AGENT else None,
        agent_name=by.name,
        text=text,
        created_at=now,
    )
    db.add(note)
    await db.flush()
    await _recorded(db, conversation, EventName.CUSTOMER_NOTED, note, by=by, now=now)
    return note.id


async def remove_customer_note(
    db: Writer, conversation_id: int, note_id: int, *, by: Actor, now: datetime
) -> None:
    """Take a note about the conversation's customer off. Raises NotFound."""
    conversation = await lock(db, conversation_id)
    note = await _note(db, conversation, note_id, is_there=True)
    note.removed_at = now
    await db.flush()
    await _recorded(db, conversation, EventName.CUSTOMER_UNNOTED, note, by=by, now=now)


async def restore_customer_note(
    db: Writer, conversation_id: int, note_id: int, *, by: Actor, now: datetime
) -> None:
    """Put a note back that was taken off. Raises NotFound."""
    conversation = await lock(db, conversation_id)
    note = await _note(db, conversation, note_id, is_there=False)
    note.removed_at = None
    await db.flush()
    await _recorded(db, conversation, EventName.CUSTOMER_NOTED, note, by=by, now=now)


async def _note(
    db: Writer, conversation: Conversation, note_id: int, *, is_there: bool
) -> CustomerNote:
    note = await db.get(CustomerNote, note_id, with_for_update=True)
    if note is None or note.customer_id != conversation.customer_id:
        raise NotFound
    if (note.removed_at is None) is not is_there:
        raise NotFound
    return note


async def _recorded(
    db: Writer,
    conversation: Conversation,
    name: EventName,
    note: CustomerNote,
    *,
    by: Actor,
    now: datetime,
) -> None:
    await record(db, conversation.id, name, by=by, now=now, payload={"note": note.id})
