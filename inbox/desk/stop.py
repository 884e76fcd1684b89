"""The verb that stops one's newest answer while it has not left; its words are held, not lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from inbox.desk.addresses import people_of
from inbox.desk.answer import Answer
from inbox.desk.held import answer_again, ask_again, hold
from inbox.desk.plan import newest_planned, stop_planned
from inbox.desk.undo import undo
from inbox.jobs.registry import Context
from inbox.model.conversation import ActorKind, MessageKind
from inbox.model.event import EventName
from inbox.model.held import HeldReason
from inbox.store.arrived import NEWEST_FIRST
from inbox.store.engine import Reader, Writer
from inbox.store.locks import lock
from inbox.store.tables import Agent, Event, Message, Outbound, OutboundRecipient

_REASONS = (HeldReason.TAKEN_BACK.value,)


async def newest_answer(
    db: Reader | Writer,
    conversation_id: int,
    agent_id: int,
    *,
    kind: MessageKind = MessageKind.REPLY,
) -> tuple[Message, Outbound] | None:
    """The last answer that this person gave there, or what they passed on, with its mail."""
    row = (
        await db.execute(
            select(Message, Outbound)
            .join(Outbound, Outbound.message_id == Message.id)
            .where(
                Message.conversation_id == conversation_id,
                Message.kind == kind,
                Message.author_kind == ActorKind.AGENT,
                Message.author_id == agent_id,
                Outbound.kind == kind,
            )
            .order_by(*NEWEST_FIRST, Outbound.id.desc())
            .limit(1)
        )
    ).one_or_none()
    return (row.Message, row.Outbound) if row else None


async def newest_leaving(
    db: Reader | Writer, conversation_id: int, agent_id: int, *, now: datetime
) -> tuple[Message, Outbound] | None:
    """The newest mail of this person to somebody outside that has not left yet."""
    kinds = (MessageKind.REPLY, MessageKind.FORWARD)
    found = [await newest_answer(db, conversation_id, agent_id, kind=kind) for kind in kinds]
    waiting = [one for one in found if one and one[1].state == "waiting" and one[1].run_at > now]
    return max(waiting, key=lambda one: (one[0].received_at, one[0].id), default=None)


async def stop(
    db: Writer, conversation_id: int, *, by: Agent, now: datetime, context: Context
) -> int | None:
    """Take back what this person answered last, and hold it; the held entry's id.

    They are asked by mail what is to become of it. What waits for its time is the newest, where
    it was written last. None without any answer of theirs. Raises Conflict when it has left.
    """
    conversation = await lock(db, conversation_id)
    found = await newest_leaving(db, conversation.id, by.id, now=now)
    found = found or await newest_answer(db, conversation.id, by.id)
    planned = await newest_planned(db, conversation.id, by.id)
    if planned is not None and (found is None or found[0].id < planned):
        await stop_planned(db, planned, by=by, now=now, context=context)
        return planned
    if found is None:
        return None
    message, outbound = found
    again, identity = await _whole(db, message, outbound), message.identity
    # What was for somebody else must never go to the customer: let go, it is a comment.
    is_passed = message.kind == MessageKind.FORWARD
    held_id = await _released_from(db, message.id)
    await undo(db, message.id, by=by, now=now)
    if held_id is not None:
        return (await ask_again(db, held_id, _REASONS, now=now)).message_id
    held = await hold(
        db,
        conversation.id,
        replace(again, cc=None, bcc=(), opening=None) if is_passed else again,
        verb="note" if is_passed else "reply",
        reasons=_REASONS,
        by=by,
        now=now,
        context=context,
    )
    # A further copy of the mail that it came in is still the same answer.
    (await db.get_one(Message, held.message_id)).identity = identity
    return held.message_id


async def _whole(db: Writer, message: Message, outbound: Outbound) -> Answer:
    """What was on its way: with the form of an approved text, and those whom nobody else sees."""
    told = await db.scalars(
        select(OutboundRecipient.address).where(OutboundRecipient.outbound_id == outbound.id)
    )
    seen = {one.address for one in (*people_of(message.to), *people_of(message.cc))}
    return replace(
        await answer_again(db, message),
        html=outbound.draft.get("html", ""),
        bcc=tuple(one for one in told if one not in seen),
    )


async def _released_from(db: Writer, message_id: int) -> int | None:
    """The held answer that was let go with this message."""
    payload = await db.scalar(
        select(Event.payload).where(
            Event.message_id == message_id, Event.name == EventName.MESSAGE_RELEASED
        )
    )
    return int(payload["held"]) if payload else None
