"""What it takes to do what one of us asks for by mail: whom and what they can mean.

Asked only for mails with orders in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from inbox.model.zones import zone_called
from inbox.orders.names import Person
from inbox.store.engine import Writer
from inbox.store.followers import FOLLOWING, MEMBERSHIP, who_can_have
from inbox.store.statement import Statement

_PEOPLE_THERE = Statement("""
select agent.id, agent.name,
       array(select address from agent_address where agent_id = agent.id) as addresses
  from agent
 where disabled_at is null
   and (role = 'colleague' or exists (select from membership m where m.agent_id = agent.id
                                         and m.mailbox_id = :mailbox_id))
 order by agent.id
""")
_MAILBOXES = Statement("""
select id, name, array(select address from mailbox_address where mailbox_id = mailbox.id)
                 as addresses
  from mailbox where removed_at is null order by id
""")
_AROUND = Statement("""
select c.mailbox_id, c.tags, c.status, c.priority, c.category, mailbox.time_zone, mailbox.address,
       (select m.notices from membership m where m.mailbox_id = c.mailbox_id
                                             and m.agent_id = cast(:agent_id as bigint)) as notices,
       (select holder.email from agent holder where holder.id = c.assignee_id) as holder,
       own.time_zone as own_zone, own.digest_minutes
  from conversation c join mailbox on mailbox.id = c.mailbox_id
  left join agent own on own.id = cast(:agent_id as bigint) where c.id = :conversation_id
""")
_PART = Statement("""
select 1 as part from membership where agent_id = :agent_id and mailbox_id = :mailbox_id
""")
_OUTSIDERS = Statement("""
select text, quoted, author_name from message
 where conversation_id = :conversation_id and author_kind = 'customer'
 order by received_at desc, id desc limit 30
""")
# Of an assignment no message is kept: its notice showed the newest mail of that moment.
_SHOWN = Statement("""
select m.id from event e
  join message m on m.conversation_id = :conversation_id and m.kind = 'mail'
   and (m.id = e.message_id or e.name = any(array['conversation.assigned', 'conversation.returned',
                                                 'conversation.moved', 'conversation.priority',
                                                 'deadline.near', 'deadline.passed',
                                                 'deadline.late'])
                             and m.received_at <= e.at)
 where e.id = :event_id
 order by m.received_at desc, m.id desc limit 1
""")
# The customer's mail that the notice of an event showed, else their newest.
_CUSTOMERS = Statement("""
select m.id from message m
 where m.conversation_id = :conversation_id and m.kind = 'mail' and m.visibility = 'public'
   and m.author_kind = 'customer'
 order by m.id = (select message_id from event where id = :event_id) desc nulls last,
          m.received_at desc, m.id desc
 limit 1
""")
_UNSEEN = Statement("""
select 1 as unseen from event join message on message.id = event.message_id
 where event.conversation_id = :conversation_id and event.id > :event_id
   and event.name = 'message.received' and message.conversation_id = :conversation_id
   and message.kind = 'mail' and message.visibility = 'public' limit 1
""")
_ASKED = Statement("""
select m.id from event e join message m on m.id = e.message_id
 where e.id = :event_id and m.conversation_id = :conversation_id
   and m.kind = 'mail' and m.visibility = 'internal'
""")
_OFFERED = Statement("""
select cast(draft -> 'also' ->> 'id' as bigint) as id from outbound
 where conversation_id = :conversation_id and agent_id = :agent_id and kind = 'notice'
   and draft ? 'also'
 order by outbound.id desc limit 1
""")
_REACH = Statement(f"""
select c.id from conversation was
  join conversation c on c.id = coalesce(was.merged_into, was.id)
  join agent on agent.id = :agent_id
 where was.id = :id
   and ({MEMBERSHIP} or {FOLLOWING})
""")  # noqa: S608 - constants
_OF_CUSTOMER = Statement(f"""
select c.id, c.subject from conversation here
  join conversation c on c.customer_id = here.customer_id and c.id <> here.id
  join agent on agent.id = :agent_id
 where here.id = :id and c.merged_into is null
   and position(lower(cast(:words as text)) in lower(c.subject)) > 0
   and {MEMBERSHIP}
 order by c.id desc limit 6
""")  # noqa: S608 - constants
_DONE = Statement("select 1 as done from ordered where identity = :identity")
_KEEP = Statement("""
insert into ordered (identity, conversation_id, agent_id, spool_id, orders, done_at)
values (:identity, :conversation_id, :agent_id, :spool_id, cast(:orders as text[]), :now)
    on conflict do nothing returning 1 as kept
""")
_NEWEST = Statement("""
select m.id from conversation c
  join message m on m.conversation_id = coalesce(c.merged_into, c.id) where c.id = :conversation_id
 order by m.received_at desc, m.id desc limit 1
""")
_TOLD = Statement("""
select count(*) as told from outbound
 where agent_id = :agent_id and kind = :kind and created_at > :since
