"""The verb that takes a conversation up again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from inbox.desk.record import record
from inbox.desk.standing import read, standing
from inbox.model.actor import Actor
from inbox.model.conversation import Status
from inbox.model.event import EventName
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.tables import Conversation, Event


async def reopen(db: Writer, conversation_id: int, *, by: Actor, now: datetime) -> Conversation:
    """Make it our turn again; an open conversation stays as it is. Raises NotFound.

    A customer who was waiting when it was closed has been waiting since then, not from now on.
    """
    conversation = await lock(db, conversation_id)
    if conversation.status == Status.OPEN:
        return conversation
    was, before = standing(conversation), conversation.status
    conversation.status = Status.OPEN
    conversation.closed_at = conversation.returns_at = None
    since = conversation.waiting_since or await _since(db, conversation.id, before)
    conversation.waiting_since = since or now
    payload = {"from": before, "was": was}
    await record(
        db, conversation.id, EventName.CONVERSATION_REOPENED, by=by, now=now, payload=payload
    )
    return conversation


async def _since(db: Writer, conversation_id: int, before: str) -> datetime | None:
    if before != Status.CLOSED:
        return None
    closed = await db.scalar(
        select(Event.payload)
        .where(
            Event.conversation_id == conversation_id,
            Event.name == EventName.CONVERSATION_CLOSED,
        )
        .order_by(Event.id.desc())
        .limit(1)
    )
    return read((closed or {}).get("waiting_since"))
