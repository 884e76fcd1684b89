"""What was never said to anybody, gone from its conversation."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from inbox.store.arrived import NEWEST_FIRST
from inbox.store.engine import Writer
from inbox.store.tables import Event, Message, Outbound


async def forget_message(db: Writer, message: Message) -> None:
    """Nothing is left of it but its events: that there was something is a fact.

    Mails to our own people that were sent while it was the newest entry are about the one before.
    """
    before = (
        select(Message.id)
        .where(Message.conversation_id == message.conversation_id, Message.id != message.id)
        .order_by(*NEWEST_FIRST)
        .limit(1)
        .scalar_subquery()
    )
    mails = update(Outbound).where(Outbound.message_id == message.id)
    await db.execute(mails.values(message_id=before))
    await db.execute(update(Event).where(Event.message_id == message.id).values(message_id=None))
    await db.execute(delete(Message).where(Message.id == message.id))
