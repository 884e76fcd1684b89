"""Conversations that a new one may be about as well: for people to judge, nothing joins by them.

What the matching found equally good, and what the same customer wrote about in the same words. A
word tells something that few other mails of the mailbox have. Asked when a page is shown or a
notice is planned, never while mail comes in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from inbox.mail.language_words import SMALL_WORDS
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement

MOST: Final = 3
# Reading words is dear, and this is done for every new mail of who wrote before: conversations.
_READ: Final = 5
_WARM: Final = timedelta(days=30)
_FEWEST: Final = 3  # words in common; one suffices that has a number in it
_SMALL: Final = sorted({word for words in SMALL_WORDS.values() for word in words})
# Of a conversation that nobody has answered yet: its first mail, and what it could be about.
_FIRST = Statement("""
select m.id, m.match -> 'suggestions' as suggestions, c.customer_id, c.mailbox_id, m.received_at
  from conversation c
  join message m on m.id = (select min(id) from message where conversation_id = c.id)
 where c.id = :id and m.kind = 'mail' and m.author_kind = 'customer'
   and c.merged_into is null and c.status = 'open'
   and not exists (select from message ours where ours.conversation_id = c.id
                    and ours.kind = 'reply')
""")
_OTHERS = Statement("""
select c.id, c.subject, c.mailbox_id, coalesce(u.name, '') as customer,
       c.id = any(cast(:ids as bigint[])) as is_unsure,
       (select max(m.received_at) from message m
         where m.conversation_id = c.id and m.kind = 'mail') as wrote_at
  from conversation c join customer u on u.id = c.customer_id
 where c.merged_into is null and c.status <> 'spam' and c.id <> :id
   and c.mailbox_id = any(cast(:mailboxes as integer[]))
   and (c.id = any(cast(:ids as bigint[]))
        or c.customer_id = :customer and c.last_message_at > :since)
 order by is_unsure desc, c.last_message_at desc limit 20
""")
_ALIKE = Statement("""
with word as (
    select word from message m, unnest(tsvector_to_array(
           to_tsvector('simple', left(m.subject || ' ' || m.text, 4000)))) as word
     where m.id = :message and length(word) between 3 and 40 and word !~ '[''\\\\]'
), around as materialized (
    select tsvector_to_array(to_tsvector('simple', left(m.subject || ' ' || m.text, 1500))) as words
      from (select id from conversation
             where mailbox_id = :mailbox and customer_id <> :customer
             order by last_message_at desc limit 40) as c
      join message m on m.id = (select min(id) from message where conversation_id = c.id)
), common as (
    select word from around, unnest(words) as word
     group by word having count(*) > greatest(2, 0.03 * (select count(*) from around))
), telling as (
    select word from word except select word from common
    except select unnest(cast(:small as text[]))
), theirs as (
    select m.conversation_id,
           to_tsvector('simple', left(
               max(c.subject) || ' ' || string_agg(left(m.text, 2000), ' '), 10000))
               as words
      from message m join conversation c on c.id = m.conversation_id
     where c.id = any(cast(:ids as bigint[])) and m.kind in ('mail', 'reply')
     group by m.conversation_id
)
select t.conversation_id as id, count(*) as shared,
       bool_or(length(word) > 3 and word ~ '[0-9].*[0-9].*[0-9]') as has_number,
       ts_rank(t.words, cast(string_agg(quote_literal(word), ' | ') as tsquery)) as rank
  from theirs t, telling where word = any(tsvector_to_array(t.words))
 group by t.conversation_id, t.words
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """Another conversation. `is_unsure`: the matching could not tell whether the mail is of it;
    otherwise the same customer used the same words there.
    """

    id: int
    subject: str
    customer: str
    wrote_at: datetime | None  # when the customer wrote there last
    is_unsure: bool


async def suggestions(
    db: Reader | Writer, conversation_id: int, mailboxes: Collection[int]
) -> list[Suggested]:
    """What a conversation that waits for its first answer may belong to, the likeliest first.

    Only conversations of these mailboxes; none for what is answered already.
    """
    found = await _FIRST.rows(db, id=conversation_id)
    if not found:
        return []
    first = found[0]
    others = await _OTHERS.rows(
        db,
        id=conversation_id,
        ids=[int(one) for one in first["suggestions"] or ()],
        customer=first["customer_id"],
        since=first["received_at"] - _WARM,
        mailboxes=sorted(mailboxes),
    )
    alike = await _alike(db, first, [one["id"] for one in others if not one["is_unsure"]][:_READ])
    chosen = [one for one in others if one["is_unsure"] or one["id"] in alike]
    chosen.sort(key=lambda one: (not one["is_unsure"], -alike.get(one["id"], 0)))
    return [_suggested(one) for one in chosen[:MOST]]


async def _alike(db: Reader | Writer, first: Any, ids: list[int]) -> dict[int, float]:
    if not ids:
        return {}
    rows = await _ALIKE.rows(
        db,
        message=first["id"],
        mailbox=first["mailbox_id"],
        customer=first["customer_id"],
        small=_SMALL,
        ids=ids,
    )
    return dict(_telling(rows))


def _telling(rows: Iterable[Any]) -> Iterable[tuple[int, float]]:
    for row in rows:
        if row["has_number"] or row["shared"] >= _FEWEST:
            yield row["id"], row["rank"]


def _suggested(row: Any) -> Suggested:
    return Suggested(
        id=row["id"],
        subject=row["subject"],
        customer=row["customer"],
        wrote_at=row["wrote_at"],
        is_unsure=row["is_unsure"],
    )
