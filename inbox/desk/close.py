"""The verb that ends a conversation for now; a mail of the customer opens it again."""

from __future__ import annotations

from datetime import datetime

from inbox.desk.record import record
from inbox.desk.standing import written
from inbox.desk.task import tell_calendars
from inbox.model.actor import Actor
from inbox.model.conversation import Status
from inbox.model.event import EventName
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.tables import Conversation


async def close(db: Writer, conversation_id: int, *, by: Actor, now: datetime) -> Conversation:
    """Close the conversation; closing a closed one changes nothing. Raises NotFound."""
    conversation = await lock(db, conversation_id)
    if conversation.status == Status.CLOSED:
        return conversation
    before = {"from": conversation.status, "waiting_since": written(conversation.waiting_since)}
    conversation.status = Status.CLOSED
    conversation.closed_at = now
    conversation.waiting_since = conversation.returns_at = conversation.promised_until = None
    await record(db, conversation.id, EventName.CONVERSATION_CLOSED, by=by, now=now, payload=before)
    await tell_calendars(db, conversation.id, [conversation.assignee_id], by=by, now=now)
    return conversation