""")


async def people_of_ours(db: Writer, conversation_id: int) -> list[Person]:
    """Everybody who can have the conversation, oldest first."""
    return await who_can_have(db, conversation_id)


def _people(rows: Iterable[Mapping[str, Any]]) -> list[Person]:
    return [
        Person(id=row["id"], name=row["name"], addresses=tuple(row["addresses"])) for row in rows
    ]


async def people_of_mailbox(db: Writer, mailbox_id: int) -> list[Person]:
    """Everybody who can have what is in a mailbox, oldest first."""
    return _people(await _PEOPLE_THERE.rows(db, mailbox_id=mailbox_id))


async def mailboxes_there(db: Writer) -> list[Person]:
    """All mailboxes, as names and addresses that somebody may mean."""
    return _people(await _MAILBOXES.rows(db))


async def home_of(db: Writer, conversation_id: int) -> tuple[int, str]:
    """The mailbox that a conversation is in, and its address."""
    [row] = await _AROUND.rows(db, conversation_id=conversation_id, agent_id=None)
    return row["mailbox_id"], row["address"]


async def holder_of(db: Writer, conversation_id: int) -> str:
    """The address of who has a conversation, empty for nobody."""
    [row] = await _AROUND.rows(db, conversation_id=conversation_id, agent_id=None)
    return row["holder"] or ""


async def stood(db: Writer, conversation_id: int, agent_id: int) -> Mapping[str, Any]:
    """How it stands: status, holder, address (of its mailbox), tags, priority, category, and what
    a person hears of it (notices).
    """
    [row] = await _AROUND.rows(db, conversation_id=conversation_id, agent_id=agent_id)
    return dict(row)


async def takes_part(db: Writer, agent_id: int, mailbox_id: int) -> bool:
    """Whether a person takes part in a mailbox."""
    return bool(await _PART.rows(db, agent_id=agent_id, mailbox_id=mailbox_id))


async def tags_there(db: Writer, conversation_id: int) -> list[str]:
    """The tags of a conversation."""
    [row] = await _AROUND.rows(db, conversation_id=conversation_id, agent_id=None)
    return list(row["tags"])


async def zone_of(db: Writer, conversation_id: int, agent_id: int) -> ZoneInfo:
    """In which a person says times there: their own, else the mailbox's."""
    [row] = await _AROUND.rows(db, conversation_id=conversation_id, agent_id=agent_id)
    return zone_called(row["own_zone"] or row["time_zone"])


async def said_outside(db: Writer, conversation_id: int) -> tuple[list[str], list[str]]:
    """What customers wrote and quoted there, the newest thirty mails, and their names."""
    rows = await _OUTSIDERS.rows(db, conversation_id=conversation_id)
    texts = [text for row in rows for text in (row["text"], row["quoted"]) if text]
    return texts, [row["author_name"] for row in rows if row["author_name"]]


async def shown_mail(db: Writer, event_id: int, conversation_id: int) -> int | None:
    """The customer's mail that the notice of an event showed, if it is still there."""
    rows = await _SHOWN.rows(db, event_id=event_id, conversation_id=conversation_id)
    return rows[0]["id"] if rows else None


async def has_unseen(db: Writer, event_id: int | None, conversation_id: int) -> bool:
    """Whether somebody outside has written since the event that a notice showed."""
    if not event_id:
        return False
    return bool(await _UNSEEN.rows(db, event_id=event_id, conversation_id=conversation_id))


async def customers_mail(db: Writer, event_id: int, conversation_id: int) -> int | None:
    """The customer's mail that the notice of an event showed, else their newest."""
    rows = await _CUSTOMERS.rows(db, event_id=event_id, conversation_id=conversation_id)
    return rows[0]["id"] if rows else None


async def asked_mail(db: Writer, event_id: int, conversation_id: int) -> int | None:
    """The mail of somebody whom we have asked that the notice of an event showed."""
    rows = await _ASKED.rows(db, event_id=event_id, conversation_id=conversation_id)
    return rows[0]["id"] if rows else None


async def offered(db: Writer, conversation_id: int, agent_id: int) -> int | None:
    """The other conversation that the last notice to this person named."""
    rows = await _OFFERED.rows(db, conversation_id=conversation_id, agent_id=agent_id)
    return rows[0]["id"] if rows else None


async def within_reach(db: Writer, conversation_id: int, agent_id: int) -> int | None:
    """The conversation of this number, merges followed; None where it is not theirs to see."""
    rows = await _REACH.rows(db, id=conversation_id, agent_id=agent_id)
    return rows[0]["id"] if rows else None


async def of_customer(
    db: Writer, conversation_id: int, agent_id: int, words: str
) -> list[tuple[int, str]]:
    """The customer's other conversations with these words in the subject, of their mailboxes.

    The newest six; one alone where it has no more than these words.
    """
    rows = await _OF_CUSTOMER.rows(db, id=conversation_id, agent_id=agent_id, words=words)
    found = [(row["id"], row["subject"]) for row in rows]
    exact = [one for one in found if one[1].casefold().strip() == words.casefold()]
    return exact if len(exact) == 1 else found


async def is_done(db: Writer, identity: bytes) -> bool:
    """Whether the orders of this mail were carried out, by another copy of it."""
    return bool(await _DONE.rows(db, identity=identity))


async def keep_done(
    db: Writer,
    identity: bytes,
    orders: Sequence[str],
    *,
    conversation_id: int,
    agent_id: int,
    spool_id: int,
    now: datetime,
) -> bool:
    """Remember that they are; False where another copy was faster, which is waited for."""
    kept = await _KEEP.rows(
        db,
        identity=identity,
        conversation_id=conversation_id,
        agent_id=agent_id,
        spool_id=spool_id,
        orders=list(orders),
        now=now,
    )
    return bool(kept)


async def newest_message(db: Writer, conversation_id: int) -> int:
    """The last entry of a conversation, or of the one that it was joined to."""
    return int((await _NEWEST.rows(db, conversation_id=conversation_id))[0]["id"])


async def told_since(db: Writer, agent_id: int, kind: str, since: datetime) -> int:
    """How many mails of this kind this person got since then."""
    rows = await _TOLD.rows(db, agent_id=agent_id, kind=kind, since=since)
    return int(rows[0]["told"])
