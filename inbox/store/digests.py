"""What digests are made of: what is open, for whom, and what a digest that went out has shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as upsert

from inbox.orders.names import Person
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement
from inbox.store.tables import Digest, Outbound

# What is urgent first, then what is due first: as whoever has it said, else as the mailbox says of
# every mail. `levels`: 3 all that is open, 2 what they have or take part in, 1 what they have,
# 0 nothing; `dispatches`: besides, what nobody has, and what is due. What somebody has who is shut
# out, nobody has: they hear of nothing any more.
_OPEN = Statement("""
with wish as (
    select * from unnest(cast(:mailboxes as bigint[]), cast(:levels as int[]),
                         cast(:dispatches as boolean[])) as w(mailbox_id, level, dispatches))
select c.id as conversation, c.last_event_id as event, c.subject,
       c.priority, mailbox.name as mailbox,
       holder.name as holder, coalesce(c.assignee_id = :agent_id, false) as is_mine,
       c.waiting_since as since, c.due_at as due,
       c.due = 'promise' or c.due <> 'solution' and exists (
                select from outbound
                where outbound.conversation_id = c.id and outbound.kind = 'confirmation'
                  and outbound.state not in ('cancelled', 'failed')) as is_promised,
       newest.id as message, newest.author_name, newest.author_address
  from conversation c
  join mailbox on mailbox.id = c.mailbox_id
  cross join lateral (
       select max(wish.level) as level, bool_or(wish.dispatches) as dispatches from wish
        where wish.mailbox_id = c.mailbox_id
           or wish.mailbox_id in (select v.mailbox_id from conversation_mailbox v
                                   where v.conversation_id = c.id)) as wanted
  left join agent holder on holder.id = c.assignee_id and holder.disabled_at is null
  left join lateral (
       select id, author_name, author_address from message
        where message.conversation_id = c.id and kind = 'mail'
        order by received_at desc, id desc limit 1
       ) as newest on true
 where c.status = 'open' and c.merged_into is null
   and (c.mailbox_id = any(cast(:mailboxes as bigint[]))
        or c.is_shared and c.id in (select v.conversation_id from conversation_mailbox v
                                     where v.mailbox_id = any(cast(:mailboxes as bigint[]))))
   and (wanted.level = 3 or wanted.level >= 1 and c.assignee_id = :agent_id
        or wanted.level = 2 and exists (
             select from message said where said.conversation_id = c.id
                and said.author_kind = 'agent' and said.author_id = :agent_id)
        or wanted.dispatches and (holder.id is null or c.due_at <= :soon))
 order by c.priority = 2 desc, c.due_at nulls last, c.priority desc, c.last_message_at, c.id
 limit :most
""")
# Not what somebody has who is away, nor what a day has left: that is no digest of theirs.
_LAST = Statement("""
select items, created_at from digest
 where agent_id = :agent_id and jsonb_exists(items -> 0, 'is_late')
   and not jsonb_exists(items -> 0, 'of_day')
 order by id desc limit 1
""")
_BY_TOKEN = Statement("""
select d.id, d.agent_id, d.items, d.expires_at > :now as is_valid,
       agent.disabled_at is null as is_enabled, a.address is not null as is_registered,
       a.proved_at,
       exists (select from conversation c join mailbox m on m.id = c.mailbox_id
                where m.proof = 'strict'
                  and c.id in (select cast(item ->> 'conversation' as bigint)
                                 from jsonb_array_elements(d.items) as item)) as is_strict
  from digest d
  join agent on agent.id = d.agent_id
  left join agent_address a on a.agent_id = agent.id and a.address = :author
 where d.token_hash = any(cast(:tokens as bytea[]))
 order by d.id limit 1
""")
_TOLD = Statement("""
select count(*) as told from outbound
 where agent_id = :agent_id and kind = 'digested' and created_at > :since
""")
_BELIEVED = Statement("""
select count(*) as told from outbound
 where agent_id = :agent_id and kind = 'digested' and created_at > :since
   and draft -> 'reasons' <@ '["too_many"]'
""")
_LEAVES = Statement("""
select run_at as at from outbound
 where message_id = :message_id and kind = 'reply' and state = 'waiting' and run_at > :now
 order by run_at desc limit 1
""")
_MAILBOXES = Statement("""
select mailbox.name, min(c.id) as id
  from conversation c join mailbox on mailbox.id = c.mailbox_id
 where c.id = any(cast(:ids as bigint[])) group by mailbox.id order by mailbox.id
