"""What a conversation's page shows: its messages, files, events, and how far our answers got."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BigInteger, bindparam, func, or_, select, tuple_
from sqlalchemy.dialects.postgresql import ARRAY

from inbox.errors import NotFound
from inbox.model.conversation import MessageKind
from inbox.model.viewer import Viewer
from inbox.store.arrived import NEWEST_FIRST, OLDEST_FIRST, place
from inbox.store.conversations import visible_to
from inbox.store.engine import Reader, Writer
from inbox.store.objects import Objects
from inbox.store.statement import Statement
from inbox.store.tables import (
    Blob,
    Conversation,
    Event,
    File,
    Held,
    Message,
    Outbound,
    OutboundRecipient,
)

SHOWN: Final = 40
# The kinds of messages that a mail carries to somebody outside, which is of the same kind.
CARRIED: Final = (MessageKind.REPLY, MessageKind.FORWARD)


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far an answer of ours got, with the words of the other side for each recipient."""

    outbound: Outbound
    recipients: list[OutboundRecipient]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The newest part of a conversation, oldest entry first."""

    messages: list[Message]
    events: list[Event]
    files: dict[int, list[File]] = field(default_factory=dict)
    deliveries: dict[int, Delivery] = field(default_factory=dict)
    held: dict[int, Held] = field(default_factory=dict)
    earlier: int = 0  # messages before these


# Made once: making them takes longer than their answers.
_NEWEST: Final = (
    select(Message)
    .where(Message.conversation_id == bindparam("conversation"))
    .order_by(*NEWEST_FIRST)
    .limit(bindparam("most"))
)
_EVENTS: Final = (
    select(Event).where(Event.conversation_id == bindparam("conversation")).order_by(Event.id)
)
_ALL_NEWEST: Final = Objects(Message, _NEWEST)
_ALL_EVENTS: Final = Objects(Event, _EVENTS)


async def read_timeline(
    db: Reader, conversation_id: int, *, before: int | None = None, most: int = SHOWN
) -> Timeline:
    """The newest messages, up to `most` of them, and what happened beside them.

    With `before` those that came before this message: a page of an earlier time.
    """
    newest, events, about = _NEWEST, _EVENTS, {"conversation": conversation_id}
    if before is not None:
        until = await db.scalar(select(Message.received_at).where(Message.id == before))
        if until is None:  # it was taken back since the page was made
            newest = newest.where(Message.id < before)
        else:
            newest = newest.where(place < tuple_(until, before))
            events = events.where(Event.at < until)
    if newest is _NEWEST:
        found = (await _ALL_NEWEST.all(db, **about, most=most))[::-1]
    else:
        found = [*await db.scalars(newest, {**about, "most": most})][::-1]
    total = len(found)
    if total == most:
        every = newest.order_by(None).limit(None).with_only_columns(func.count())
        total = await db.scalar(every, about) or 0
    if total > len(found):
        events = events.where(Event.at >= found[0].received_at)
    ids = [message.id for message in found]
    if events is _EVENTS:
        happened = await _ALL_EVENTS.all(db, **about)
    else:
        happened = [*await db.scalars(events, about)]
    return Timeline(
        messages=found,
        events=happened,
        files=await _files(db, ids),
        deliveries=await deliveries(db, [one.id for one in found if one.kind in CARRIED]),
        held=await _held(db, [message.id for message in found if message.kind == "held"]),
        earlier=total - len(found),
    )


async def window_of(db: Reader, conversation_id: int, message_id: int) -> int | None:
    """Before which message the page ends that has this one in its middle; None for the newest."""
    there = select(*OLDEST_FIRST).where(Message.id == message_id).scalar_subquery()
    after = (
        select(Message.id)
        .where(Message.conversation_id == conversation_id, place > there)
        .order_by(*OLDEST_FIRST)
    )
    is_near_the_end = await db.scalar(after.offset(SHOWN - 1).limit(1)) is None
    return None if is_near_the_end else await db.scalar(after.offset(SHOWN // 2).limit(1))


async def events_page(
    db: Reader, conversation_id: int, *, before: int | None, limit: int
) -> list[Event]:
    """What happened to a conversation, the newest first, before one of these."""
    found = select(Event).where(Event.conversation_id == conversation_id)
    if before is not None:
        found = found.where(Event.id < before)
    return list(await db.scalars(found.order_by(Event.id.desc()).limit(limit)))


async def messages_page(
    db: Reader, conversation_id: int, *, limit: int, after: tuple[datetime, int] | None = None
) -> list[Message]:
    """Up to `limit` messages of a conversation, the oldest first, after one of them."""
    found = select(Message).where(Message.conversation_id == conversation_id)
    if after:
        found = found.where(place > tuple_(*after))
    return list(await db.scalars(found.order_by(*OLDEST_FIRST).limit(limit)))


async def find_message(db: Reader | Writer, viewer: Viewer, message_id: int) -> Message:
    """A message of whatever conversation that exists for this person. Raises NotFound."""
    found = await db.scalar(
        select(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Message.id == message_id, visible_to(viewer))
    )
    if found is None:
        raise NotFound
    return found


_IDS: Final = func.any(bindparam("ids", type_=ARRAY(BigInteger)))
_CARRIERS: Final = Objects(
    Outbound,
    select(Outbound)
    .where(Outbound.message_id == _IDS, or_(*(Outbound.kind == kind for kind in CARRIED)))
    .order_by(Outbound.id),
)
_RECIPIENTS: Final = Objects(
    OutboundRecipient,
    select(OutboundRecipient)
    .where(OutboundRecipient.outbound_id == _IDS)
    .order_by(OutboundRecipient.address),
)


async def deliveries(db: Reader, message_ids: list[int]) -> dict[int, Delivery]:
    """By message the mail that carries it to the customer; the newest, if there were several."""
    if not message_ids:
        return {}
    rows = await _CARRIERS.all(db, ids=message_ids)
    by_outbound: dict[int, list[OutboundRecipient]] = {}
    if rows:
        for recipient in await _RECIPIENTS.all(db, ids=[row.id for row in rows]):
            by_outbound.setdefault(recipient.outbound_id, []).append(recipient)
    return {
        row.message_id: Delivery(row, by_outbound.get(row.id, []))
        for row in rows
        if row.message_id is not None
    }


_CUSTOMER: Final = Statement("""
select coalesce((select name from customer where id = :customer), '') as name,
       array(select address from customer_address
              where customer_id = :customer order by created_at) as addresses
