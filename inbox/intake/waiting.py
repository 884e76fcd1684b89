"""Mails that came and are not in a conversation yet: seen, tried now, or dropped."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import text

from inbox.errors import NotFound
from inbox.intake import quarantine
from inbox.outbound import waiting as outgoing
from inbox.settings import Settings
from inbox.store.engine import Reader, Writer

_LIST = text("""
select spool.id, spool.state, sender, recipients, size, source, received_at,
       coalesce(spool.error, job.error, '') as error, job.attempts, job.run_at as next_try_at
  from spool
  left join job on job.kind = 'intake.process' and job.done_at is null
                and (job.args ->> 'spool_id')::bigint = spool.id
 where state <> 'done' order by spool.id limit :limit
""")
_NOW = text("""
update job set run_at = now()
 where kind = 'intake.process' and done_at is null and (args ->> 'spool_id')::bigint = :id
returning id
""")
# Dropped is not forgotten: the bytes stay in the spool until its retention ends.
_DROP = text("""
with mail as (
    update spool set state = 'done', error = 'dropped by an administrator'
     where id = :id and state <> 'done' returning id
), job as (
    delete from job where kind = 'intake.process' and done_at is null
       and (args ->> 'spool_id')::bigint in (select id from mail)
)
select id from mail
""")


async def list_unkept(db: Reader | Writer, *, limit: int = 1000) -> list[dict[str, Any]]:
    """The mails that are not in a conversation yet, set aside ones included, oldest first."""
    rows = await db.execute(_LIST, {"limit": limit})
    return [{**row._mapping, "recipients": list(row.recipients)} for row in rows]


async def try_again(db: Writer, spool_id: int) -> None:
    """Work a mail off now, whether it waits or was set aside. Raises NotFound."""
    if not (await db.execute(_NOW, {"id": spool_id})).all():
        await quarantine.retry(db, spool_id)


async def try_all_again(db: Writer, settings: Settings, *, now: datetime) -> int:
    """Try everything now that waits, in and out; how many mails. What was given up stays so, and
    what the relay is being told just now goes on: begun anew it would arrive twice.
    """
    tried = 0
    for one in await list_unkept(db):
        with suppress(NotFound):  # a worker was faster
            await try_again(db, one["id"])
            tried += 1
    for one in await outgoing.list_unsent(db):
        if one["state"] != "waiting" or one["run_at"] > now:
            continue  # nothing leaves earlier than it was meant to
        with suppress(NotFound):
            await outgoing.try_again(db, one["id"], settings)
            tried += 1
    return tried


async def drop(db: Writer, spool_id: int) -> None:
    """Never work a mail off. Raises NotFound for one that is done."""
    if await db.scalar(_DROP, {"id": spool_id}) is None:
        raise NotFound(f"no incoming mail {spool_id} waits")
