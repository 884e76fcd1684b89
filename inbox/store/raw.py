"""The raw mail of a spool row, wherever it lies."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from inbox.store.blobs import fetch
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Spool

# Built once: that takes longer than to run it.
_RAW = select(Spool.raw, Spool.store, Spool.blob).where(Spool.id == bindparam("spool_id"))


@dataclass(frozen=True, slots=True)
class Raw:
    """A mail as it came: its bytes, or where they lie."""

    content: bytes | None
    store: str | None
    blob: str | None

    async def read(self) -> bytes:
        """Its bytes; better asked for when no transaction waits. Raises Unreadable, OutOfReach."""
        if self.content is not None:
            return self.content
        return await fetch(self.store or "", self.blob or "")


async def raw_of(db: Reader | Writer, spool_id: int | None) -> Raw | None:
    """The mail of a spool row; None where there is no such row."""
    if spool_id is None:
        return None
    found = await db.execute(_RAW, {"spool_id": spool_id})
    row = found.one_or_none()
    return row and Raw(row.raw, row.store, row.blob)
