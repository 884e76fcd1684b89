"""Who customers are: by which addresses they are known and why, and who are one person."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy import select

from inbox.api.bearer import allow
from inbox.api.repeat import Act, change
from inbox.api.shapes import (
    AddressOut,
    CustomerMergeOut,
    CustomerNoteOut,
    CustomerOut,
    CustomersMerged,
    Page,
)
from inbox.api.wishes import AddressWish, CustomerNoteWish, Id, Line, PhoneWish, SamePersonWish
from inbox.asgi.deps import Here, HereNow
from inbox.auth.permissions import Permission
from inbox.desk import identity
from inbox.desk.customer_notes import add_customer_note, remove_customer_note
from inbox.errors import Invalid, NotFound
from inbox.model.actor import Actor
from inbox.model.address import normalize
from inbox.refusals import Refusal
from inbox.store.customer_notes import notes_about
from inbox.store.engine import Reader, Writer
from inbox.store.identity import (
    customer_by_address,
    messages_shown,
    newest_of_customer,
    read_identity,
)
from inbox.store.links import MOST_SHOWN, others_of_customer
from inbox.store.tables import Customer, CustomerNote

router = APIRouter(tags=["customers"])
Read, Identify = allow(Permission.READ), allow(Permission.IDENTIFY)
_CUSTOMER = "/customers/{customer_id}"
_Verb = Callable[..., Awaitable[None]]  # of a conversation and what is said of its customer


@router.get("/customers", dependencies=[Read])
async def find_customers(here: HereNow, address: Annotated[Line, Query()]) -> Page[CustomerOut]:
    """The customer who writes from an address, if you know one."""
    async with here.house.database.read() as db:
        found = await customer_by_address(db, here.viewer, address)
        items = [await _customer(db, here, found)] if found is not None else []
    return Page(items=items)


@router.get(_CUSTOMER, dependencies=[Read])
async def show_customer(here: HereNow, customer_id: Id) -> CustomerOut:
    """A customer of whom a conversation exists for you."""
    async with here.house.database.read() as db:
        return await _customer(db, here, customer_id)


@router.post(
    f"{_CUSTOMER}/addresses",
    dependencies=[Identify],
    status_code=201,
    response_model=CustomerOut,
)
async def add_address(here: HereNow, customer_id: Id, wish: AddressWish) -> Response:
    """The customer also writes from this address."""
    return await _learned(here, customer_id, identity.add_address, wish.address)


@router.delete(f"{_CUSTOMER}/addresses/{{address}}", dependencies=[Identify], status_code=204)
async def remove_address(here: HereNow, customer_id: Id, address: Line) -> Response:
    """An address is not the customer's after all, and is not learned again."""
    return await _forgotten(here, customer_id, identity.remove_address, normalize(address))


@router.post(
    f"{_CUSTOMER}/phones", dependencies=[Identify], status_code=201, response_model=CustomerOut
)
async def add_phone(here: HereNow, customer_id: Id, wish: PhoneWish) -> Response:
    """The customer can be called at this number."""
    return await _learned(here, customer_id, identity.add_phone, wish.number)


@router.delete(f"{_CUSTOMER}/phones/{{number}}", dependencies=[Identify], status_code=204)
async def remove_phone(here: HereNow, customer_id: Id, number: Line) -> Response:
    """The customer cannot be called there after all."""
    return await _forgotten(here, customer_id, identity.remove_phone, number)


@router.post(
    f"{_CUSTOMER}/merges",
    dependencies=[Identify],
    status_code=201,
    response_model=CustomersMerged,
)
async def merge(here: HereNow, customer_id: Id, wish: SamePersonWish) -> Response:
    """Another customer is the same person: theirs is this one's from now on."""
    return await change(here, _merging(here, customer_id, wish.customer), status=201)


