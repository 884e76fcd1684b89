"""Mails that could not be kept: set aside where people see them, and tried again when asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text

from inbox.errors import NotFound
from inbox.jobs.queue import enqueue
from inbox.log import get_logger
from inbox.store.engine import Reader, Writer
from inbox.store.raw import Raw

log = get_logger("intake")

_SET_ASIDE = text("""
update spool set state = 'set_aside', error = :error where id = :spool_id and state <> 'done'
""")
_LIST = text("""
select id, sender, recipients, size, source, peer, received_at, coalesce(error, '') as error
  from spool where state = 'set_aside' and id < coalesce(cast(:before as bigint), id + 1)
 order by id desc limit :limit
""")
_RAW = text("select raw, store, blob from spool where id = :spool_id and state = 'set_aside'")
_AGAIN = text("""
update spool set state = 'waiting', error = null
 where id = :spool_id and state = 'set_aside' returning id
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A mail that waits for a person's look, and why."""

    id: int
    sender: str
    recipients: tuple[str, ...]
    size: int
    source: str
    peer: str
    received_at: datetime
    error: str


async def set_aside(db: Writer, spool_id: int, error: str) -> None:
    """Take a mail out of the way, with the reason; its bytes stay."""
    await db.execute(_SET_ASIDE, {"spool_id": spool_id, "error": error.replace("\0", "")[:1000]})
    log.warning("mail.set_aside", spool=spool_id)


async def give_up(db: Writer, args: dict[str, Any], reason: str) -> None:
    """What happens when the last try has failed."""
    await set_aside(db, int(args["spool_id"]), reason)


async def list_set_aside(
    db: Reader | Writer, *, limit: int = 100, before: int | None = None
) -> list[SetAside]:
    """The mails that were set aside, newest first; `before` continues a list at an id."""
    rows = await db.execute(_LIST, {"limit": limit, "before": before})
    return [SetAside(**{**row._mapping, "recipients": tuple(row.recipients)}) for row in rows]


async def original(db: Reader | Writer, spool_id: int) -> bytes:
    """The bytes of a mail that was set aside. Raises NotFound, Unreadable, OutOfReach."""
    found = (await db.execute(_RAW, {"spool_id": spool_id})).one_or_none()
    if found is None:
        raise NotFound("no such mail is set aside")
    return await Raw(*found).read()


async def retry(db: Writer, spool_id: int) -> None:
    """Try a mail again, with as many tries as a new one. Raises NotFound."""
    if await db.scalar(_AGAIN, {"spool_id": spool_id}) is None:
        raise NotFound("no such mail is set aside")
    await enqueue(db, "intake.process", key=f"intake:{spool_id}", spool_id=spool_id)
