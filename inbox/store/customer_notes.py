"""What our people have noted about customers."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from inbox.store.engine import Reader, Writer
from inbox.store.tables import CustomerNote

MOST: Final = 50


async def notes_about(db: Reader | Writer, customer_id: int) -> list[CustomerNote]:
    """The newest first; whoever asks may see a conversation of the customer."""
    found = select(CustomerNote).where(
        CustomerNote.customer_id == customer_id, CustomerNote.removed_at.is_(None)
    )
    return list(await db.scalars(found.order_by(CustomerNote.id.desc()).limit(MOST)))
