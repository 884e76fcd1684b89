"""Who a customer is: what is known of them beside one of their conversations."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select

from inbox.errors import NotFound
from inbox.model.address import normalize
from inbox.model.viewer import Viewer
from inbox.store.conversations import visible_to
from inbox.store.engine import Reader, Writer
from inbox.store.tables import (
    AddressRefused,
    Agent,
    Conversation,
    ConversationMailbox,
    Customer,
    CustomerAddress,
    CustomerMerge,
    CustomerPhone,
    Mailbox,
    Message,
    Participant,
)

MOST_OTHERS: Final = 10
_MOST_NAMES: Final = 5
_MOST_ASKED: Final = 3
_OLDEST: Final = CustomerAddress.created_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A customer and the others in one conversation; only what its reader may see."""

    names: Sequence[str]
    addresses: Sequence[CustomerAddress]
    phones: Sequence[str]
    merges: Sequence[CustomerMerge]  # that can be undone
    others: Sequence[Conversation]  # of the same customer, the newest
    participants: Sequence[Participant]
    mailboxes: Sequence[str]  # further ones that see the conversation
    tellers: Mapping[int, str]  # the agents who told an address, by name
    sources: Mapping[int, int]  # the messages that addresses were learned from: where each is
    asked: Sequence[str]  # where the customer wants answers here, and which is not theirs yet


async def read_identity(db: Reader, viewer: Viewer, conversation: Conversation) -> Identity:
    """What the page of a conversation says of its people."""
    customer_id = conversation.customer_id
    addresses = (
        await db.scalars(
            select(CustomerAddress)
            .where(CustomerAddress.customer_id == customer_id)
            .order_by(CustomerAddress.created_at, CustomerAddress.address)
        )
    ).all()
    phones = select(CustomerPhone.number).where(CustomerPhone.customer_id == customer_id)
    merges = select(CustomerMerge).where(
        CustomerMerge.into_id == customer_id, CustomerMerge.undone_at.is_(None)
    )
    people = select(Participant).where(Participant.conversation_id == conversation.id)
    also = (
        select(Mailbox.name)
        .join(ConversationMailbox, ConversationMailbox.mailbox_id == Mailbox.id)
        .where(ConversationMailbox.conversation_id == conversation.id)
        .order_by(Mailbox.name)
    )
    return Identity(
        names=await _names(db, conversation, [one.address for one in addresses]),
        addresses=addresses,
        phones=(await db.scalars(phones.order_by(CustomerPhone.created_at))).all(),
        merges=(await db.scalars(merges.order_by(CustomerMerge.id.desc()))).all(),
        others=await others_of(db, viewer, conversation),
        participants=(await db.scalars(people.order_by(Participant.address).limit(50))).all(),
        mailboxes=(await db.scalars(also)).all(),
        tellers=await _tellers(db, addresses),
        sources=await messages_shown(
            db, viewer, [one.message_id for one in addresses if one.message_id]
        ),
        asked=await _asked(db, conversation, [one.address for one in addresses]),
    )


async def others_of(
    db: Reader, viewer: Viewer, conversation: Conversation
) -> Sequence[Conversation]:
    """The newest other conversations of the same customer that exist for the person."""
    others = (
        select(Conversation)
        .where(
            Conversation.customer_id == conversation.customer_id,
            Conversation.id != conversation.id,
            visible_to(viewer),
        )
        .order_by(Conversation.last_message_at.desc())
        .limit(MOST_OTHERS)
    )
    return (await db.scalars(others)).all()


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


async def _tellers(db: Reader, addresses: Sequence[CustomerAddress]) -> dict[int, str]:
    ids = {one.agent_id for one in addresses if one.agent_id}
    if not ids:
        return {}
    rows = await db.execute(select(Agent.id, Agent.name).where(Agent.id.in_(ids)))
    return {row.id: row.name for row in rows}


async def _asked(db: Reader, conversation: Conversation, addresses: list[str]) -> Sequence[str]:
    """Addresses that mails of the customer name in Reply-To, but for what was said to be wrong."""
    refused = select(AddressRefused.address).where(
        AddressRefused.customer_id == conversation.customer_id
    )
    anybodys = select(CustomerAddress.address).where(CustomerAddress.address == Message.reply_to)
    found = await db.scalars(
        select(Message.reply_to)
        .where(
            Message.conversation_id == conversation.id,
            Message.author_address.in_(addresses),
            Message.reply_to != "",
            Message.reply_to.not_in(refused),
            ~anybodys.exists(),
        )
        .distinct()
        .order_by(Message.reply_to)
        .limit(_MOST_ASKED)
    )
    return found.all()


async def _names(db: Reader, conversation: Conversation, addresses: list[str]) -> list[str]:
    """The names under which the customer has written here, beside the one that is known."""
    known = await db.scalar(select(Customer.name).where(Customer.id == conversation.customer_id))
    written = await db.scalars(
        select(Message.author_name)
        .where(
            Message.conversation_id == conversation.id,
            Message.author_address.in_(addresses),
            Message.author_name != "",
        )
        .group_by(Message.author_name)
        .order_by(func.min(Message.id))
        .limit(_MOST_NAMES)
    )
    return list(dict.fromkeys(filter(None, [known, *written])))


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
    merges = select(CustomerMerge).where(
        CustomerMerge.into_id == customer_id, CustomerMerge.undone_at.is_(None)
    )
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
            for one in await db.scalars(merges.order_by(CustomerMerge.id))
        ],
    }
