"""Which conversations have to do with each other, as far as a person may know of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from inbox.model.viewer import Viewer
from inbox.store.conversations import VISIBLE, visible_to
from inbox.store.customers import first_address
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement
from inbox.store.tables import Conversation, Customer, Event, Message

MOST: Final = 20
MOST_SHOWN: Final = 10  # of a customer's others beside one of them


_NAME: Final = (
    select(Customer.name).where(Customer.id == Conversation.customer_id).scalar_subquery()
)
_CUSTOMER: Final = func.coalesce(
    func.nullif(_NAME, ""), first_address(Conversation.customer_id)
).label("customer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Another conversation; `match` is the verdict that made the link, where one did."""

    id: int
    subject: str
    customer: str
    match: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another conversation of the same customer."""

    id: int
    subject: str
    customer: str
    snippet: str
    status: str
    last_message_at: datetime


async def undone_of(db: Reader, moved: Collection[int]) -> frozenset[int]:
    """Of moves of mails to elsewhere those that were undone, which is told there."""
    if not moved:
        return frozenset()
    undoes = Event.payload["undoes"].as_integer()
    there = aliased(Event)
    rows = await db.scalars(
        select(undoes)
        .join(there, Event.conversation_id == there.payload["to"].as_integer())
        .where(there.id.in_(moved), undoes == there.id)
    )
    return frozenset(rows)


async def linked(db: Reader | Writer, viewer: Viewer, ids: Collection[int]) -> dict[int, Linked]:
    """By id those of the conversations that exist for the person; merges are followed."""
    if not ids:
        return {}
    was = aliased(Conversation)
    rows = await db.execute(
        select(was.id.label("was"), Conversation.id, Conversation.subject, _CUSTOMER)
        .select_from(was)
        .join(Conversation, Conversation.id == func.coalesce(was.merged_into, was.id))
        .where(was.id.in_(sorted(ids)), visible_to(viewer))
    )
    return {
        row.was: Linked(id=row.id, subject=row.subject, customer=row.customer or "") for row in rows
    }


async def links_from(db: Reader, viewer: Viewer, conversation: Conversation) -> Linked | None:
    """The conversation that this one refers to, and the verdict of the mail that says so."""
    if conversation.refers_to is None:
        return None
    found = await linked(db, viewer, [conversation.refers_to])
    there = found.get(conversation.refers_to)
    if there is None or there.id == conversation.id:
        return None
    match = await db.scalar(
        select(Message.match)
        .where(Message.conversation_id == conversation.id)
        .order_by(Message.id)
        .limit(1)
    )
    return Linked(id=there.id, subject=there.subject, customer=there.customer, match=match or {})


# Of the mail that was taken in first: it has begun the conversation, and said what it refers to.
_FIRST_MATCH: Final = (
    select(Message.match)
    .where(Message.conversation_id == Conversation.id)
    .order_by(Message.id)
    .limit(1)
    .scalar_subquery()
    .label("match")
)
_LINKS_TO: Final = Statement.of(
    select(Conversation.id, Conversation.subject, _CUSTOMER, _FIRST_MATCH)
    .where(Conversation.refers_to == bindparam("conversation"), VISIBLE)
    .order_by(Conversation.id.desc())
    .limit(MOST)
)


async def links_to(db: Reader, viewer: Viewer, conversation: Conversation) -> list[Linked]:
    """The conversations that refer to this one, the newest first, each with its mail's verdict."""
    boxes = sorted(viewer.mailboxes)
    rows = await _LINKS_TO.rows(db, conversation=conversation.id, boxes=boxes)
    return [Linked(**{**row, "customer": row["customer"] or ""}) for row in rows]


_OTHERS: Final = Statement.of(
    select(
        Conversation.id,
        Conversation.subject,
        _CUSTOMER,
        Conversation.snippet,
        Conversation.status,
        Conversation.last_message_at,
    )
    .where(
        Conversation.customer_id == bindparam("customer"),
        Conversation.id != bindparam("conversation"),
        VISIBLE,
    )
    .order_by(Conversation.last_message_at.desc())
    .limit(MOST)
)


async def others_of_customer(db: Reader, viewer: Viewer, conversation: Conversation) -> list[Other]:
    """Other conversations of the same customer, those first in which something happened last."""
    rows = await _OTHERS.rows(
        db,
        customer=conversation.customer_id,
        conversation=conversation.id,
        boxes=sorted(viewer.mailboxes),
    )
    return [Other(**{**row, "customer": row["customer"] or ""}) for row in rows]
