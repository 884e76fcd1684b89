"""What conversations are called, and by whom: for lists of places to go to."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select

from inbox.model.viewer import Viewer
from inbox.store.conversations import visible_to
from inbox.store.engine import Reader
from inbox.store.tables import Conversation, Customer, CustomerAddress


async def titles_of(
    db: Reader, viewer: Viewer, conversations: Collection[int]
) -> dict[int, tuple[str, str]]:
    """Subject and customer of those that exist for this person; of others nothing."""
    address = (
        select(func.min(CustomerAddress.address))
        .where(CustomerAddress.customer_id == Customer.id)
        .scalar_subquery()
    )
    rows = await db.execute(
        select(
            Conversation.id,
            Conversation.subject,
            func.coalesce(func.nullif(Customer.name, ""), address, ""),
        )
        .join(Customer, Customer.id == Conversation.customer_id)
        .where(Conversation.id.in_(conversations), visible_to(viewer))
    )
    return {one: (subject, who) for one, subject, who in rows}
