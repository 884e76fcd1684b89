"""The verbs that say what is spam, and what is not."""

from __future__ import annotations

from datetime import datetime

from inbox.desk.record import record
from inbox.desk.recount import recount
from inbox.desk.standing import standing
from inbox.model.actor import Actor
from inbox.model.conversation import Status
from inbox.model.event import EventName
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.tables import Conversation


async def mark_spam(
    db: Writer, conversation_id: int, *, by: Actor, now: datetime
) -> tuple[Conversation, int | None]:
    """Put the conversation among the spam: nobody waits, nobody is told, nothing is lost.

    Returns it with the event's id, None when it was there already. Raises NotFound.
    """
    conversation = await lock(db, conversation_id)
    if conversation.status == Status.SPAM:
        return conversation, None
    was, before = standing(conversation), conversation.status
    conversation.status = Status.SPAM
    conversation.waiting_since = conversation.closed_at = conversation.returns_at = None
    await db.flush()
    event_id = await record(
        db,
        conversation.id,
        EventName.CONVERSATION_SPAM,
        by=by,
        now=now,
        payload={"from": before, "was": was},
    )
    return conversation, event_id


async def not_spam(
    db: Writer, conversation_id: int, *, by: Actor, now: datetime
) -> tuple[Conversation, int | None]:
    """Take the conversation out of the spam, to where it would be; later mails join it again.

    Returns it with the event's id, None when it was no spam. Raises NotFound.
    """
    conversation = await lock(db, conversation_id)
    if conversation.status != Status.SPAM:
        return conversation, None
    conversation.status = Status.OPEN
    await recount(db, conversation, now=now)
    await db.flush()
    event_id = await record(db, conversation.id, EventName.CONVERSATION_NOT_SPAM, by=by, now=now)
    return conversation, event_id
