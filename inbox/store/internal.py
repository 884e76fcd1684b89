"""What of a conversation is only for us, and what its customer knows: two questions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement

_MOST = 500  # messages, the newest
_LONGEST = 20_000  # characters of one
_MOST_CHARACTERS = 600_000  # of all

# A public mail is the readers' own if its author takes part, or if nobody there does and it is the
# one that is answered. One that is internal is from somebody whom we have asked: the customer knows
# nothing of it. A machine's mail that came from outside is no secret of ours.
_SAID = Statement("""
with newest as (
    select m.id, m.received_at, m.kind, m.visibility, m.author_kind, m.author_id, m.author_name,
           m.subject, m.author_address, left(m.text, :longest) as text,
           left(m.quoted, :longest) as quoted, m."to", m.cc,
           exists (select from customer_address own
                    where own.customer_id = c.customer_id and own.address = m.author_address)
           or exists (select from participant p
                       where p.conversation_id = c.id and p.address = m.author_address) as belongs
      from message m join conversation c on c.id = m.conversation_id
     where m.conversation_id = :conversation_id
     order by m.received_at desc, m.id desc limit :most
), counted as (
    select newest.*, sum(length(text) + length(quoted)) over by_time as so_far,
           bool_or(belongs and kind = 'mail' and visibility = 'public') over () as is_known,
           row_number() over (partition by kind = 'mail' and visibility = 'public'
                              order by received_at desc, id desc) = 1 as is_newest
      from newest
    window by_time as (order by received_at desc, id desc)
)
select kind, author_kind, author_id, author_name, author_address, subject, text, quoted,
       "to" || cc as people,
       author_kind = 'customer' and visibility = 'internal' and kind <> 'mail'
       or visibility = 'public' and (kind <> 'mail' or belongs or not is_known and is_newest)
       as is_shared
  from counted where so_far <= :most_characters
 order by received_at desc, id desc
""")
_NAMES = Statement("""
select name from agent
union select name from mailbox
""")
_PEOPLE = Statement("select name from agent where not is_list")
_ADDRESSES = Statement("""
select address from agent_address where address = any(cast(:addresses as text[]))
 union select email from agent where email = any(cast(:addresses as text[]))
except select address from mailbox_address
""")
_FILES = Statement("""
select distinct f.sha256 from file f join message m on m.id = f.message_id
 where m.conversation_id = :conversation_id and m.visibility = 'public'
   and f.sha256 = any(cast(:keys as bytea[]))
""")
_SIGNED = Statement("""
select m.signature, m.name from conversation c join mailbox m on m.id = c.mailbox_id
 where c.id = :conversation_id
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One message, as far as it matters to whom its words are known."""

    kind: str
    author_kind: str
    author_id: int | None
    author_name: str
    author_address: str
    subject: str
    text: str
    quoted: str
    people: list[dict[str, Any]]  # to whom it was addressed
    is_shared: bool  # with the customer


async def utterances(db: Reader | Writer, conversation_id: int) -> list[Utterance]:
    """The newest messages of a conversation, newest first, no more than can be compared."""
    rows = await _SAID.rows(
        db,
        conversation_id=conversation_id,
        most=_MOST,
        longest=_LONGEST,
        most_characters=_MOST_CHARACTERS,
    )
    return [Utterance(**row) for row in rows]


async def names_of_ours(db: Reader | Writer) -> list[str]:
    """The names of all people and mailboxes: those whom a notice may name."""
    return [row["name"] for row in await _NAMES.rows(db)]


async def names_of_people(db: Reader | Writer) -> list[str]:
    """The names of all people of ours, departments among them not."""
    return [row["name"] for row in await _PEOPLE.rows(db)]


async def signed_as(db: Reader | Writer, conversation_id: int) -> list[str]:
    """What each answer says besides: the mailbox's signature and name."""
    rows = await _SIGNED.rows(db, conversation_id=conversation_id)
    return [text for row in rows for text in (row["signature"], row["name"])]


async def shared_files(
    db: Reader | Writer, conversation_id: int, keys: Sequence[bytes]
) -> frozenset[bytes]:
    """Those of the SHA-256 whose files the customer has sent or got in this conversation."""
    rows = await _FILES.rows(db, conversation_id=conversation_id, keys=list(keys))
    return frozenset(row["sha256"] for row in rows)


async def private_among(db: Reader | Writer, addresses: Collection[str]) -> Sequence[str]:
    """Those of the addresses, in normal form, at which our people read their own mail."""
    if not addresses:
        return []
    return [row["address"] for row in await _ADDRESSES.rows(db, addresses=sorted(addresses))]
