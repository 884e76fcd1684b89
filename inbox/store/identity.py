"""Who a customer is: what is known of them beside one of their conversations."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from inbox.errors import NotFound
from inbox.model.address import normalize
from inbox.model.viewer import Viewer
from inbox.store.conversations import visible_to
from inbox.store.customer_notes import notes_about
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement
from inbox.store.tables import (
    Agent,
    Conversation,
    Customer,
    CustomerAddress,
    CustomerMerge,
    CustomerNote,
    CustomerPhone,
    Message,
)

_OLDEST: Final = CustomerAddress.created_at
# All that is short, in one round trip. `names` are those under which the customer has written here;
# `asked` are addresses that mails of theirs name in Reply-To, but for what was said to be wrong.
_KNOWN: Final = Statement("""
with theirs as (select address from customer_address where customer_id = :customer)
select (select name from customer where id = :customer) as name,
       array(select m.author_name from message m
              where m.conversation_id = :conversation and m.author_name <> ''
                and m.author_address in (select address from theirs)
              group by m.author_name order by min(m.received_at), min(m.id) limit 5) as names,
       array(select number from customer_phone
              where customer_id = :customer order by created_at) as phones,
       exists (select from customer_merge
                where into_id = :customer and undone_at is null) as is_merged,
       exists (select from customer_note
                where customer_id = :customer and removed_at is null) as is_noted,
       (select coalesce(json_agg(json_build_object(
                   'address', address, 'evidence', evidence, 'organisation', organisation,
                   'agent_id', agent_id, 'message_id', message_id,
                   'created_at', created_at) order by created_at, address),
               '[]')
          from customer_address where customer_id = :customer) as addresses,
       exists (select from satisfaction s join conversation c on c.id = s.conversation_id
                where s.rated is not null
                  and (c.customer_id = :customer or c.merged_into = :conversation)) as is_rated,
       (select coalesce(json_agg(each order by each.address), '[]')
          from (select address, name from participant where conversation_id = :conversation
                 order by address limit 50) each) as participants,
       array(select b.name from mailbox b join conversation_mailbox m on m.mailbox_id = b.id
              where m.conversation_id = :conversation order by b.name) as mailboxes,
       array(select distinct m.reply_to from message m
              where m.conversation_id = :conversation and m.reply_to <> ''
                and m.author_address in (select address from theirs)
                and m.reply_to not in (select address from address_refused
                                        where customer_id = :customer)
                and not exists (select from customer_address a where a.address = m.reply_to)
              order by m.reply_to limit 3) as asked
""")


@dataclass(frozen=True, slots=True)
class KnownAddress:
    """An address of the customer, and how it became known."""

    address: str
    evidence: str
    organisation: str
    agent_id: int | None  # who told it
    message_id: int | None  # which mail did
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Named:
    """An address and the name that stands beside it, if any."""

    address: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A customer and the others in one conversation; only what its reader may see."""

    name: str
    names: Sequence[str]  # with those under which they write here
    addresses: Sequence[KnownAddress]  # the oldest first
    phones: Sequence[str]
    merges: Sequence[CustomerMerge]  # that can be undone
    participants: Sequence[Named]
    mailboxes: Sequence[str]  # further ones that see the conversation
    tellers: Mapping[int, str]  # the agents who told an address, by name
    sources: Mapping[int, int]  # the messages that addresses were learned from: where each is
    is_rated: bool  # the customer has said something of our help
    asked: Sequence[str]  # where the customer wants answers here, and which is not theirs yet
    notes: Sequence[CustomerNote]


async def read_identity(db: Reader, viewer: Viewer, conversation: Conversation) -> Identity:
    """What the page of a conversation says of its people."""
    customer_id = conversation.customer_id
    [known] = await _KNOWN.rows(db, customer=customer_id, conversation=conversation.id)
    addresses = [
        KnownAddress(**{**one, "created_at": datetime.fromisoformat(one["created_at"])})
        for one in known["addresses"]
    ]
    return Identity(
        name=known["name"] or "",
        names=list(dict.fromkeys(filter(None, [known["name"], *known["names"]]))),
        addresses=addresses,
        phones=known["phones"],
        merges=await _merges(db, customer_id) if known["is_merged"] else [],
        participants=[Named(**one) for one in known["participants"]],
        mailboxes=known["mailboxes"],
        tellers=await _tellers(db, addresses),
        sources=await messages_shown(
            db, viewer, [one.message_id for one in addresses if one.message_id]
        ),
        asked=known["asked"],
        notes=await notes_about(db, customer_id) if known["is_noted"] else [],
        is_rated=known["is_rated"],
    )


