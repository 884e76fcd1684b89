"""The verbs that say who a customer is: addresses, phones, and who are one person.

All of it can be taken back. Nobody is replaced: what was written stays under the address that it
came from.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from inbox.desk.record import record
from inbox.errors import Conflict, Invalid, NotFound
from inbox.mail.header_values import is_sendable
from inbox.model.actor import Actor
from inbox.model.address import base_address, normalize
from inbox.model.conversation import ActorKind
from inbox.model.event import EventName
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.people import ours_among
from inbox.store.statement import Statement
from inbox.store.tables import (
    AddressRefused,
    Conversation,
    Customer,
    CustomerAddress,
    CustomerMerge,
    CustomerPhone,
)
from inbox.store.threads import hold_authors
from inbox.threading.participants import organisation

_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()/.-]{3,38}[0-9]")

_MERGE = Statement("""
with moved as (
    update customer_address set customer_id = :into where customer_id = :gone returning address
), called as (
    delete from customer_phone where customer_id = :gone returning number
), kept as (
    insert into customer_phone (customer_id, number) select :into, number from called
        on conflict do nothing
), refused as (
    -- Of whom they were is told by the moment, so that a parting can take them away again.
    insert into address_refused (customer_id, address, created_at)
    select :into, r.address, r.created_at from address_refused r
     where r.customer_id = :gone
       and not exists (select from customer_address a
                        where a.customer_id = :into and a.address = r.address)
        on conflict do nothing
), noted as (
    update customer_note set customer_id = :into where customer_id = :gone returning id
), taken as (
    update conversation set customer_id = :into where customer_id = :gone returning id
)
insert into customer_merge (into_id, gone_id, agent_id, addresses, phones, conversations, notes,
                            created_at)
select :into, :gone, cast(:agent_id as bigint), array(select address from moved),
       array(select number from called), array(select id from taken),
       array(select id from noted), :now
returning id
""")
_PART = Statement("""
with merge as (
    update customer_merge set undone_at = :now where id = :merge_id
    returning into_id, gone_id, addresses, phones, conversations, notes
), moved as (
    update customer_address a set customer_id = merge.gone_id from merge
     where a.customer_id = merge.into_id and a.address = any(merge.addresses)
), called as (
    delete from customer_phone p using merge
     where p.customer_id = merge.into_id and p.number = any(merge.phones)
), noted as (
    update customer_note n set customer_id = merge.gone_id from merge
     where n.customer_id = merge.into_id and n.id = any(merge.notes)
), kept as (
    insert into customer_phone (customer_id, number)
    select gone_id, unnest(phones) from merge on conflict do nothing
), refused as (
    delete from address_refused r using merge, address_refused theirs
     where r.customer_id = merge.into_id and theirs.customer_id = merge.gone_id
       and theirs.address = r.address and theirs.created_at = r.created_at
)
update conversation c set customer_id = merge.gone_id from merge
 where c.customer_id = merge.into_id
   -- By id: the mail that was taken in first has begun it, for its author.
   and (c.id = any(merge.conversations) or c.created_at > :then
        and (select m.author_address from message m where m.conversation_id = c.id
              order by m.id limit 1) = any(merge.addresses))
