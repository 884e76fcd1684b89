"""Mails that have not left: what an administrator sees of them, tries again, or drops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from inbox.errors import NotFound
from inbox.settings import Settings
from inbox.store.engine import Reader, Writer

_LIST = text("""
select outbound.id, kind, state, sender, header_id, conversation_id, created_at, run_at,
       coalesce(error, '') as error, maybe_twice,
       array(select address from outbound_recipient
              where outbound_id = outbound.id and outbound_recipient.state <> 'sent'
              order by address) as recipients,
       (select min(job.run_at) from job
         where job.kind = 'outbound.deliver' and job.done_at is null
           and (job.args ->> 'outbound_id')::bigint = outbound.id) as next_try_at
  from outbound where state in ('waiting', 'sending', 'failed')
 order by outbound.id limit :limit
""")
_WAIT_AGAIN = text("""
with mail as (
    update outbound set state = 'waiting', run_at = least(run_at, now()),
           maybe_twice = maybe_twice or state = 'sending'
     where id = :id and state in ('waiting', 'sending', 'failed') returning id
), addressed as (
    update outbound_recipient set state = 'waiting'
     where outbound_id in (select id from mail) and state = 'failed'
)
select id from mail
""")
_MOVED = text("""
update job set run_at = now()
 where kind = 'outbound.deliver' and done_at is null and (args ->> 'outbound_id')::bigint = :id
returning id
""")
_PLAN = text("""
insert into job (kind, args, rank)
values ('outbound.deliver', jsonb_build_object('outbound_id', cast(:id as bigint)), 0)
""")
# A mail that is being talked about with the relay just now cannot be called back.
_DROP = text("""
with mail as (
    update outbound set state = 'cancelled', error = 'dropped by an administrator'
     where id = :id and state in ('waiting', 'failed') returning id
), job as (
    delete from job where kind = 'outbound.deliver' and done_at is null
       and (args ->> 'outbound_id')::bigint in (select id from mail)
)
select kind, conversation_id, message_id,
       array(select address from outbound_recipient
              where outbound_id = :id and state <> 'sent' order by address) as recipients
  from outbound where id in (select id from mail)
""")


@dataclass(frozen=True, slots=True)
class Dropped:
    """A mail that is not sent, and to whom it would have gone."""

    kind: str
    conversation_id: int | None
    message_id: int | None
    recipients: tuple[str, ...]


async def list_unsent(db: Reader | Writer, *, limit: int = 1000) -> list[dict[str, Any]]:
    """The mails that have not left or could not, oldest first."""
    rows = await db.execute(_LIST, {"limit": limit})
    return [{**row._mapping, "recipients": list(row.recipients)} for row in rows]


async def try_again(db: Writer, outbound_id: int, settings: Settings) -> None:
    """Try a mail again now; what a recipient has already is not sent twice. Raises NotFound."""
    if await db.scalar(_WAIT_AGAIN, {"id": outbound_id}) is None:
        raise NotFound(f"no outgoing mail {outbound_id} waits")
    is_planned = (await db.execute(_MOVED, {"id": outbound_id})).all()
    if settings.relay_url and not is_planned:
        await db.execute(_PLAN, {"id": outbound_id})


async def drop(db: Writer, outbound_id: int) -> Dropped:
    """Never send a mail. Raises NotFound for one that has left or is leaving."""
    row = (await db.execute(_DROP, {"id": outbound_id})).one_or_none()
    if row is None:
        raise NotFound(f"no outgoing mail {outbound_id} waits")
    return Dropped(row.kind, row.conversation_id, row.message_id, tuple(row.recipients))
