"""The verb that stops one's newest answer while it has not left; its words are held, not lost."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from inbox.desk.held import answer_again, ask_again, hold
from inbox.desk.undo import undo
from inbox.jobs.registry import Context
from inbox.model.conversation import ActorKind, MessageKind
from inbox.model.event import EventName
from inbox.model.held import HeldReason
from inbox.store.engine import Reader, Writer
from inbox.store.locks import lock
from inbox.store.tables import Agent, Event, Message, Outbound

_REASONS = (HeldReason.TAKEN_BACK.value,)


async def newest_answer(
    db: Reader | Writer, conversation_id: int, agent_id: int
) -> tuple[Message, Outbound] | None:
    """The last answer that this person gave there, with its mail."""
    row = (
        await db.execute(
            select(Message, Outbound)
            .join(Outbound, Outbound.message_id == Message.id)
            .where(
                Message.conversation_id == conversation_id,
                Message.kind == MessageKind.REPLY,
                Message.author_kind == ActorKind.AGENT,
                Message.author_id == agent_id,
                Outbound.kind == "reply",
            )
            .order_by(Message.id.desc(), Outbound.id.desc())
            .limit(1)
        )
    ).one_or_none()
    return (row.Message, row.Outbound) if row else None


async def stop(
    db: Writer, conversation_id: int, *, by: Agent, now: datetime, context: Context
) -> int | None:
    """Take back what this person answered last, and hold it; the held entry's id.

    They are asked by mail what is to become of it. None without any answer of theirs. Raises
    Conflict when it has left.
    """
    conversation = await lock(db, conversation_id)
    found = await newest_answer(db, conversation.id, by.id)
    if found is None:
        return None
    message, _ = found
    again, identity = await answer_again(db, message), message.identity
    held_id = await _released_from(db, message.id)
    await undo(db, message.id, by=by, now=now)
    if held_id is not None:
        return (await ask_again(db, held_id, _REASONS, now=now)).message_id
    held = await hold(
        db,
        conversation.id,
        again,
        verb="reply",
        reasons=_REASONS,
        by=by,
        now=now,
        context=context,
    )
    # A further copy of the mail that it came in is still the same answer.
    (await db.get_one(Message, held.message_id)).identity = identity
    return held.message_id


async def _released_from(db: Writer, message_id: int) -> int | None:
    """The held answer that was let go with this message."""
    payload = await db.scalar(
        select(Event.payload).where(
            Event.message_id == message_id, Event.name == EventName.MESSAGE_RELEASED
        )
    )
    return int(payload["held"]) if payload else None