@router.delete(f"{_CUSTOMER}/merges/{{merge_id}}", dependencies=[Identify], status_code=204)
async def part(here: HereNow, customer_id: Id, merge_id: Id) -> Response:
    """They are two people after all: everybody has what was theirs."""

    async def act(db: Writer, by: Actor) -> None:
        at = (await newest_of_customer(db, here.viewer, customer_id)).id
        await identity.part_customers(db, at, merge_id, by=by, now=here.now)

    return await change(here, act)


@router.get(f"{_CUSTOMER}/notes", dependencies=[Read])
async def list_notes(here: HereNow, customer_id: Id) -> Page[CustomerNoteOut]:
    """What is noted about the customer, the newest first; nobody outside ever sees it."""
    async with here.house.database.read() as db:
        await newest_of_customer(db, here.viewer, customer_id)
        return Page(items=[CustomerNoteOut.of(one) for one in await notes_about(db, customer_id)])


@router.post(
    f"{_CUSTOMER}/notes", dependencies=[Identify], status_code=201, response_model=CustomerNoteOut
)
async def add_note(here: HereNow, customer_id: Id, wish: CustomerNoteWish) -> Response:
    """Notes something about the customer."""

    async def act(db: Writer, by: Actor) -> CustomerNoteOut:
        at = (await newest_of_customer(db, here.viewer, customer_id)).id
        note_id = await add_customer_note(db, at, wish.text, by=by, now=here.now)
        return CustomerNoteOut.of(await db.get_one(CustomerNote, note_id))

    return await change(here, act, status=201)


@router.delete(f"{_CUSTOMER}/notes/{{note_id}}", dependencies=[Identify], status_code=204)
async def remove_note(here: HereNow, customer_id: Id, note_id: Id) -> Response:
    """Takes a note off."""

    async def act(db: Writer, by: Actor) -> None:
        at = (await newest_of_customer(db, here.viewer, customer_id)).id
        await remove_customer_note(db, at, note_id, by=by, now=here.now)

    return await change(here, act)


async def _learned(here: HereNow, customer_id: int, verb: _Verb, value: str) -> Response:
    async def act(db: Writer, by: Actor) -> CustomerOut:
        await _done(db, here, customer_id, verb, value, by)
        return await _customer(db, here, customer_id)

    return await change(here, act, status=201)


async def _forgotten(here: HereNow, customer_id: int, verb: _Verb, value: str) -> Response:
    async def act(db: Writer, by: Actor) -> None:
        await _done(db, here, customer_id, verb, value, by)

    return await change(here, act)


async def _done(
    db: Writer, here: Here, customer_id: int, verb: _Verb, value: str, by: Actor
) -> None:
    at = (await newest_of_customer(db, here.viewer, customer_id)).id
    await verb(db, at, value, by=by, now=here.now)


def _merging(here: Here, customer_id: int, other: int) -> Act:
    async def act(db: Writer, by: Actor) -> CustomersMerged:
        at = (await newest_of_customer(db, here.viewer, customer_id)).id
        try:
            await newest_of_customer(db, here.viewer, other)
        except NotFound as error:
            raise Invalid(Refusal.NO_SUCH_CUSTOMER) from error
        merge_id = await identity.merge_customers(db, at, other, by=by, now=here.now)
        return CustomersMerged(customer=customer_id, merge=merge_id)

    return act


async def _customer(db: Reader | Writer, here: Here, customer_id: int) -> CustomerOut:
    newest = await newest_of_customer(db, here.viewer, customer_id)
    known = await read_identity(Reader(db), here.viewer, newest)
    others = await others_of_customer(Reader(db), here.viewer, newest)
    named = [one.message_id for one in known.addresses if one.message_id]
    shown = await messages_shown(db, here.viewer, named)
    return CustomerOut(
        id=customer_id,
        name=await db.scalar(select(Customer.name).where(Customer.id == customer_id)) or "",
        addresses=[AddressOut.of(one, one.message_id in shown) for one in known.addresses],
        organisations=sorted({one.organisation for one in known.addresses if one.organisation}),
        phones=list(known.phones),
        merges=[CustomerMergeOut.of(one) for one in known.merges],
        conversations=[newest.id, *(one.id for one in others[:MOST_SHOWN])],
    )
