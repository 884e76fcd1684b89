"""The verbs of an answer that leaves later: planned, taken back, and what its time brings.

Until then it is an entry that is held, and everybody who sees the conversation sees it. Its time
sends nothing blindly: where others have said something since, or its writer may not answer there
any more, it stays held, and its writer is asked as for any other that is. Raises Conflict, Invalid,
NotFound.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from secrets import token_bytes
from typing import Any

from sqlalchemy import delete, select, update

from inbox.auth.permissions import Permission, allowed_in, part_of
from inbox.clock import utcnow
from inbox.desk.addresses import people_of
from inbox.desk.afterwards import Afterwards, Then, do_along
from inbox.desk.answer import Answer
from inbox.desk.collision import moved_on, refuse_if_moved_on
from inbox.desk.entry import Entry, add_entry, same_entry
from inbox.desk.finish import NOTHING_MORE, Ending
from inbox.desk.held import answer_again, ask_again, grant_release
from inbox.desk.leaves import leaves_at
from inbox.desk.record import record
from inbox.desk.reply import Prepared, prepare, reply
from inbox.desk.standing import read, written
from inbox.desk.undo import TakenBack
from inbox.desk.unsaid import forget_message
from inbox.errors import Conflict, Forbidden, Invalid, NotFound
from inbox.jobs.queue import enqueue
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.model.actor import Actor
from inbox.model.conversation import MessageKind
from inbox.model.event import EventName
from inbox.model.held import HeldReason
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.locks import lock
from inbox.store.rights import part_there
from inbox.store.tables import Agent, Conversation, Held, Message


class _ForSomebodyElse(Exception):
    """By now somebody else would get it than for whom it was written."""


async def plan(
    db: Writer,
    conversation_id: int,
    answer: Answer,
    at: datetime,
    *,
    wish: Afterwards | None = None,
    by: Agent,
    now: datetime,
    context: Context,
    expected_last_event: int | None = None,
) -> Message:
    """Let an answer leave at a time. What would be refused then is refused now."""
    conversation = await lock(db, conversation_id)
    if there := await same_entry(db, by, answer.idempotency):
        return there
    await refuse_if_moved_on(db, conversation, expected_last_event, by)
    leaves_at(at, 0, now=now)
    made = await prepare(db, conversation, answer, by=by, context=context)
    entry = Entry(
        kind=MessageKind.HELD,
        text=made.entry.text,
        files=answer.files,
        to=(answer.opening.to,) if answer.opening else (),
        subject=answer.opening.subject if answer.opening else "",
        cc=made.addressed.cc if answer.cc is None else answer.cc,
        spool_id=answer.spool_id,
        has_html=answer.has_html,
        idempotency=answer.idempotency,
    )
    message = await add_entry(db, conversation.id, entry, by=by, now=now, rng=token_bytes)
    held = Held(
        message_id=message.id,
        agent_id=by.id,
        verb="reply",
        reasons=[HeldReason.PLANNED],
        html=answer.html,
        bcc=list(made.addressed.bcc),
        send_at=at,
        planned=_planned(answer, wish or Afterwards(), made),
        created_at=now,
    )
    db.add(held)
    conversation.message_count += 1
    await db.flush()
    held.planned = held.planned | {"seen": await _record(db, message, held, by, now)}
    await _at_its_time(db, held)
    return message


async def take_plan_back(db: Writer, message_id: int, *, by: Agent, now: datetime) -> TakenBack:
    """What was planned, for the composer; nothing of it is left. Raises Forbidden."""
    message, held = await _waiting(db, message_id)
    if held.agent_id != by.id:
        raise Forbidden(Refusal.NOT_YOUR_ANSWER)
    conversation = await lock(db, message.conversation_id)
    answer, at = await answer_again(db, message), held.send_at
    await _forget(db, conversation, message)
    await record(
        db,
        conversation.id,
        EventName.MESSAGE_DROPPED,
        by=Actor.agent(by.id, by.name),
        now=now,
        payload={"undone": True},
    )
    return TakenBack(
        text=answer.source or answer.text,
        is_markdown=answer.is_markdown,
        to=people_of(message.to),
        cc=people_of(message.cc),
        bcc=answer.bcc,
        sender=answer.sender,
        quote=answer.quote,
        until=at,
        files=answer.files,
    )


async def newest_planned(db: Reader | Writer, conversation_id: int, agent_id: int) -> int | None:
    """The message of this person's newest answer there that waits for its time."""
    return await db.scalar(
        select(Held.message_id)
        .join(Message, Message.id == Held.message_id)
        .where(
            Message.conversation_id == conversation_id,
            Held.agent_id == agent_id,
            Held.state == "waiting",
            Held.send_at.is_not(None),
        )
        .order_by(Held.message_id.desc())
        .limit(1)
    )


async def stop_planned(
    db: Writer, message_id: int, *, by: Agent, now: datetime, context: Context
) -> None:
    """Let what was planned not leave; its writer decides about it. Raises Conflict, NotFound."""
    message, held = await _waiting(db, message_id)
    if held.agent_id != by.id:
        raise Forbidden(Refusal.NOT_YOUR_ANSWER)
    conversation = await lock(db, message.conversation_id)
    await _ask_its_writer(db, held.id, conversation, [HeldReason.TAKEN_BACK], now, context)


async def send_now(
    db: Writer,
    message_id: int,
    *,
    by: Agent,
    now: datetime,
    context: Context,
    expected_last_event: int | None = None,
) -> Message:
    """Let a planned answer go at once, as its writer or somebody in charge of the mailbox."""
    message, held = await _waiting(db, message_id)
    conversation = await lock(db, message.conversation_id)
    await refuse_if_moved_on(db, conversation, expected_last_event, by)
    return await _send(db, conversation, message, held, now=now, context=context)


