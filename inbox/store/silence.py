"""Who does not answer us, as far as the rows tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from inbox.store.engine import Writer
from inbox.store.statement import Statement

# Who is reminded has got our last answer: one of us has written to them. Not where our mails do not
# reach them, and not whose own mail a machine wrote, or somebody else in their name. Since when we
# wait is when we have written, or one of us has said that we wait.
_SILENT = Statement("""
with said as (
    select id, received_at, "to" -> 0 ->> 'address' as address from message
     where conversation_id = :id and kind = 'reply' and visibility = 'public'
       and author_kind = 'agent'
     order by received_at desc, id desc limit 1
), newest as (
    select id, language, verdict, proof, spool_id from message
     where conversation_id = :id and kind = 'mail' and visibility = 'public'
       and author_kind = 'customer'
     order by received_at desc, id desc limit 1
)
select said.id as message_id, said.received_at as said_at, said.address, newest.language,
       exists (select from message m  -- or wrote before, and nobody knew it yet
                where m.conversation_id = :id and m.kind = 'mail' and m.visibility = 'public'
                  and m.author_kind = 'customer' and m.id > said.id) as has_answered,
       greatest(said.received_at, (select max(at) from event
                                    where event.conversation_id = :id
                                      and name = 'conversation.waiting')) as waits_since,
       (select coalesce(head, substring(raw, 1, 65536)) from spool
         where spool.id = newest.spool_id) as head,
       (select max(created_at) from outbound
         where outbound.conversation_id = :id and kind = 'reminder' and state <> 'cancelled'
           and created_at > said.received_at) as reminded_at
  from said left join newest on true
 where coalesce(newest.verdict ->> 'kind', 'human') = 'human'
   and newest.proof ->> 'dmarc' is distinct from 'fail'
   and not exists (select from outbound_recipient r join outbound o on o.id = r.outbound_id
                    where o.conversation_id = :id and r.address = said.address
                      and r.state = 'failed')
""")
# Nothing where its mailbox reminds nobody. What happens besides puts nothing off: who looks too
# early looks again.
_LOOK_LATER = Statement("""
insert into job (kind, key, args, rank, run_at)
select 'silence.look', 'silence:' || c.id, jsonb_build_object('conversation_id', c.id), 2,
       cast(:now as timestamptz) + make_interval(days => remind_days::int)
  from conversation c join mailbox on mailbox.id = c.mailbox_id
 where c.id = :id and c.status = 'waiting' and c.returns_at is null and remind_days > 0
    on conflict (key) where done_at is null and key is not null
    do update set run_at = excluded.run_at, leased_until = null where job.run_at > excluded.run_at
""")
# What has been quiet for longer than a mail can be answered is left alone.
_LOOK_AT_ALL = Statement("""
insert into job (kind, key, args, rank, run_at)
select 'silence.look', 'silence:' || c.id, jsonb_build_object('conversation_id', c.id), 2,
       cast(:now as timestamptz) + make_interval(days => cast(:days as int))
  from conversation c
 where c.mailbox_id = :mailbox_id and c.status = 'waiting' and c.merged_into is null
   and c.last_message_at > cast(:now as timestamptz) - interval '30 days'
    on conflict (key) where done_at is null and key is not null do nothing
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """Somebody who may be reminded."""

    message_id: int  # our last answer
    said_at: datetime  # when it was written
    address: str  # to whom it went
    language: str | None  # of their last mail
    head: bytes | None  # the beginning of it as it came
    has_answered: bool  # a mail of theirs was taken in after our answer
    waits_since: datetime
    reminded_at: datetime | None  # since then


async def silent_of(db: Writer, conversation_id: int) -> Silent | None:
    """Who does not answer there; None where nobody may be written to."""
    rows = await _SILENT.rows(db, id=conversation_id)
    return Silent(**rows[0]) if rows else None


async def look_later(db: Writer, conversation_id: int, *, now: datetime) -> None:
    """Look at a conversation again when its customer could be reminded, where its mailbox does."""
    await _LOOK_LATER.rows(db, id=conversation_id, now=now)


async def look_at_all(db: Writer, mailbox_id: int, days: int, *, now: datetime) -> None:
    """The same of all that wait in a mailbox: their time begins now."""
    await _LOOK_AT_ALL.rows(db, mailbox_id=mailbox_id, days=days, now=now)