""")


async def customer_of(db: Reader, customer_id: int) -> tuple[str, list[str]]:
    """A customer's name and addresses, the oldest first."""
    [row] = await _CUSTOMER.rows(db, customer=customer_id)
    return row["name"], row["addresses"]


@dataclass(frozen=True, slots=True)
class Wordless:
    """What a mail is that says nothing a list could show."""

    invitation: dict[str, Any] | None
    protection: str


_WORDLESS: Final = Statement("""
select distinct on (conversation_id) conversation_id as id, invitation, protection from message
 where conversation_id = any(cast(:conversations as bigint[]))
   and (invitation is not null or protection <> '')
 order by conversation_id, received_at desc, message.id desc
""")


async def newest_wordless(db: Reader, conversations: list[int]) -> dict[int, Wordless]:
    """The newest invitation or encrypted mail of each of these conversations that has one."""
    found = await _WORDLESS.rows(db, conversations=conversations)
    return {row["id"]: Wordless(row["invitation"], row["protection"]) for row in found}


async def get_message(
    db: Reader | Writer, viewer: Viewer, conversation_id: int, message_id: int
) -> Message:
    """A message of a conversation that exists for this person. Raises NotFound."""
    found = await db.scalar(
        select(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Message.id == message_id, Message.conversation_id == conversation_id)
        .where(visible_to(viewer))
    )
    if found is None:
        raise NotFound
    return found


async def get_held(
    db: Reader | Writer, viewer: Viewer, conversation_id: int, message_id: int
) -> Held:
    """The held answer that a message is, if it still waits. Raises NotFound."""
    message = await get_message(db, viewer, conversation_id, message_id)
    found = await db.scalar(select(Held).where(Held.message_id == message.id))
    if found is None:
        raise NotFound
    return found


async def get_file(
    db: Reader, viewer: Viewer, conversation_id: int, file_id: int
) -> tuple[File, Message]:
    """A file of a conversation that exists for this person, and its message. Raises NotFound."""
    row = (
        await db.execute(
            select(File, Message)
            .join(Message, Message.id == File.message_id)
            .join(Conversation, Conversation.id == Message.conversation_id)
            .where(File.id == file_id, Message.conversation_id == conversation_id)
            .where(visible_to(viewer))
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return row.File, row.Message


async def files_of(db: Reader, message_id: int) -> list[File]:
    """The files of a message, in their order."""
    return (await _files(db, [message_id])).get(message_id, [])


async def blob_of(db: Reader | Writer, sha256: bytes) -> bytes | None:
    """Bytes that came by the web."""
    return await db.scalar(select(Blob.content).where(Blob.sha256 == sha256))


async def blob_size(db: Reader | Writer, sha256: bytes) -> int | None:
    """How many bytes came by the web; None for what is not kept."""
    return await db.scalar(select(func.octet_length(Blob.content)).where(Blob.sha256 == sha256))


_FILES: Final = Objects(File, select(File).where(File.message_id == _IDS).order_by(File.id))


async def _files(db: Reader, message_ids: list[int]) -> dict[int, list[File]]:
    if not message_ids:
        return {}
    found: dict[int, list[File]] = {}
    for file in await _FILES.all(db, ids=message_ids):
        found.setdefault(file.message_id, []).append(file)
    return found


async def _held(db: Reader, message_ids: list[int]) -> dict[int, Held]:
    if not message_ids:
        return {}
    rows = await db.scalars(select(Held).where(Held.message_id.in_(message_ids)))
    return {row.message_id: row for row in rows}