async def _merges(db: Reader, customer_id: int) -> Sequence[CustomerMerge]:
    merges = select(CustomerMerge).where(
        CustomerMerge.into_id == customer_id, CustomerMerge.undone_at.is_(None)
    )
    return (await db.scalars(merges.order_by(CustomerMerge.id.desc()))).all()


async def newest_of_customer(db: Reader | Writer, viewer: Viewer, customer_id: int) -> Conversation:
    """The conversation of a customer in which something happened last, of those that exist for the
    person. Raises NotFound: without one there is no such customer for them.
    """
    found = await db.scalar(
        select(Conversation)
        .where(Conversation.customer_id == customer_id, visible_to(viewer))
        .order_by(Conversation.last_message_at.desc(), Conversation.id.desc())
        .limit(1)
    )
    if found is None:
        raise NotFound
    return found


async def messages_shown(
    db: Reader | Writer, viewer: Viewer, ids: Collection[int]
) -> dict[int, int]:
    """Those of the messages that exist for the person, each with its conversation."""
    if not ids:
        return {}
    rows = await db.execute(
        select(Message.id, Message.conversation_id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Message.id.in_(ids), visible_to(viewer))
    )
    return {row.id: row.conversation_id for row in rows}


async def customer_by_address(db: Reader | Writer, viewer: Viewer, address: str) -> int | None:
    """The customer with this address, if the person may see a conversation of theirs."""
    if "\0" in address:  # PostgreSQL would not even look
        return None
    return await db.scalar(
        select(CustomerAddress.customer_id)
        .join(Conversation, Conversation.customer_id == CustomerAddress.customer_id)
        .where(CustomerAddress.address == normalize(address))
        .where(visible_to(viewer))
        .limit(1)
    )


async def _tellers(db: Reader, addresses: Sequence[KnownAddress]) -> dict[int, str]:
    ids = {one.agent_id for one in addresses if one.agent_id}
    if not ids:
        return {}
    rows = await db.execute(select(Agent.id, Agent.name).where(Agent.id.in_(ids)))
    return {row.id: row.name for row in rows}


async def customer_id_of(db: Reader | Writer, address: str) -> int:
    """The customer with this address, for whoever may see all. Raises NotFound."""
    found = await db.get(CustomerAddress, normalize(address))
    if found is None:
        raise NotFound(f"no customer has the address {address[:320]}")
    return found.customer_id


async def newest_by_address(db: Reader | Writer, address: str) -> Conversation:
    """The conversation of a customer in which something happened last, likewise."""
    found = await db.scalar(
        select(Conversation)
        .where(Conversation.customer_id == await customer_id_of(db, address))
        .where(Conversation.merged_into.is_(None))
        .order_by(Conversation.last_message_at.desc(), Conversation.id.desc())
        .limit(1)
    )
    if found is None:
        raise NotFound(f"the customer {address[:320]} has no conversation")
    return found


async def profile(db: Reader, address: str) -> dict[str, Any]:
    """A customer as an administrator sees them. Raises NotFound."""
    customer_id = await customer_id_of(db, address)
    customer = await db.get_one(Customer, customer_id)
    theirs = CustomerAddress.customer_id == customer_id
    addresses = await db.scalars(select(CustomerAddress).where(theirs).order_by(_OLDEST))
    phones = select(CustomerPhone.number).where(CustomerPhone.customer_id == customer_id)
    return {
        "id": customer_id,
        "name": customer.name,
        "addresses": [
            {"address": one.address, "evidence": one.evidence, "message": one.message_id}
            for one in addresses
        ],
        "phones": list(await db.scalars(phones.order_by(CustomerPhone.created_at))),
        "merges": [
            {"id": one.id, "addresses": one.addresses}
            for one in reversed(await _merges(db, customer_id))
        ],
    }
