"""The pictures below the signatures of mailboxes."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from inbox.store.engine import Reader, Writer
from inbox.store.tables import Logo


async def keep_logo(
    db: Writer, key: bytes, content: bytes, content_type: str, width: int, height: int
) -> None:
    """Keep a picture under its SHA-256, for ever: a mail with it may leave in a year."""
    row = {
        "sha256": key,
        "content": content,
        "content_type": content_type,
        "width": width,
        "height": height,
    }
    await db.execute(insert(Logo).values(row).on_conflict_do_nothing())


async def logo_by(db: Reader | Writer, key: bytes) -> Logo | None:
    """The picture with this SHA-256."""
    return await db.scalar(select(Logo).where(Logo.sha256 == key))
