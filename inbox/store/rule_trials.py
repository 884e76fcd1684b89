"""What a rule is tried on before it is switched on: mails that came, and what waits now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement

# `mailboxes` null: all of them. What began a conversation is what was taken in first: for a rule it
# was new, whatever has arrived before it and came in later.
_MAILS: Final = Statement("""
select m.id, m.conversation_id, c.mailbox_id, c.status, c.priority, c.category, c.tags,
       c.assignee_id, c.waiting_since, c.subject as topic, m.author_address, m.author_name,
       m.subject, m.text, m.language, m.proof, m."to", m.cc, m.received_at,
       not exists (select from message earlier
                    where earlier.conversation_id = m.conversation_id and earlier.id < m.id
                  ) as is_new,
       array(select filename from file f where f.message_id = m.id and not f.inline) as files,
       s.recipients,
       case when :heads then coalesce(s.head, substring(s.raw, 1, 65536)) end as head
  from (select * from message
         where id < :before and kind = 'mail' and visibility = 'public'
           and (cast(:mailboxes as bigint[]) is null
                or exists (select from conversation own
                            where own.id = message.conversation_id
                              and own.mailbox_id = any(cast(:mailboxes as bigint[]))))
         order by id desc limit :most) m
  join conversation c on c.id = m.conversation_id
  left join spool s on s.id = m.spool_id
 order by m.id desc
""")
_WAITING: Final = Statement("""
select c.id, c.id as conversation_id, c.mailbox_id, c.status, c.priority, c.category, c.tags,
       c.assignee_id, c.waiting_since, c.subject as topic, c.last_message_at as received_at,
       person.name as author_name,
       coalesce((select address from customer_address own where own.customer_id = c.customer_id
                  order by created_at limit 1), '') as author_address
  from conversation c join customer person on person.id = c.customer_id
 where c.status = 'open' and c.merged_into is null and c.waiting_since is not null
   and c.waiting_since <= :since and c.id < :before
   and (cast(:mailboxes as bigint[]) is null
        or c.mailbox_id = any(cast(:mailboxes as bigint[])))
 order by c.id desc limit :most
""")
# What is due for a rule about waiting, that it has not seen to since the customer waits.
_DUE: Final = Statement("""
select c.id, c.id as conversation_id, c.mailbox_id, c.status, c.priority, c.category, c.tags,
       c.assignee_id, c.waiting_since,
       coalesce((select m.author_address from message m
                  where m.conversation_id = c.id and m.kind = 'mail' and m.visibility = 'public'
                  order by m.received_at desc, m.id desc limit 1), '') as author_address
  from conversation c
 where c.status = 'open' and c.merged_into is null and c.waiting_since <= :since
   and (cast(:mailbox_id as bigint) is null or c.mailbox_id = :mailbox_id)
   and c.id > :after
   and not exists (select from rule_done d
                    where d.rule_id = :rule_id and d.conversation_id = c.id
                      and d.waiting_since = c.waiting_since)
 order by c.id limit :most
""")
_DONE: Final = Statement("""
insert into rule_done (rule_id, conversation_id, waiting_since)
select :rule_id, id, waiting_since from conversation
 where id = :conversation_id and waiting_since is not null
    on conflict (rule_id, conversation_id) do update set waiting_since = excluded.waiting_since
""")
_NEWEST: Final = Statement("""
select m.id, m.author_address, m.author_name, m.proof, m.verdict,
       coalesce(s.head, substring(s.raw, 1, 65536)) as head,
       exists (select from conversation other join message said on said.conversation_id = other.id
                where other.customer_id = c.customer_id and said.kind = 'reply'
                  and said.visibility = 'public') as is_known
  from message m join conversation c on c.id = m.conversation_id
  left join spool s on s.id = m.spool_id
 where m.conversation_id = :conversation_id and m.kind = 'mail' and m.visibility = 'public'
 order by m.received_at desc, m.id desc limit 1
""")
LAST: Final = (1 << 62) - 1


async def past_mails(
    db: Reader | Writer, mailboxes: Collection[int] | None, *, before: int, most: int, heads: bool
) -> list[Any]:
    """Customers' mails before one of them, the newest first; with the beginnings of their headers
    where these are asked for.
    """
    theirs = None if mailboxes is None else list(mailboxes)
    return await _MAILS.rows(db, mailboxes=theirs, before=before, most=most, heads=heads)


async def waiting_now(
    db: Reader | Writer,
    mailboxes: Collection[int] | None,
    *,
    since: datetime,
    before: int,
    most: int,
) -> list[Any]:
    """Conversations in which a customer waits since then, the newest first."""
    theirs = None if mailboxes is None else list(mailboxes)
    return await _WAITING.rows(db, mailboxes=theirs, since=since, before=before, most=most)


async def due_for(
    db: Writer, rule_id: int, mailbox_id: int | None, *, since: datetime, after: int, most: int
) -> list[Any]:
    """Conversations that a rule about waiting may have to see to, by their ids."""
    return await _DUE.rows(
        db, rule_id=rule_id, mailbox_id=mailbox_id, since=since, after=after, most=most
    )


async def mark_done(db: Writer, rule_id: int, conversation_id: int) -> None:
    """It has done its part, until the customer waits anew."""
    await _DONE.rows(db, rule_id=rule_id, conversation_id=conversation_id)


async def newest_mail(db: Writer, conversation_id: int) -> Any | None:
    """The customer's newest mail, and what says whether a machine may answer it."""
    rows = await _NEWEST.rows(db, conversation_id=conversation_id)
    return rows[0] if rows else None