@job("desk.send_planned", retry=INTAKE)
async def send_planned_job(db: Writer, context: Context, *, held_id: int) -> None:
    """Its time has come; whether it still counts is found out now."""
    await send_planned(db, held_id, now=utcnow(), context=context)


async def send_planned(
    db: Writer, held_id: int, *, now: datetime, context: Context
) -> Message | None:
    """Send what was planned for now; None where it does not leave."""
    held = await db.scalar(select(Held).where(Held.id == held_id).with_for_update())
    if held is None or held.state != "waiting" or held.send_at is None:
        return None
    if held.send_at > now:
        await _at_its_time(db, held)
        return None
    message = await db.get_one(Message, held.message_id)
    conversation = await lock(db, message.conversation_id)
    meant = held.planned.get("to")
    reasons = await in_the_way(db, conversation, held)
    if not reasons:
        try:
            async with db.begin_nested():
                sent = await _send(db, conversation, message, held, now=now, context=context)
                if meant is not None and {one.address for one in people_of(sent.to)} != {*meant}:
                    raise _ForSomebodyElse
                return sent
        except _ForSomebodyElse:
            reasons = [HeldReason.MOVED_ON]
        except (Conflict, Invalid):
            reasons = [HeldReason.NO_RECIPIENT]
    await _ask_its_writer(db, held_id, conversation, reasons, now, context)
    return None


async def in_the_way(
    db: Reader | Writer, conversation: Conversation, held: Held
) -> list[HeldReason]:
    """Why a planned answer would not leave if this were its time; nothing for most."""
    writer = await db.get_one(Agent, held.agent_id)
    if writer.disabled_at is not None:
        return [HeldReason.DISABLED]
    is_member, holds, colleagues_answer = await part_there(db, writer.id, conversation.id)
    part = part_of(is_member=is_member, holds=holds)
    if Permission.REPLY not in allowed_in(part, colleagues_answer):
        return [HeldReason.NOT_MEMBER]
    since = await moved_on(db, conversation, held.planned.get("seen"), writer, is_planned=True)
    return [HeldReason.MOVED_ON] if since else []


async def _send(
    db: Writer,
    conversation: Conversation,
    message: Message,
    held: Held,
    *,
    now: datetime,
    context: Context,
) -> Message:
    writer = await db.get_one(Agent, held.agent_id)
    away = writer.away_until
    answer = await answer_again(db, message)
    wish = _wish(held)
    # The files stay: their bytes are kept by themselves.
    await _forget(db, conversation, message)
    sent = await reply(
        db, conversation.id, answer, by=writer, now=now, context=context, via="later"
    )
    is_ahead = wish.until is None or wish.until > now
    wish = wish if is_ahead else Afterwards(then=Then.WAIT)
    # Where closing needs more by now, the answer goes all the same.
    with suppress(Invalid):
        async with db.begin_nested():
            await do_along(db, sent, wish, by=writer, now=now)
    # Whoever wrote it before they left has not come back by it.
    await db.execute(update(Agent).where(Agent.id == writer.id).values(away_until=away))
    return sent


async def _ask_its_writer(
    db: Writer,
    held_id: int,
    conversation: Conversation,
    reasons: list[HeldReason],
    now: datetime,
    context: Context,
) -> None:
    held = await ask_again(db, held_id, [one.value for one in reasons], now=now)
    held.send_at = None
    writer = await db.get_one(Agent, held.agent_id)
    shown = conversation.last_event_id
    await db.flush()
    await db.refresh(conversation)
    await grant_release(
        db, held, conversation.id, writer, now, context.secret, conversation.last_event_id or shown
    )


async def _waiting(db: Writer, message_id: int) -> tuple[Message, Held]:
    held = await db.scalar(select(Held).where(Held.message_id == message_id).with_for_update())
    if held is None:
        raise NotFound(Refusal.NO_SUCH_ANSWER)
    if held.state != "waiting" or held.send_at is None:
        raise Conflict(Refusal.NOT_PLANNED)
    return await db.get_one(Message, message_id), held


async def _forget(db: Writer, conversation: Conversation, message: Message) -> None:
    await db.execute(delete(Held).where(Held.message_id == message.id))
    await forget_message(db, message)
    conversation.message_count -= 1


async def _record(db: Writer, message: Message, held: Held, by: Agent, now: datetime) -> int:
    return await record(
        db,
        message.conversation_id,
        EventName.MESSAGE_PLANNED,
        by=Actor.agent(by.id, by.name),
        now=now,
        message_id=message.id,
        payload={"held": held.id, "until": written(held.send_at)},
    )


async def _at_its_time(db: Writer, held: Held) -> None:
    await enqueue(
        db, "desk.send_planned", key=f"planned:{held.id}", run_at=held.send_at, held_id=held.id
    )


def _planned(answer: Answer, wish: Afterwards, made: Prepared) -> dict[str, Any]:
    kept: dict[str, Any] = {"sender": made.sender if answer.sender else "", "quote": answer.quote}
    kept |= {"to": [one.address for one in made.addressed.to]}
    kept |= {"source": answer.source, "is_markdown": answer.is_markdown}
    kept |= {"to_all": answer.cc is None}
    kept |= {"then": wish.then.value, "until": written(wish.until)}
    return kept | ({} if wish.ending == NOTHING_MORE else {"ending": asdict(wish.ending)})


def _wish(held: Held) -> Afterwards:
    return Afterwards(
        then=Then(held.planned.get("then") or ""),
        until=read(held.planned.get("until")),
        ending=Ending(**held.planned.get("ending", {})),
    )