""")
_BESIDE = Statement("""
select agent.id, agent.name,
       array(select address from agent_address where agent_id = agent.id) as addresses
  from agent
 where disabled_at is null
   and id in (select other.agent_id from membership own
                join membership other on other.mailbox_id = own.mailbox_id
               where own.agent_id = :agent_id)
 order by id
""")


@dataclass(frozen=True, slots=True)
class OfMailbox:
    """A mailbox by its name, and one of its conversations in a list."""

    name: str
    conversation: int


async def mailboxes_of(db: Writer, conversations: Sequence[int]) -> list[OfMailbox]:
    """The mailboxes of these conversations, each once."""
    rows = await _MAILBOXES.rows(db, ids=list(conversations))
    return [OfMailbox(row["name"], row["id"]) for row in rows]


async def open_for(
    db: Reader | Writer,
    agent_id: int,
    wishes: Sequence[tuple[int, int, bool]],
    *,
    soon: datetime,
    most: int,
) -> list[dict[str, Any]]:
    """The open conversations of some mailboxes (id, level, dispatches), the most urgent first."""
    rows = await _OPEN.rows(
        db,
        agent_id=agent_id,
        mailboxes=[one[0] for one in wishes],
        levels=[one[1] for one in wishes],
        dispatches=[one[2] for one in wishes],
        soon=soon,
        most=most,
    )
    return [dict(row) for row in rows]


async def keep_list(
    db: Writer,
    *,
    agent_id: int,
    mailbox_id: int,
    token_hash: bytes,
    items: Sequence[Mapping[str, Any]],
    now: datetime,
    ends: datetime,
) -> int | None:
    """Keep what a mail is going to show, so that it can be answered by number; None if it is."""
    made: int | None = await db.scalar(
        upsert(Digest)
        .on_conflict_do_nothing(index_elements=[Digest.token_hash])
        .values(
            agent_id=agent_id,
            mailbox_id=mailbox_id,
            token_hash=token_hash,
            items=items,
            created_at=now,
            expires_at=ends,
        )
        .returning(Digest.id)
    )
    return made


async def list_of(db: Reader, outbound: Outbound) -> Digest:
    """The list that a mail shows."""
    return await db.get_one(Digest, outbound.draft["digest"])


async def mail_with(db: Reader | Writer, row: Digest) -> Outbound | None:
    """The mail that showed a list."""
    found: Outbound | None = await db.scalar(
        select(Outbound).where(
            Outbound.kind.in_(("digest", "away")),
            Outbound.agent_id == row.agent_id,
            Outbound.draft["digest"].as_integer() == row.id,
        )
    )
    return found


async def last_digest(
    db: Reader | Writer, agent_id: int
) -> tuple[list[dict[str, Any]], datetime | None]:
    """What the last digest of a person showed, and when it was made."""
    rows = await _LAST.rows(db, agent_id=agent_id)
    return (rows[0]["items"], rows[0]["created_at"]) if rows else ([], None)


async def digest_by_token(
    db: Writer, tokens: Sequence[bytes], author: str, now: datetime
) -> dict[str, Any] | None:
    """The digest behind one of these token hashes, with the standing of its reader."""
    rows = await _BY_TOKEN.rows(db, tokens=list(tokens), author=author, now=now)
    return dict(rows[0]) if rows else None


async def people_beside(db: Writer, agent_id: int) -> list[Person]:
    """Those of us who are in a mailbox with somebody, and they themselves."""
    rows = await _BESIDE.rows(db, agent_id=agent_id)
    return [
        Person(id=row["id"], name=row["name"], addresses=tuple(row["addresses"])) for row in rows
    ]


async def leaves_at(db: Writer, message_id: int, now: datetime) -> datetime | None:
    """When an answer leaves that has not left; None for any other message."""
    rows = await _LEAVES.rows(db, message_id=message_id, now=now)
    return rows[0]["at"] if rows else None


async def told_since(db: Writer, agent_id: int, since: datetime) -> int:
    """How many mails on what became of an answer to a digest this person got since then."""
    return int((await _TOLD.rows(db, agent_id=agent_id, since=since))[0]["told"])


async def believed_since(db: Writer, agent_id: int, since: datetime) -> int:
    """The same of answers that were surely theirs."""
    return int((await _BELIEVED.rows(db, agent_id=agent_id, since=since))[0]["told"])
