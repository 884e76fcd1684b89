"""Which conversations have to do with each other, as far as a person may know of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from inbox.model.viewer import Viewer
from inbox.store.conversations import visible_to
from inbox.store.customers import first_address
from inbox.store.engine import Reader
from inbox.store.tables import Conversation, Customer, Message

MOST: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Another conversation; `match` is the verdict that made the link, where one did."""

    id: int
    subject: str
    customer: str
    match: dict[str, Any] = field(default_factory=dict)


async def linked(db: Reader, viewer: Viewer, ids: Collection[int]) -> dict[int, Linked]:
    """By id those of the conversations that exist for the person; merges are followed."""
    if not ids:
        return {}
    was = aliased(Conversation)
    rows = await db.execute(
        select(was.id.label("was"), Conversation.id, Conversation.subject, _customer())
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


async def links_to(db: Reader, viewer: Viewer, conversation: Conversation) -> list[Linked]:
    """The conversations that refer to this one, the newest first, each with its mail's verdict."""
    match = (
        select(Message.match)
        .where(Message.conversation_id == Conversation.id)
        .order_by(Message.id)
        .limit(1)
        .scalar_subquery()
    )
    return await _listed(
        db,
        select(Conversation.id, Conversation.subject, _customer(), match.label("match"))
        .where(Conversation.refers_to == conversation.id, visible_to(viewer))
        .order_by(Conversation.id.desc())
        .limit(MOST),
    )


async def others_of_customer(
    db: Reader, viewer: Viewer, conversation: Conversation
) -> list[Linked]:
    """Other conversations of the same customer, those first in which something happened last."""
    return await _listed(
        db,
        select(Conversation.id, Conversation.subject, _customer())
        .where(
            Conversation.customer_id == conversation.customer_id,
            Conversation.id != conversation.id,
            visible_to(viewer),
        )
        .order_by(Conversation.last_message_at.desc())
        .limit(MOST),
    )


async def _listed(db: Reader, query: Any) -> list[Linked]:
    rows = await db.execute(query)
    return [Linked(**{**row._mapping, "customer": row.customer or ""}) for row in rows]


def _customer() -> Any:
    name = select(Customer.name).where(Customer.id == Conversation.customer_id).scalar_subquery()
    return func.coalesce(func.nullif(name, ""), first_address(Conversation.customer_id)).label(
        "customer"
    )
