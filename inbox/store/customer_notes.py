"""What our people have noted about customers."""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, select

from inbox.store.engine import Reader, Writer
from inbox.store.tables import CustomerNote

MOST: Final = 50


_NOTES: Final = (
    select(CustomerNote)
    .where(CustomerNote.customer_id == bindparam("customer"), CustomerNote.removed_at.is_(None))
    .order_by(CustomerNote.id.desc())
    .limit(MOST)
)


async def notes_about(db: Reader | Writer, customer_id: int) -> list[CustomerNote]:
    """The newest first; whoever asks may see a conversation of the customer."""
    return list(await db.scalars(_NOTES, {"customer": customer_id}))
