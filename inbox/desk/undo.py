"""The verb that takes an answer back before it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from inbox.desk.addresses import people_of
from inbox.desk.afterwards import done_along, until_of
from inbox.desk.answer import AnswerFile
from inbox.desk.entry import answer_file
from inbox.desk.participants import forget_participants
from inbox.desk.record import record
from inbox.desk.recount import recount_words
from inbox.desk.returning import wake_in_time
from inbox.desk.standing import put_back, read
from inbox.desk.unsaid import forget_message
from inbox.errors import Conflict, Forbidden, NotFound
from inbox.model.actor import Actor
from inbox.model.address import Address
from inbox.model.conversation import ActorKind, MessageKind
from inbox.model.event import EventName
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.followers import remove_follower
from inbox.store.locks import lock
from inbox.store.tables import (
    Agent,
    Conversation,
    Event,
    File,
    Message,
    MessageRef,
    Outbound,
    OutboundRecipient,
)
from inbox.threading.references import hash_id


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What was written, for the composer; of its files those that came by the web."""

    text: str
    is_markdown: bool = False  # the text is what was typed
    cc: tuple[Address, ...] = ()
    bcc: tuple[str, ...] = ()
    sender: str = ""
    quote: bool | None = None
    until: datetime | None = None  # when it was to leave, or to come back
    files: tuple[AnswerFile, ...] = ()
    passed: int = 0  # the mail that was passed on with it
    passed_files: tuple[int, ...] | None = None  # of its files, or all
    to: tuple[Address, ...] = ()


async def undo(db: Writer, message_id: int, *, by: Agent, now: datetime) -> TakenBack:
    """Take back one's own answer while it waits, and return what was written.

    The conversation is as before, with what was done along with the answer, unless something else
    happened in it since. Raises Conflict when the mail has left, Forbidden for somebody else's,
    NotFound.
    """
    message = await db.get(Message, message_id)
    if message is None or message.kind not in (MessageKind.REPLY, MessageKind.FORWARD):
        raise NotFound(Refusal.NO_SUCH_ANSWER)
    if (message.author_kind, message.author_id) != (ActorKind.AGENT, by.id):
        raise Forbidden(Refusal.NOT_YOUR_ANSWER)
    conversation = await lock(db, message.conversation_id)
    told = await _told(db, message_id)
    rows = await db.execute(
        delete(Outbound)
        .where(
            Outbound.message_id == message_id,
            Outbound.kind == message.kind,
            Outbound.state == "waiting",
            Outbound.run_at > now,
        )
        .returning(Outbound.header_id, Outbound.draft, Outbound.run_at)
    )
    taken = rows.one_or_none()
    if taken is None:
        raise await _too_late(db, message_id)
    event = await db.scalar(
        select(Event).where(
            Event.message_id == message_id,
            Event.name.in_(
                (
                    EventName.MESSAGE_REPLIED,
                    EventName.MESSAGE_RELEASED,
                    EventName.MESSAGE_FORWARDED,
                )
            ),
        )
    )
    along = await done_along(db, conversation, event)
    is_as_before = _put_back(conversation, event, along)
    await wake_in_time(db, conversation)
    await forget_participants(db, message, event.payload.get("drawn_in", []) if event else [])
    for one in event.payload.get("followers", []) if event else []:
        await remove_follower(db, conversation.id, one)
    until = taken.run_at if taken.draft.get("later") else until_of(along)
    taken_back = replace(await _read(db, message, taken.draft, told), until=until)
    await _forget(db, message, taken.header_id)
    if not is_as_before:  # the list shows its words no more
        await recount_words(db, conversation)
    await record(
        db,
        conversation.id,
        EventName.MESSAGE_DROPPED,
        by=Actor.agent(by.id, by.name),
        now=now,
        payload={"undone": True} | _to_whom(event),
    )
    return taken_back


def _to_whom(event: Event | None) -> dict[str, str]:
    is_forward = event is not None and event.name == EventName.MESSAGE_FORWARDED
    return {"value": event.payload["value"]} if event and is_forward else {}


async def _too_late(db: Writer, message_id: int) -> Conflict | NotFound:
    """Taken back from another page in the same moment, it has not left."""
    is_there = await db.scalar(select(Message.id).where(Message.id == message_id))
    return Conflict(Refusal.HAS_LEFT) if is_there else NotFound(Refusal.NO_SUCH_ANSWER)


async def _told(db: Writer, message_id: int) -> list[str]:
    return list(
        await db.scalars(
            select(OutboundRecipient.address)
            .join(Outbound, Outbound.id == OutboundRecipient.outbound_id)
            .where(Outbound.message_id == message_id)
            .order_by(OutboundRecipient.address)
        )
    )


async def _read(
    db: Writer, message: Message, draft: dict[str, Any], told: Sequence[str]
) -> TakenBack:
    files = await db.scalars(
        select(File).where(File.message_id == message.id, File.blob.is_not(None)).order_by(File.id)
    )
    seen = {one.address for one in (*people_of(message.to), *people_of(message.cc))}
    return TakenBack(
        text=draft.get("source") or message.text,
        is_markdown=bool(draft.get("markdown")),
        cc=people_of(message.cc),
        bcc=tuple(one for one in told if one not in seen),
        sender=draft.get("address", ""),
        quote=draft["answers"] is not None if "answers" in draft else draft.get("quotes"),
        files=tuple(map(answer_file, files)),
        passed=draft["mail"] if draft.get("passes") else 0,
        passed_files=tuple(draft["files"]) if "files" in draft else None,
        to=people_of(message.to),
    )


def _put_back(conversation: Conversation, event: Event | None, along: Sequence[Event]) -> bool:
    last = along[-1] if along else event
    if event is None or last is None or last.id != conversation.last_event_id:
        return False  # somebody has done something since: what they have done stays
    was: dict[str, Any] = event.payload["was"]
    conversation.message_count -= 1
    put_back(conversation, was)
    conversation.snippet = was["snippet"]
    conversation.has_files = was["has_files"]
    if not any(one.name == EventName.MESSAGE_NOTED for one in along):  # comments stay
        before = read(was["last_message_at"])
        conversation.last_message_at = before or conversation.last_message_at
    return True


async def _forget(db: Writer, message: Message, header_id: str) -> None:
    await db.execute(delete(MessageRef).where(MessageRef.id_hash == hash_id(header_id)))
    await forget_message(db, message)