""")


async def add_address(
    db: Writer, conversation_id: int, address: str, *, by: Actor, now: datetime
) -> None:
    """Say that the customer of a conversation also writes from there.

    Raises Invalid for what is no address of somebody outside, Conflict where another customer has
    it: these two are to be merged.
    """
    address = normalize(address)
    if not is_sendable(address):
        raise Invalid(Refusal.NO_MAIL_ADDRESS, address=address[:100])
    if await ours_among(db, (address, base_address(address))):
        raise Invalid(Refusal.ONE_OF_OURS)
    await hold_authors(db, [address])
    conversation = await lock(db, conversation_id)
    known = await db.get(CustomerAddress, address)
    if known is not None and known.customer_id == conversation.customer_id:
        return
    if known is not None:
        raise Conflict(Refusal.SOMEBODY_ELSES)
    await db.execute(
        delete(AddressRefused).where(
            AddressRefused.customer_id == conversation.customer_id,
            AddressRefused.address == address,
        )
    )
    db.add(
        CustomerAddress(
            address=address,
            customer_id=conversation.customer_id,
            evidence="told",
            agent_id=by.id if by.kind is ActorKind.AGENT else None,
            organisation=organisation(address),
            created_at=now,
        )
    )
    await db.flush()
    await _learned(db, conversation, address, by=by, now=now)


async def remove_address(
    db: Writer, conversation_id: int, address: str, *, by: Actor, now: datetime
) -> None:
    """Say that the customer does not write from there after all.

    Mails from there are another customer's from now on, and nothing makes it theirs again but one
    of us. Raises NotFound, and Invalid for the only
    address that there is.
    """
    await hold_authors(db, [address])
    conversation = await lock(db, conversation_id)
    customer_id = conversation.customer_id
    theirs = CustomerAddress.customer_id == customer_id
    count = await db.scalar(select(func.count()).select_from(CustomerAddress).where(theirs))
    if (count or 0) < 2:
        raise Invalid(Refusal.ONLY_ADDRESS)
    gone = await db.scalar(
        delete(CustomerAddress)
        .where(theirs, CustomerAddress.address == address)
        .returning(CustomerAddress.address)
    )
    if gone is None:
        raise NotFound
    refused = {"customer_id": customer_id, "address": gone, "created_at": now}
    await db.execute(insert(AddressRefused).values(refused).on_conflict_do_nothing())
    payload = {"value": gone}
    await record(db, conversation.id, EventName.CUSTOMER_FORGOT, by=by, now=now, payload=payload)


async def add_phone(
    db: Writer, conversation_id: int, number: str, *, by: Actor, now: datetime
) -> None:
    """Say where the customer can be called. Raises Invalid for what is no number."""
    number = " ".join(number.split())
    if not _PHONE.fullmatch(number):
        raise Invalid(Refusal.NO_PHONE_NUMBER, number=number[:40])
    conversation = await lock(db, conversation_id)
    row = {"customer_id": conversation.customer_id, "number": number, "created_at": now}
    made = await db.execute(
        insert(CustomerPhone).values(row).on_conflict_do_nothing().returning(CustomerPhone.number)
    )
    if made.first():
        await _learned(db, conversation, number, by=by, now=now)


async def remove_phone(
    db: Writer, conversation_id: int, number: str, *, by: Actor, now: datetime
) -> None:
    """Say that the customer cannot be called there after all. Raises NotFound."""
    number = " ".join(number.split())
    conversation = await lock(db, conversation_id)
    gone = await db.scalar(
        delete(CustomerPhone)
        .where(
            CustomerPhone.customer_id == conversation.customer_id, CustomerPhone.number == number
        )
        .returning(CustomerPhone.number)
    )
    if gone is None:
        raise NotFound
    payload = {"value": gone}
    await record(db, conversation.id, EventName.CUSTOMER_FORGOT, by=by, now=now, payload=payload)


async def merge_customers(
    db: Writer, conversation_id: int, gone: int, *, by: Actor, now: datetime
) -> int | None:
    """Make `gone` and the customer of the conversation one person; the merge's id.

    Theirs are all conversations, addresses and phones of both from now on. None where they are one
    already. Raises NotFound.
    """
    await _hold(db, conversation_id, gone)
    conversation = await lock(db, conversation_id)
    into = conversation.customer_id
    if into == gone:
        return None
    await _lock_customers(db, into, gone)
    [row] = await _MERGE.rows(db, into=into, gone=gone, agent_id=by.id, now=now)
    merge_id = int(row["id"])
    merged = await db.get_one(CustomerMerge, merge_id)
    payload = {"merge": merge_id, "value": ", ".join(merged.addresses)}
    await record(db, conversation.id, EventName.CUSTOMER_MERGED, by=by, now=now, payload=payload)
    return merge_id


async def part_customers(
    db: Writer, conversation_id: int, merge_id: int, *, by: Actor, now: datetime
) -> None:
    """Take a merge of the conversation's customer back: everybody has what was theirs.

    What came since goes with the address that it came from. Raises NotFound, also where one of them
    has been merged again, and Conflict where it was taken back already.
    """
    await _hold(db, conversation_id)
    conversation = await lock(db, conversation_id)
    merge = await db.scalar(
        select(CustomerMerge).where(CustomerMerge.id == merge_id).with_for_update()
    )
    if merge is None or conversation.customer_id not in (merge.into_id, merge.gone_id):
        raise NotFound
    if merge.undone_at is not None:
        raise Conflict(Refusal.TAKEN_BACK_BEFORE)
    await _PART.rows(db, merge_id=merge_id, then=merge.created_at, now=now)
    payload = {"merge": merge_id, "value": ", ".join(merge.addresses)}
    await record(db, conversation.id, EventName.CUSTOMER_PARTED, by=by, now=now, payload=payload)


async def _learned(
    db: Writer, conversation: Conversation, value: str, *, by: Actor, now: datetime
) -> None:
    payload = {"value": value}
    await record(db, conversation.id, EventName.CUSTOMER_LEARNED, by=by, now=now, payload=payload)


async def _hold(db: Writer, conversation_id: int, *customers: int) -> None:
    """Let nobody keep a mail of these customers meanwhile; before any other lock."""
    of_conversation = select(Conversation.customer_id).where(Conversation.id == conversation_id)
    addresses = await db.scalars(
        select(CustomerAddress.address).where(
            or_(
                CustomerAddress.customer_id.in_(customers),
                CustomerAddress.customer_id.in_(of_conversation),
            )
        )
    )
    await hold_authors(db, addresses)


async def _lock_customers(db: Writer, *customers: int) -> None:
    found = await db.scalars(
        select(Customer.id)
        .where(Customer.id.in_(customers))
        .order_by(Customer.id)
        .with_for_update()
    )
    if set(found) != set(customers):
        raise NotFound(Refusal.NO_SUCH_CUSTOMER)
