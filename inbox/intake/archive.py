"""What an archive holds that bears on where mails belong, in the order in which it happened."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import text

from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement

What = Literal["mail", "sent", "id", "token", "closed", "reopened"]

# Who is who; conversations and mails are made anew.
_PEOPLE: Final = ("agent", "agent_address", "mailbox", "mailbox_address", "membership")
# What has come and what people did, as small rows: the rest is read when its turn comes.
_HAPPENED = text("""
select what, key from (
    select received_at as at, 0 as rank, 'mail' as what, id as number, cast(id as text) as key
      from message where spool_id is not null and kind in ('mail', 'auto')
    union all
    select received_at, 1, 'sent', id, cast(id as text)
      from message where kind = 'reply' and visibility = 'public'
    union all
    select created_at, 2, 'id', id, cast(id as text) from outbound where conversation_id is not null
    union all
    select created_at, 3, 'token', 0, encode(token_hash, 'hex')
      from reply_token where purpose in ('customer', 'rating')
    union all
    select at, 4, split_part(name, '.', 2), id, cast(id as text) from event
     where name in ('conversation.closed', 'conversation.reopened')
) as happened order by at, rank, number
""")
_ENTRY = Statement("""
select m.id, m.conversation_id, m.kind, m.author_address, m.author_name, m.subject, m.message_id,
       m.in_reply_to, m.text, m."to", m.cc, m.received_at, m.date, m.identity, m.proof, m.match,
       m.verdict ->> 'kind' as nature, m.spool_id, c.mailbox_id, c.customer_id, c.subject as matter,
       s.sha256, s.size, s.sender, s.recipients, s.mailboxes, s.source, s.peer, s.helo,
       s.raw, s.store, s.blob,
       exists (select from event e where e.conversation_id = m.conversation_id
                and e.actor_kind = 'agent'
                and e.name in ('conversation.merged', 'conversation.unmerged',
                               'conversation.split', 'message.moved')) as is_touched
  from message m
  join conversation c on c.id = m.conversation_id
  left join spool s on s.id = m.spool_id
 where m.id = :id
""")
_ID = Statement("select header_id, conversation_id, message_id from outbound where id = :id")
_TOKEN = Statement("""
select token_hash, conversation_id, address, expires_at, revoked_at
  from reply_token where token_hash = decode(:key, 'hex')
""")
_EVENT = Statement("select conversation_id, at from event where id = :id")

# Without those that PostgreSQL makes of the others.
_KEPT = text("""
select string_agg(quote_ident(attname), ', ') from pg_attribute
 where attrelid = cast(:name as regclass) and attnum > 0 and not attisdropped
   and attgenerated = ''
""")


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened: what, and the key of its row."""

    what: What
    key: str


async def happened(db: Reader) -> AsyncIterator[Happened]:
    """All that happened, oldest first, a little at a time."""
    rows = await db.stream(_HAPPENED, execution_options={"yield_per": 1000})
    async for row in rows:
        yield Happened(row.what, row.key)


async def row_of(db: Reader, one: Happened) -> Any | None:
    """The row behind it; None where it has gone meanwhile."""
    match one.what:
        case "mail" | "sent":
            rows = await _ENTRY.rows(db, id=int(one.key))
        case "id":
            rows = await _ID.rows(db, id=int(one.key))
        case "token":
            rows = await _TOKEN.rows(db, key=one.key)
        case _:
            rows = await _EVENT.rows(db, id=int(one.key))
    return rows[0] if rows else None


async def copy_people(source: Reader, target: Writer) -> None:
    """Give an empty database the same agents and mailboxes, under the same numbers."""
    for table in _PEOPLE:
        whole = await source.scalar(
            text(f"select jsonb_agg(to_jsonb(t)) from {table} t")  # noqa: S608 - a constant
        )
        kept = await target.scalar(_KEPT, {"name": table})
        await target.execute(
            text(
                f"insert into {table} ({kept}) overriding system value "  # noqa: S608 - names of the schema
                f"select {kept} from jsonb_populate_recordset(null::{table}, cast(:rows as jsonb))"
            ),
            {"rows": json.dumps(whole or [])},
        )


def as_json(value: Any) -> Any:
    """A JSON column of such a row, decoded."""
    return json.loads(value) if isinstance(value, str) else value


def moment(row: Any) -> datetime:
    """When an entry came or was written."""
    found: datetime = row["received_at"]
    return found
