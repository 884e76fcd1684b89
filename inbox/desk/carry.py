"""Mails go from one conversation to another, with all that follows from them.

What leads later mails to them moves along, and so do our answers' ways back: a colleague who
answers the notice of a mail by mail must never reach the customer of the conversation it left.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from inbox.mail.tokens import hash_token
from inbox.model.actor import Actor
from inbox.model.address import normalize
from inbox.model.conversation import ActorKind
from inbox.outbound.keyed import reply_token
from inbox.store.arrived import OLDEST_FIRST
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement
from inbox.store.tables import Conversation, CustomerAddress, Message, Outbound
from inbox.threading.clues import topics_of
from inbox.threading.references import hash_id
from inbox.threading.subject import base_subject

Entry = Row[Any]  # a message without its words

_COLUMNS = (
    Message.id,
    Message.kind,
    Message.visibility,
    Message.author_kind,
    Message.author_address,
    Message.author_name,
    Message.to,
    Message.cc,
    Message.subject,
    Message.message_id,
    Message.in_reply_to,
    Message.references,
    Message.received_at,
    Message.proof,
)

# An id that both sides name stays known to both; who has a mail under it is asked first.
_CARRY = tuple(
    map(
        Statement,
        (
            """
insert into message_ref (id_hash, conversation_id, how, message_id)
select id_hash, cast(:target as bigint), how, message_id from message_ref
 where conversation_id = :source
   and (id_hash = any(cast(:own as bytea[])) or id_hash = any(cast(:topics as bytea[])))
    on conflict (id_hash, conversation_id) do update
   set how = excluded.how, message_id = excluded.message_id where message_ref.how = 'sibling'
""",
            """
insert into message_ref (id_hash, conversation_id, how)
select id_hash, :target, 'sibling' from unnest(cast(:named as bytea[])) as id_hash
    on conflict do nothing
""",
            """
delete from message_ref
 where conversation_id = :source
   and (id_hash = any(cast(:gone as bytea[]))
        or id_hash = any(cast(:left_topics as bytea[]))
        or how = 'sibling' and id_hash = any(cast(:forgotten as bytea[])))
""",
            """
insert into barred (id_hash, conversation_id)
select id_hash, cast(:source as bigint) from unnest(cast(:gone as bytea[])) as id_hash
    on conflict do nothing
""",
            """
delete from barred where conversation_id = :target and id_hash = any(cast(:own as bytea[]))
""",
            """
insert into participant (conversation_id, address, name, part)
select cast(:target as bigint), p.address, p.name, p.part
  from participant p
 where p.conversation_id = :source and p.address = any(cast(:people as text[]))
   and p.address <> all(cast(:customer as text[]))
 union all
select cast(:target as bigint), w.address, w.name, 'sender'
  from jsonb_to_recordset(cast(:writers as jsonb)) as w(address text, name text)
 where w.address <> all(cast(:customer as text[]))
    on conflict do nothing
""",
            """
delete from participant
 where conversation_id = :source and address = any(cast(:strangers as text[]))
""",
            """
update message
   set conversation_id = :target, match = match || cast(:corrected as jsonb)
 where id = any(cast(:messages as bigint[]))
""",
            # Where who was asked is the customer, their words are a customer's.
            """
update message set visibility = 'public'
 where id = any(cast(:messages as bigint[])) and kind = 'mail' and visibility = 'internal'
   and author_address = any(cast(:customer as text[]))
""",
            "update event set conversation_id = :target "
            "where message_id = any(cast(:messages as bigint[]))",
            "update outbound set conversation_id = :target "
            "where id = any(cast(:outbound as bigint[]))",
            """
update reply_token set conversation_id = :target
 where token_hash = any(cast(:tokens as bytea[]))
    or conversation_id = :source and held_id in (
       select id from held where message_id = any(cast(:messages as bigint[])))
""",
            # An answer that has not left yet names no mail of what is another matter now.
            """
update message set "references" = array(
       select id from unnest("references") with ordinality as r(id, place)
        where id <> all(cast(:ids as text[])) order by place)
 where conversation_id = :source and "references" && cast(:ids as text[])
   and id in (select message_id from outbound
               where conversation_id = :source and kind = 'reply' and state = 'waiting')
