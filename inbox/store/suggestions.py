"""Conversations that a new one may be about as well: for people to judge, nothing joins by them.

What the matching found equally good, and what the same customer wrote about in the same words.
Asked when a page is shown or a notice is planned, never while mail comes in.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from weakref import WeakKeyDictionary

from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement
from inbox.threading.alike import common_words, likeness, words_of

MOST: Final = 3
# Reading words is dear, and this is done for every new mail of who wrote before: conversations.
_READ: Final = 5
_WARM: Final = timedelta(days=30)
_AROUND: Final = 40  # mails of others, by which a word is known to be everybody's
_FRESH: Final = 200  # conversations until they are read anew
# Of a conversation that nobody has answered yet: the mail that has begun it (the first to be taken
# in), and what it could be about.
_FIRST = Statement("""
select m.match -> 'suggestions' as suggestions, c.customer_id, c.mailbox_id, m.received_at,
       left(m.subject || ' ' || m.text, 4000) as words,
       m.author_name || ' ' || m.author_address as self
  from conversation c
  join message m on m.id = (select min(id) from message where conversation_id = c.id)
 where c.id = :id and m.kind = 'mail' and m.author_kind = 'customer'
   and c.merged_into is null and c.status = 'open'
   and not exists (select from message ours where ours.conversation_id = c.id
                    and ours.kind = 'reply')
""")
_OTHERS = Statement("""
select c.id, c.subject, c.mailbox_id, coalesce(u.name, '') as customer, is_unsure,
       (select max(m.received_at) from message m
         where m.conversation_id = c.id and m.kind = 'mail') as wrote_at,
       case when not is_unsure and place <= :read then
            (select string_agg(left(text, 2000), ' ')
               from (select m.text from message m
                      where m.conversation_id = c.id and m.kind in ('mail', 'reply')
                      order by m.received_at desc, m.id desc limit 3) as newest) end as words
  from (select *, row_number() over (partition by is_unsure order by last_message_at desc) as place
          from (select *, id = any(cast(:ids as bigint[])) as is_unsure from conversation
                 where merged_into is null and status <> 'spam' and id <> :id
                   and mailbox_id = any(cast(:mailboxes as integer[]))
                   and (id = any(cast(:ids as bigint[]))
                        or customer_id = :customer and last_message_at > :since)
                 order by is_unsure desc, last_message_at desc limit 20) as found) as c
  join customer u on u.id = c.customer_id
 order by is_unsure desc, place
""")
_OF_OTHERS = Statement("""
select left(m.subject || ' ' || m.text, 1500) as words
  from (select id from conversation
         where mailbox_id = :mailbox and customer_id <> :customer
         order by last_message_at desc limit :most) as c
  join message m on m.id = (select min(id) from message where conversation_id = c.id)
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
        read=_READ,
    )
    alike = await _alike(db, first, others, newest=conversation_id)
    chosen = [one for one in others if one["is_unsure"] or one["id"] in alike]
    chosen.sort(key=lambda one: (not one["is_unsure"], -alike.get(one["id"], 0)))
    return [_suggested(one) for one in chosen[:MOST]]


async def _alike(
    db: Reader | Writer, first: Any, others: list[Any], *, newest: int
) -> dict[int, int]:
    # How people sign tells nothing of what they write about.
    mine = words_of(first["words"]) - words_of(first["self"])
    theirs = {
        one["id"]: words_of(f"{one['subject']} {one['words']}") for one in others if one["words"]
    }
    if not any(likeness(mine, words, ()) for words in theirs.values()):
        return {}  # which is the case mostly, and spares to ask what is everybody's
    common = await _common(db, first["mailbox_id"], first["customer_id"], newest)
    alike = {one: likeness(mine, words, common) for one, words in theirs.items()}
    return {one: how_much for one, how_much in alike.items() if how_much}


# What everybody writes changes slowly. Per database, mailbox: when it was read, by the newest
# conversation then, and the words.
_commons: WeakKeyDictionary[Any, dict[int, tuple[int, frozenset[str]]]] = WeakKeyDictionary()


async def _common(db: Reader | Writer, mailbox: int, customer: int, newest: int) -> frozenset[str]:
    known = _commons.setdefault(db.get_bind(), {})
    was, words = known.get(mailbox, (0, frozenset()))
    if was and was <= newest < was + _FRESH:
        return words
    rows = await _OF_OTHERS.rows(db, mailbox=mailbox, customer=customer, most=_AROUND)
    words = common_words([words_of(row["words"]) for row in rows])
    if len(rows) == _AROUND:
        known[mailbox] = newest, words
    return words


def _suggested(row: Any) -> Suggested:
    return Suggested(
        id=row["id"],
        subject=row["subject"],
        customer=row["customer"],
        wrote_at=row["wrote_at"],
        is_unsure=row["is_unsure"],
    )
