"""Whether we have helped: whom to ask, and what customers have said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from inbox.model.satisfaction import Rated, Rating
from inbox.model.viewer import Viewer
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement
from inbox.store.tables import Conversation, ReplyToken, Satisfaction

# Who is asked is whoever wrote last as the customer: a person, whose mail nothing says to be forged
# and who is known, because their domain vouched for one of their mails, or because they answered
# one of ours. Not where they have said something since, where our mail does not reach them, or
# where they have been asked a short time ago.
_ASKED = Statement("""
with newest as (
    select m.author_address as address, m.language, m.proof, m.verdict, m.spool_id
      from message m
     where m.conversation_id = :id and m.kind = 'mail' and m.visibility = 'public'
       and m.author_kind = 'customer'
       and m.author_address in (select address from customer_address where customer_id = :customer)
     order by m.received_at desc, m.id desc limit 1
), theirs as (
    select m.* from message m join conversation c on c.id = m.conversation_id
     where c.customer_id = :customer and m.author_kind = 'customer' and m.kind = 'mail'
)
select newest.address, newest.language, said.id as message_id,
       (select coalesce(head, substring(raw, 1, 65536)) from spool
         where spool.id = newest.spool_id) as head
  from newest
  join lateral (select m.id from message m
                 where m.conversation_id = :id and m.kind = 'reply' and m.visibility = 'public'
                   and m.author_kind = 'agent'
                 order by m.received_at desc, m.id desc limit 1) as said on true
 where newest.verdict ->> 'kind' = 'human'
   and newest.proof ->> 'dmarc' is distinct from 'fail'
   and exists (select from theirs
                where author_address = newest.address
                  and (proof ->> 'dmarc' = 'pass' or proof ->> 'source' = 'submission'
                       or proof ->> 'dmarc' <> 'fail'
                          and match -> 'evidence' @> '[{"rule": "our_id"}]'))
   and not exists (select from theirs
                    where received_at > :closed_at
                      and not exists (select from event
                                       where event.conversation_id = theirs.conversation_id
                                         and event.message_id = theirs.id
                                         and event.name = 'message.thanked'))
   and not exists (select from outbound_recipient r join outbound o on o.id = r.outbound_id
                    where o.conversation_id = :id and r.address = newest.address
                      and r.state = 'failed')
   and not exists (select from satisfaction s join conversation c on c.id = s.conversation_id
                    where c.id = :id or c.merged_into = :id
                       or c.customer_id = :customer and s.asked_at > :since)
   and not exists (select from satisfaction
                    where satisfaction.address = newest.address and asked_at > :since)
""")
_RATINGS = Statement("""
with theirs as (
    (select c.id, c.subject from conversation c
      where c.customer_id = :customer and c.merged_into is null
        and (c.mailbox_id = any(cast(:mailboxes as bigint[]))
             or exists (select from conversation_mailbox m
                         where m.conversation_id = c.id
                           and m.mailbox_id = any(cast(:mailboxes as bigint[]))))
      order by c.last_message_at desc limit 500)
    union
    select id, subject from conversation where id = :id
), part as (
    select id, id as home from theirs
    union all
    select id, merged_into from conversation where merged_into in (select id from theirs)
)
select theirs.id, theirs.subject, s.rated, s.words, s.rated_at,
       count(*) over () as said, count(*) filter (where s.rated = 'good') over () as good
  from part
  join satisfaction s on s.conversation_id = part.id and s.rated is not null
  join theirs on theirs.id = part.home
 order by theirs.id = :id desc, s.rated_at desc limit 6
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Somebody who may be asked, as far as the rows tell."""

    address: str
    language: str | None  # of their last mail
    message_id: int  # our last answer
    head: bytes | None  # the beginning of their last mail as it came


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedThere:
    """What was said, and of which conversation."""

    rating: Rating
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratings:
    """What a customer has said of conversations that exist for whoever asks; the newest first."""

    here: Rating | None = None
    others: Sequence[RatedThere] = ()
    said: int = 0  # how often they have said something
    good: int = 0  # and that it was good


async def asked_of(
    db: Writer, conversation: Conversation, *, closed_at: datetime, since: datetime
) -> Asked | None:
    """Who is to be asked about a conversation that was closed then; None for nobody.

    `since`: whoever was asked after that is not asked again.
    """
    rows = await _ASKED.rows(
        db,
        id=conversation.id,
        customer=conversation.customer_id,
        closed_at=closed_at,
        since=since,
    )
    return Asked(**rows[0]) if rows else None


async def was_asked(db: Reader | Writer, conversation_id: int, *, since: datetime) -> bool:
    """Whether the customer of a conversation was asked about it from then on."""
    asked = select(Satisfaction.asked_at).where(Satisfaction.conversation_id == conversation_id)
    at = await db.scalar(asked)
    return at is not None and at >= since


async def grant_rating(
    db: Writer, conversation_id: int, key: bytes, *, address: str, now: datetime, until: datetime
) -> None:
    """Let the token of this hash lead home, as one does that a customer has."""
    row = {
        "token_hash": key,
        "conversation_id": conversation_id,
        "address": address,
        "purpose": "rating",
        "created_at": now,
        "expires_at": until,
    }
    await db.execute(insert(ReplyToken).values(**row).on_conflict_do_nothing())


async def satisfaction_of(db: Reader | Writer, key: bytes, *, now: datetime) -> Satisfaction | None:
    """What was asked with the token of this hash; None for one that is over, or of nobody."""
    found = await db.scalar(select(Satisfaction).where(Satisfaction.token_hash == key))
    return found if found is not None and found.expires_at > now else None


async def ratings_of(db: Reader, viewer: Viewer, conversation: Conversation) -> Ratings:
    """What the customer of a conversation that exists for the person has said of it and others."""
    rows = await _RATINGS.rows(
        db,
        id=conversation.id,
        customer=conversation.customer_id,
        mailboxes=sorted(viewer.mailboxes),
    )
    there = [RatedThere(rating=_rating(row), subject=row["subject"]) for row in rows]
    here = [one.rating for one in there if one.rating.conversation_id == conversation.id]
    return Ratings(
        here=here[0] if here else None,
        others=[one for one in there if one.rating.conversation_id != conversation.id],
        said=rows[0]["said"] if rows else 0,
        good=rows[0]["good"] if rows else 0,
    )


def _rating(row: Any) -> Rating:
    return Rating(
        conversation_id=row["id"],
        rated=Rated(row["rated"]),
        words=row["words"],
        at=row["rated_at"],
    )
