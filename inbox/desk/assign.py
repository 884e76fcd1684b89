"""The verb that gives a conversation to somebody, or back to nobody."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from inbox.desk.record import record
from inbox.errors import Invalid
from inbox.model.actor import Actor
from inbox.model.event import EventName
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.tables import Agent, Conversation, ConversationMailbox, Membership


async def assign(
    db: Writer, conversation_id: int, agent_id: int | None, *, by: Actor, now: datetime
) -> Conversation:
    """Give the conversation to a member of its mailbox, or to nobody with None.

    Giving it to who has it already changes nothing. Raises Invalid, NotFound.
    """
    conversation = await lock(db, conversation_id)
    if conversation.assignee_id == agent_id:
        return conversation
    if agent_id is not None and not await _may_have(db, conversation, agent_id):
        raise Invalid(Refusal.NOT_A_MEMBER)
    before, conversation.assignee_id = conversation.assignee_id, agent_id
    await record(
        db,
        conversation.id,
        EventName.CONVERSATION_ASSIGNED if agent_id else EventName.CONVERSATION_UNASSIGNED,
        by=by,
        now=now,
        payload={"from": before, "to": agent_id},
    )
    return conversation


async def _may_have(db: Writer, conversation: Conversation, agent_id: int) -> bool:
    others = select(ConversationMailbox.mailbox_id).where(
        ConversationMailbox.conversation_id == conversation.id
    )
    found = await db.scalar(
        select(Agent.id)
        .join(Membership, Membership.agent_id == Agent.id)
        .where(
            Agent.id == agent_id,
            Agent.disabled_at.is_(None),
            or_(
                Membership.mailbox_id == conversation.mailbox_id, Membership.mailbox_id.in_(others)
            ),
        )
        .limit(1)
    )
    return found is not None
