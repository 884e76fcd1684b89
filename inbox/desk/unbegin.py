"""What one of us began and took back before it left, gone as if it had never been."""

from __future__ import annotations

from sqlalchemy import delete, exists, select

from inbox.model.conversation import ActorKind
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.news import tell_gone
from inbox.store.tables import (
    Agent,
    Conversation,
    Draft,
    Event,
    Message,
    Outbound,
    WebhookDelivery,
)


async def unbegin(db: Writer, conversation_id: int, *, by: Agent) -> Conversation | None:
    """Forget a conversation in which nothing was said, and that nobody else has touched; else None.

    Nothing of it left us: no mail, and no notice of it. Open pages are told that it is gone.
    """
    conversation = await lock(db, conversation_id)
    here = conversation.id
    is_said = exists().where(Message.conversation_id == here)
    is_mailed = exists().where(Outbound.conversation_id == here)
    is_touched = exists().where(
        Event.conversation_id == here,
        (Event.actor_kind != ActorKind.AGENT) | (Event.actor_id != by.id),
    )
    is_written = exists().where(Draft.conversation_id == here, Draft.agent_id != by.id)
    is_joined = exists().where(
        (Conversation.merged_into == here) | (Conversation.refers_to == here)
    )
    kept = select(is_said | is_mailed | is_touched | is_written | is_joined)
    if await db.scalar(kept):
        return None
    await tell_gone(db, conversation)
    db.expunge(conversation)
    events = select(Event.id).where(Event.conversation_id == here)
    await db.execute(delete(WebhookDelivery).where(WebhookDelivery.event_id.in_(events)))
    await db.execute(delete(Event).where(Event.conversation_id == here))
    await db.execute(delete(Conversation).where(Conversation.id == here))
    return conversation
