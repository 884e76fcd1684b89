"""Mails that wait to leave: put in, looked at, tried again, dropped."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import text

from inbox.outbound.keyed import TOKEN_LIFE
from inbox.settings import Settings
from inbox.store.engine import Writer
from inbox.store.followers import FOLLOWING, MEMBERSHIP
from inbox.store.statement import Statement
from inbox.threading.references import hash_id


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMail:
    """A mail to be sent. Thin: its `kind` names the composer that reads the rest from the store."""

    kind: str
    recipients: tuple[str, ...]
    header_id: str  # our Message-ID, from mail.ids.new_message_id
    sender: str  # the mailbox's address: bounces come to a sub-address of it; "" for none
    mailbox_id: int | None
    conversation_id: int | None = None
    message_id: int | None = None
    agent_id: int | None = None
    draft: Mapping[str, Any] = field(default_factory=dict)  # what may not change until it leaves
    run_at: datetime | None = None
    # The right of `agent_id`, or of a customer, to answer it: the hash of a token in its Reply-To.
    token_hash: bytes | None = None
    shown_event_id: int = 0  # the newest event that its reader knows of then


_TAKES_PART = f"""
select from agent
  join conversation was on was.id = mail.conversation_id
  join conversation c on c.id = coalesce(was.merged_into, was.id)
 where agent.id = mail.agent_id and agent.disabled_at is null and ({MEMBERSHIP} or {FOLLOWING})
"""
_ENQUEUE = Statement(f"""
with mail as (
    select * from jsonb_to_recordset(cast(:mails as jsonb)) as mail(
        kind text, recipients text[], header_id text, sender text, mailbox_id bigint,
        conversation_id bigint, message_id bigint, agent_id bigint, draft jsonb,
        run_at timestamptz, id_hash text,
        token_hash text, shown_event_id bigint)
), kept as (
    insert into outbound (kind, header_id, sender, mailbox_id, conversation_id, message_id,
                          agent_id, draft, run_at, created_at)
    select kind, header_id, sender, mailbox_id, conversation_id, message_id, agent_id,
           -- Who reads it may speak another language by the time they answer.
           jsonb_strip_nulls(jsonb_build_object(
               'language', reader.language, 'zone', reader.time_zone,
               -- Or have a part in the conversation, which they have not now. Notices go to nobody
               -- else, and are too many to be asked about.
               'outside', case when kind not in ('notice', 'asked') and agent_id is not null
                                and conversation_id is not null and not exists ({_TAKES_PART})
                               then true end)) || draft,
           run_at, :now
      from mail left join (select id, language, time_zone from agent) as reader
                       on reader.id = agent_id
        on conflict (header_id) do nothing
    returning id, kind, header_id, run_at
), addressed as (
    insert into outbound_recipient (outbound_id, address)
    select kept.id, one.address from kept join mail using (header_id),
           lateral unnest(mail.recipients) as one(address)
        on conflict do nothing
), findable as (
    insert into message_ref (id_hash, conversation_id, how, message_id)
    select decode(id_hash, 'hex'), conversation_id, 'ours', message_id
      from kept join mail using (header_id) where conversation_id is not null
        on conflict do nothing
), granted as (
    insert into reply_token (token_hash, conversation_id, agent_id, address, purpose,
                             shown_event_id, created_at, expires_at)
    select decode(token_hash, 'hex'), conversation_id, agent_id, recipients[1],
           case when agent_id is null then 'customer' else 'notice' end, shown_event_id, :now,
           :tokens_end
      from kept join mail using (header_id) where token_hash is not null
        on conflict do nothing
), planned as (
    insert into job (kind, args, rank, run_at)
    select 'outbound.deliver', jsonb_build_object('outbound_id', id),
           (kind <> 'reply')::int, run_at
      from kept where cast(:relay as boolean)
)
select id from kept order by id
""")  # noqa: S608 - constants

_PLAN = text("""
insert into job (kind, args, rank, run_at)
select 'outbound.deliver', jsonb_build_object('outbound_id', outbound.id),
       (outbound.kind <> 'reply')::int, outbound.run_at
  from outbound
 where state in ('waiting', 'sending')
   and not exists (select 1 from job
                    where kind = 'outbound.deliver' and done_at is null
                      and (args ->> 'outbound_id')::bigint = outbound.id)
returning id
""")


async def enqueue_mails(
    db: Writer, mails: Sequence[NewMail], settings: Settings, *, now: datetime
) -> list[int]:
    """Ask for mails to be sent, in this transaction; the ids of those that were not there yet.

    A Message-ID that is in the queue already is left as it is: asking twice sends once. Without a
    relay the mails are kept, and planned when a relay is set (`plan_waiting`).
    """
    if not mails:
        return []
    rows = await _ENQUEUE.rows(
        db,
        mails=json.dumps([_row(mail, now) for mail in mails]),
        now=now,
        tokens_end=now + TOKEN_LIFE,
        relay=settings.relay_url is not None,
    )
    return [int(row["id"]) for row in rows]


async def enqueue_mail(
    db: Writer, mail: NewMail, settings: Settings, *, now: datetime
) -> int | None:
    """Ask for one mail to be sent; its id, or None where it was asked for before."""
    ids = await enqueue_mails(db, [mail], settings, now=now)
    return ids[0] if ids else None


async def plan_waiting(db: Writer) -> int:
    """Plan the mails that were kept while no relay was set; returns how many."""
    return len((await db.execute(_PLAN)).all())


def _row(mail: NewMail, now: datetime) -> dict[str, Any]:
    return {
        "kind": mail.kind,
        "recipients": list(dict.fromkeys(mail.recipients)),
        "header_id": mail.header_id,
        "sender": mail.sender,
        "mailbox_id": mail.mailbox_id,
        "conversation_id": mail.conversation_id,
        "message_id": mail.message_id,
        "agent_id": mail.agent_id,
        "draft": dict(mail.draft),
        "run_at": (mail.run_at or now).isoformat(),
        "id_hash": hash_id(mail.header_id).hex(),
        "token_hash": mail.token_hash.hex() if mail.token_hash else None,
        "shown_event_id": mail.shown_event_id,
    }
