"""What a conversation still needs before it can be closed."""

from __future__ import annotations

from sqlalchemy import exists, select

from inbox.model.closing import Need
from inbox.model.conversation import MessageKind
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Conversation, Mailbox, Message


async def missing(
    db: Reader | Writer, conversation: Conversation, mailbox: Mailbox
) -> tuple[Need, ...]:
    """What its mailbox wants and nobody has said yet, in one order; mostly nothing."""
    wanted = set(mailbox.close_needs)
    if not wanted:
        return ()
    there = {
        Need.CATEGORY: bool(conversation.category),
        Need.ASSIGNEE: conversation.assignee_id is not None,
        Need.COMMENT: Need.COMMENT not in wanted or await _has_note(db, conversation.id),
        Need.SOLUTION: bool(conversation.solution),
    }
    return tuple(need for need in Need if need in wanted and not there[need])


async def _has_note(db: Reader | Writer, conversation_id: int) -> bool:
    note = exists().where(
        Message.conversation_id == conversation_id,
        Message.kind == MessageKind.NOTE,
        Message.author_kind == "agent",
    )
    return bool(await db.scalar(select(note)))
