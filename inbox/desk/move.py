"""The verb that gives a conversation to another department."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from inbox.desk.assign import may_have
from inbox.desk.record import record
from inbox.errors import Invalid
from inbox.model.actor import Actor
from inbox.model.event import EventName
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.tables import Conversation, ConversationMailbox, Mailbox


async def move(
    db: Writer, conversation_id: int, mailbox_id: int, *, by: Actor, now: datetime
) -> Conversation:
    """Give the conversation to another mailbox: its people have it from now on, and only they.

    The thread stays; the customer's next mail comes there, wherever it was sent to, and is answered
    as this department. Whoever has it keeps it if they take part there. Moving it to where it is
    changes nothing. Raises Invalid for no such mailbox, NotFound.
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
    await record(
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
        },
    )
    return conversation
