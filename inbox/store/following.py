"""Who follows a conversation: hears of all of it without having it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, delete, or_, select
from sqlalchemy.dialects.postgresql import insert

from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement
from inbox.store.tables import Agent, Conversation, Following


async def add_following(db: Writer, conversation_id: int, agent_id: int) -> bool:
    """Whether it was not so before."""
    row = {"conversation_id": conversation_id, "agent_id": agent_id}
    added = insert(Following).values(row).on_conflict_do_nothing().returning(Following.agent_id)
    return await db.scalar(added) is not None


async def remove_following(db: Writer, conversation_id: int, agent_id: int) -> bool:
    """Whether they followed it, or what was joined to it."""
    parts = select(Conversation.id).where(
        or_(Conversation.id == conversation_id, Conversation.merged_into == conversation_id)
    )
    gone = await db.scalars(
        delete(Following)
        .where(Following.agent_id == agent_id, Following.conversation_id.in_(parts))
        .returning(Following.agent_id)
    )
    return bool(gone.all())


_PARTS: Final = select(Conversation.id).where(
    or_(
        Conversation.id == bindparam("conversation"),
        Conversation.merged_into == bindparam("conversation"),
    )
)
_FOLLOWING: Final = Statement.of(
    select(Agent.id, Agent.name)
    .join(Following, Following.agent_id == Agent.id)
    .where(Following.conversation_id.in_(_PARTS), Agent.disabled_at.is_(None))
    .distinct()
    .order_by(Agent.name, Agent.id)
)


async def following(db: Reader | Writer, conversation_id: int) -> dict[int, str]:
    """What those are called who follow it, by name; of those who can hear of it at all it is
    their wish.
    """
    rows = await _FOLLOWING.rows(db, conversation=conversation_id)
    return {row["id"]: row["name"] for row in rows}
