"""Answers by mail that do not leave yet: kept, not sent, let go or dropped by their writer.

Because they could not be proved, because the conversation has moved on, or as their writer wished.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from secrets import token_bytes
from typing import Any, Final, Literal

from sqlalchemy import insert, select, update

from inbox.desk.addresses import people_of
from inbox.desk.answer import Answer, AnswerFile, Note, Opening
from inbox.desk.collision import refuse_if_moved_on
from inbox.desk.draw_in import copied, mentioned
from inbox.desk.entry import Entry, add_entry, answer_file, count_note, storable
from inbox.desk.note import ask, write_note
from inbox.desk.quiet import tell_later
from inbox.desk.record import record
from inbox.desk.reply import publish
from inbox.errors import Conflict, Forbidden, NotFound
from inbox.jobs.registry import Context
from inbox.mail.tokens import hash_token
from inbox.model.actor import Actor
from inbox.model.conversation import MessageKind, Role
from inbox.model.event import EventName
from inbox.model.held import WISHED, HeldReason
from inbox.outbound.keyed import TOKEN_LIFE, release_token
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.locks import lock
from inbox.store.often import held_lately, is_known_robot
from inbox.store.tables import Agent, Conversation, File, Held, Message, ReplyToken

Verb = Literal["reply", "note"]

# Mails an hour that say that one was held; this one included.
_MOST_HERE: Final = 3  # of one conversation
_MOST_IN_ALL: Final = 10


async def hold(
    db: Writer,
    conversation_id: int,
    answer: Answer,
    *,
    verb: Verb,
    reasons: Sequence[str],
    by: Agent,
    now: datetime,
    context: Context,
    about: Mapping[str, object] | None = None,
) -> Held:
    """Keep an answer that does not leave yet, publish nothing, and ask its writer `by` by mail.

    `about`: what the mail to them says besides, such as which of its orders cannot be done.
    """
    conversation = await lock(db, conversation_id)
    entry = Entry(
        kind=MessageKind.HELD,
        text=storable(answer.text),
        to=(answer.opening.to,) if answer.opening else (),
        cc=answer.cc or (),
        subject=answer.opening.subject if answer.opening else "",
        files=answer.files,
        spool_id=answer.spool_id,
        has_html=answer.has_html,
        idempotency=answer.idempotency,
    )
    message = await add_entry(db, conversation.id, entry, by=by, now=now, rng=token_bytes)
    held = Held(
        message_id=message.id,
        agent_id=by.id,
        verb=verb,
        reasons=list(reasons),
        html=storable(answer.html),
        bcc=list(answer.bcc),
        created_at=now,
    )
    db.add(held)
    await db.flush()
    conversation.message_count += 1
    is_quiet = not set(reasons) <= WISHED and await _is_quiet(db, held, conversation.id, by, now)
    told = {**(about or {}), "quiet": is_quiet}
    shown = await _ask(db, held, message, by, now, told)
    await grant_release(db, held, conversation.id, by, now, context.secret, shown)
    return held


async def ask_again(
    db: Writer,
    held_id: int,
    reasons: Sequence[str],
    *,
    now: datetime,
    about: Mapping[str, object] | None = None,
) -> Held:
    """Leave an answer held, or hold it once more, for other reasons; its writer is asked anew."""
    held = await db.get_one(Held, held_id, with_for_update=True, populate_existing=True)
    message = await db.get_one(Message, held.message_id)
    await lock(db, message.conversation_id)
    held.state, held.ended_at, held.reasons = "waiting", None, list(reasons)
    shown = await _ask(db, held, message, await db.get_one(Agent, held.agent_id), now, about)
    await db.execute(
        update(ReplyToken).where(ReplyToken.held_id == held.id).values(shown_event_id=shown)
    )
    return held


async def _is_quiet(db: Writer, held: Held, conversation_id: int, by: Agent, now: datetime) -> bool:
    """Whether its writer has had mails enough: then one tells of all the others later.

    What a program goes on to answer is told once, until somebody has looked.
    """
    is_fast = HeldReason.TOO_MANY in held.reasons
    if is_fast and await is_known_robot(db, by.id, conversation_id, held.id):
        return True
    lately = await held_lately(db, by.id, conversation_id, now=now)
    if lately.here <= _MOST_HERE and lately.in_all <= _MOST_IN_ALL:
        return False
    await tell_later(db, by.id, now=now)
    return True


async def release(
    db: Writer,
    held_id: int,
    *,
    by: Agent,
    now: datetime,
    context: Context,
    as_note: bool = False,
    expected_last_event: int | None = None,
    rng: Callable[[int], bytes] = token_bytes,
) -> Message:
    """Publish a held answer as what it would have been, or as a note, in its writer's name.

    Raises Conflict when it was released or dropped before, or when others said something after
    `expected_last_event`; Forbidden, Invalid, NotFound.
    """
    held, message, writer = await _held(db, held_id, by)
    if HeldReason.NEWCOMER in held.reasons:
        raise Forbidden(Refusal.CONFIRM_FIRST, address=message.author_address)
    conversation = await lock(db, message.conversation_id)
    verb = "note" if as_note else held.verb
    if verb == "reply" and HeldReason.TOKENS in held.reasons:
        raise Forbidden(Refusal.TOKEN_IN_FILE)
    if verb == "reply":
        await refuse_if_moved_on(db, conversation, expected_last_event, by)
        answer = await answer_again(db, message)
        sent = await publish(
            db, conversation, answer, by=writer, now=now, context=context, via="mail", rng=rng
        )
        published, tell_at, further = sent.message, sent.leaves_at, sent.payload
    else:
        published, further = await _publish_note(db, conversation, message, writer, now, rng)
        tell_at = now
    held.state, held.ended_at, held.verb = "released", now, verb
    await record(
        db,
        conversation.id,
        EventName.MESSAGE_RELEASED,
        by=Actor.agent(by.id, by.name),
        now=now,
        message_id=published.id,
        payload={"held": held.id, "verb": verb, **further},
        tell_at=tell_at,
    )
    return published


async def drop(db: Writer, held_id: int, *, by: Agent, now: datetime) -> Held:
    """Give a held answer up; its words stay to be read. Raises as `release` does."""
    held, message, _ = await _held(db, held_id, by)
    conversation = await lock(db, message.conversation_id)
    held.state, held.ended_at = "dropped", now
    await record(
        db,
        conversation.id,
        EventName.MESSAGE_DROPPED,
        by=Actor.agent(by.id, by.name),
        now=now,
        message_id=message.id,
        payload={"held": held.id},
    )
    return held


async def answer_again(db: Reader | Writer, message: Message) -> Answer:
    """What somebody wrote, out of the entry that keeps it, with its files and its HTML."""
    told = people_of(message.to) if not message.in_reply_to else ()
    held = await db.scalar(select(Held).where(Held.message_id == message.id))
    answer = Answer(
        text=message.text,
        files=await _files(db, message.id),
        cc=people_of(message.cc) or None,
        opening=next((Opening(to=one, subject=message.subject) for one in told), None),
        spool_id=message.spool_id,
        has_html=message.has_html,
        html=held.html if held else "",
        bcc=tuple(held.bcc) if held else (),
    )
    return replace(answer, **_of_plan(held.planned, message)) if held else answer


def _of_plan(planned: Mapping[str, Any], message: Message) -> dict[str, Any]:
    """Of an answer that leaves later, what its entry does not say by itself."""
    names = ("sender", "quote", "source", "is_markdown")
    found = {name: planned[name] for name in names if name in planned}
    return found | ({} if planned.get("to_all", True) else {"cc": people_of(message.cc)})


async def _publish_note(
    db: Writer,
    conversation: Conversation,
    message: Message,
    writer: Agent,
    now: datetime,
    rng: Callable[[int], bytes],
) -> tuple[Message, dict[str, object]]:
    again = await answer_again(db, message)
    words = Note(
        text=again.text, files=again.files, spool_id=again.spool_id, has_html=again.has_html
    )
    published = await write_note(db, conversation.id, words, by=writer, now=now, rng=rng)
    count_note(conversation, published)
    spoken = [one.id for one in (await mentioned(db, conversation.id, message.text)).people]
    cc = await copied(db, people_of(message.cc), writer)
    asked = await ask(db, published, spoken, cc, by=writer, now=now)
    return published, {"via": "mail", **asked}


async def _ask(
    db: Writer,
    held: Held,
    message: Message,
    writer: Agent,
    now: datetime,
    about: Mapping[str, object] | None,
) -> int:
    """The event from which the mail to its writer follows: what they are shown is known by it."""
    told = {name: value for name, value in (about or {}).items() if value}
    return await record(
        db,
        message.conversation_id,
        EventName.MESSAGE_HELD,
        by=Actor.agent(writer.id, writer.name),
        now=now,
        message_id=message.id,
        payload={"held": held.id, "verb": held.verb, "reasons": list(held.reasons), **told},
    )


async def _held(db: Writer, held_id: int, by: Agent) -> tuple[Held, Message, Agent]:
    held = await db.scalar(
        select(Held)
        .where(Held.id == held_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if held is None:
        raise NotFound(Refusal.NO_SUCH_ANSWER)
    if held.agent_id != by.id and by.role not in (Role.ADMIN, Role.MANAGER):
        raise Forbidden(Refusal.NOT_YOUR_ANSWER)
    if held.state != "waiting":
        was_released = held.state == "released"
        raise Conflict(Refusal.RELEASED_BEFORE if was_released else Refusal.DROPPED_BEFORE)
    message = await db.get_one(Message, held.message_id)
    return held, message, await db.get_one(Agent, held.agent_id)


async def _files(db: Reader | Writer, message_id: int) -> tuple[AnswerFile, ...]:
    rows = await db.scalars(select(File).where(File.message_id == message_id).order_by(File.id))
    return tuple(map(answer_file, rows))


async def grant_release(
    db: Writer,
    held: Held,
    conversation_id: int,
    by: Agent,
    now: datetime,
    secret: bytes,
    shown_event_id: int,
) -> None:
    """Let its writer decide about it by mail, knowing what was shown to them."""
    await db.execute(
        insert(ReplyToken).values(
            token_hash=hash_token(release_token(secret, held.id)),
            conversation_id=conversation_id,
            agent_id=by.id,
            address=by.email,
            purpose="release",
            held_id=held.id,
            shown_event_id=shown_event_id,
            created_at=now,
            expires_at=now + TOKEN_LIFE,
        )
    )
