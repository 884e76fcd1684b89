"""The files of a message as a mail takes them along: cut out of the raw mail, or from the web."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, select

from inbox.mail.compose import OutgoingFile
from inbox.mail.parts import leaf_bytes
from inbox.store.engine import Reader
from inbox.store.raw import raw_of
from inbox.store.tables import Blob, File, Message

# Built once: that takes longer than to run it where a message has no files, as nearly all have.
_OF_MESSAGE = select(File).where(File.message_id == bindparam("message_id")).order_by(File.id)


async def files_of(db: Reader, message_id: int) -> list[File]:
    """The files of a message, in their order."""
    return list(await db.scalars(_OF_MESSAGE, {"message_id": message_id}))


async def load_files(
    db: Reader, message: Message, files: Sequence[File], *, shown: Mapping[int, str] | None = None
) -> tuple[OutgoingFile, ...]:
    """The files with their bytes; `shown` has the content ids of those that the HTML shows."""
    shown = shown or {}
    if not files:
        return ()
    raw = await raw_bytes(db, message) if any(one.part is not None for one in files) else b""
    blobs = await _blobs(db, [one.blob for one in files if one.blob is not None])
    return tuple(
        OutgoingFile(
            filename=one.filename,
            content_type=one.content_type,
            content=blobs[one.blob] if one.blob is not None else leaf_bytes(raw, one.part or 0),
            content_id=shown.get(one.id, ""),
            inline=one.id in shown,
        )
        for one in files
    )


async def raw_bytes(db: Reader, message: Message) -> bytes:
    """The mail that a message came in, as it came; nothing for one from the web.

    Raises Unreadable, OutOfReach: then what needs it is tried again later.
    """
    raw = await raw_of(db, message.spool_id)
    return await raw.read() if raw else b""


async def _blobs(db: Reader, keys: Sequence[bytes]) -> dict[bytes, bytes]:
    if not keys:
        return {}
    rows = await db.execute(select(Blob.sha256, Blob.content).where(Blob.sha256.in_(keys)))
    return {row.sha256: row.content for row in rows}
