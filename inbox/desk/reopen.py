"""The verb that takes a conversation up again."""

from __future__ import annotations

from datetime import datetime

from inbox.desk.record import record
from inbox.model.actor import Actor
from inbox.model.conversation import Status
from inbox.model.event import EventName
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.tables import Conversation


async def reopen(db: Writer, conversation_id: int, *, by: Actor, now: datetime) -> Conversation:
    """Make it our turn again; an open conversation stays as it is. Raises NotFound."""
    conversation = await lock(db, conversation_id)
    if conversation.status == Status.OPEN:
        return conversation
    before = conversation.status
    conversation.status = Status.OPEN
    conversation.closed_at = None
    conversation.waiting_since = now
    await record(
        db,
        conversation.id,
        EventName.CONVERSATION_REOPENED,
        by=by,
        now=now,
        payload={"from": before},
    )
    return conversation
