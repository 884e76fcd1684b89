"""Whom it takes when one of us is away: what they have, and who can give it to somebody."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from inbox.store.engine import Writer
from inbox.store.statement import Statement

_MOST = 50
_LEFT = """
select c.id, c.subject, c.mailbox_id, mailbox.name as mailbox, mailbox.address,
       coalesce(nullif(customer.name, ''),
                (select a.address from customer_address a where a.customer_id = customer.id
                  order by a.created_at, a.address limit 1), '') as customer,
       c.waiting_since, c.last_event_id
  from conversation c
  join mailbox on mailbox.id = c.mailbox_id and mailbox.removed_at is null
  left join customer on customer.id = c.customer_id
 where {which} and c.merged_into is null
 order by c.waiting_since nulls last, c.id
 limit :most
"""
_OPEN = Statement(_LEFT.replace("{which}", "c.assignee_id = :agent_id and c.status = 'open'"))
_UNASSIGNED = Statement(
    _LEFT.replace("{which}", "c.id = :id and c.assignee_id is null and c.status <> 'spam'")
)
_PEOPLE = Statement("""
select m.mailbox_id, agent.id, agent.email, agent.name,
       case when m.dispatcher <> 'off' then 2
            when agent.role in ('admin', 'manager') then 1 else 0 end as part
  from membership m
  join agent on agent.id = m.agent_id and agent.disabled_at is null
       and agent.role <> 'colleague'
 where m.mailbox_id = any(cast(:mailboxes as bigint[])) and agent.id <> :agent_id
   and (agent.away_until is null or agent.away_until <= :now)
   and not exists (select from mailbox_address where address = agent.email)
 order by agent.name, agent.id
""")
_GRANT = Statement("""
insert into reply_token (token_hash, conversation_id, agent_id, address, purpose, shown_event_id,
                         created_at, expires_at)
select decode(t.token_hash, 'hex'), t.conversation_id, :agent_id, :address, 'notice',
       t.shown_event_id, :now, :ends
  from jsonb_to_recordset(cast(:tokens as jsonb))
       as t(token_hash text, conversation_id bigint, shown_event_id bigint)
    on conflict do nothing
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """An open conversation of somebody who is away."""

    id: int
    subject: str
    mailbox_id: int
    mailbox: str
    address: str
    customer: str
    waiting_since: datetime | None
    last_event_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """Somebody of a mailbox who is there."""

    mailbox_id: int
    id: int
    email: str
    name: str
    part: int  # 2 for a dispatcher, 1 for a manager or an administrator


async def left_by(db: Writer, agent_id: int) -> list[Left]:
    """What this person has that waits for us, the longest waiting first, at most fifty."""
    return [Left(**row) for row in await _OPEN.rows(db, agent_id=agent_id, most=_MOST)]


async def unassigned(db: Writer, conversation_id: int) -> list[Left]:
    """The conversation, if nobody has it."""
    return [Left(**row) for row in await _UNASSIGNED.rows(db, id=conversation_id, most=1)]


async def present(
    db: Writer, mailboxes: Sequence[int], *, besides: int, now: datetime
) -> list[Present]:
    """Everybody of these mailboxes who is there, by name, but for one."""
    rows = await _PEOPLE.rows(db, mailboxes=list(mailboxes), agent_id=besides, now=now)
    return [Present(**row) for row in rows]


async def grant(
    db: Writer,
    rights: Iterable[tuple[bytes, Left]],
    *,
    agent_id: int,
    address: str,
    now: datetime,
    ends: datetime,
) -> None:
    """Let the reader of one mail act on several conversations, each with a token of its own."""
    tokens = [
        {
            "token_hash": key.hex(),
            "conversation_id": one.id,
            "shown_event_id": one.last_event_id,
        }
        for key, one in rights
    ]
    await _GRANT.rows(
        db, agent_id=agent_id, address=address, now=now, ends=ends, tokens=json.dumps(tokens)
    )