""",
        ),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Which entries go from where to where, and who says so."""

    source: Conversation
    target: Conversation
    going: Sequence[Entry]
    staying: Sequence[Entry]
    by: Actor
    now: datetime
    how: str  # split, moved, unmerged: kept with the mail's verdict
    outbound: Collection[int] = ()  # further mails of ours that go along


async def entries_of(db: Reader | Writer, conversation_id: int) -> list[Entry]:
    """The entries of a conversation in the order in which they came."""
    rows = await db.execute(
        select(*_COLUMNS).where(Message.conversation_id == conversation_id).order_by(*OLDEST_FIRST)
    )
    return list(rows)


async def carry(db: Writer, move: Move, *, secret: bytes) -> None:
    """Move the entries and all that leads to them. Both conversations are locked already."""
    ids = [one.id for one in move.going]
    mails = await _outbound(db, ids, move.outbound)
    header_ids = {one.message_id for one in move.going if one.message_id}
    own = {hash_id(one) for one in (*header_ids, *mails.values())}
    shared = {hash_id(one.message_id) for one in move.staying if one.message_id}
    named, still_named = _named(move.going), _named(move.staying)
    topics = _topics(move.going)
    people, staying_people = _people(move.going), _people(move.staying)
    values = {
        "source": move.source.id,
        "target": move.target.id,
        "messages": ids,
        "outbound": list(mails),
        "ids": list(header_ids),
        "own": list(own),
        "gone": list(own - shared),
        "named": list(named - own),
        "topics": list(topics),
        "left_topics": list(topics - _topics(move.staying)),
        "forgotten": list(named - still_named),
        "tokens": [hash_token(reply_token(secret, one)) for one in mails.values()],
        "people": list(people),
        "strangers": list(people - staying_people),
        "writers": json.dumps(_writers(move.going)),
        "customer": await addresses_of(db, move.target.customer_id),
        "corrected": json.dumps({"corrected": _corrected(move)}),
    }
    await db.flush()
    for statement in _CARRY:
        await statement.rows(db, **values)


async def addresses_of(db: Reader | Writer, customer_id: int) -> list[str]:
    """A customer's addresses."""
    return list(
        await db.scalars(
            select(CustomerAddress.address).where(CustomerAddress.customer_id == customer_id)
        )
    )


async def _outbound(db: Writer, ids: Sequence[int], further: Collection[int]) -> dict[int, str]:
    """Mails of ours about these entries, by id: their Message-IDs."""
    rows = await db.execute(
        select(Outbound.id, Outbound.header_id).where(
            Outbound.message_id.in_(ids) | Outbound.id.in_(further)
        )
    )
    return {row.id: row.header_id for row in rows}


def _named(entries: Iterable[Entry]) -> set[bytes]:
    return {hash_id(each) for one in entries for each in (one.in_reply_to, *one.references) if each}


def _topics(entries: Iterable[Entry]) -> set[bytes]:
    """By what subjects and series a conversation with these mails may be found."""
    return {key for one in entries for key in topics_of(base_subject(one.subject).text)}


def _people(entries: Iterable[Entry]) -> set[str]:
    found = set()
    for one in entries:
        found |= {normalize(each.get("address", "")) for each in (*one.to, *one.cc)}
        found.add(one.author_address)
    return found - {""}


def _writers(entries: Iterable[Entry]) -> list[dict[str, str]]:
    """Who takes part because they wrote; a mail that its domain disowns draws nobody in."""
    return [
        {"address": one.author_address, "name": one.author_name}
        for one in entries
        if one.kind == "mail"
        and one.author_kind == ActorKind.CUSTOMER
        and one.author_address
        and one.visibility == "public"  # who was asked goes along with their own part
        and one.proof.get("dmarc") != "fail"
    ]


def _corrected(move: Move) -> dict[str, Any]:
    return {
        "how": move.how,
        "by": move.by.name,
        "from": move.source.id,
        "at": move.now.isoformat(),
    }
