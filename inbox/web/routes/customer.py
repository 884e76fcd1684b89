"""Who a customer is, put right by hand: addresses, phones, who is the same person; and notes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth.permissions import Permission
from inbox.desk.customer_notes import add_customer_note, remove_customer_note
from inbox.desk.identity import (
    add_address,
    add_phone,
    merge_customers,
    part_customers,
    remove_address,
    remove_phone,
)
from inbox.errors import Conflict, Invalid, NotFound
from inbox.model.actor import Actor
from inbox.refusals import Refusal
from inbox.store.conversations import get_visible
from inbox.store.engine import Writer
from inbox.store.identity import customer_by_address
from inbox.web.desks import place_of
from inbox.web.forms import ContactForm, CustomerNoteForm, SamePersonForm
from inbox.web.routes.conversation import refused

router = APIRouter()
Identify = allow(Permission.IDENTIFY)
_CUSTOMER = "/conversations/{conversation_id}/customer"

Act = Callable[[Writer, Actor], Awaitable[object]]


@router.post(f"{_CUSTOMER}/contacts", dependencies=[Identify])
async def add(here: HereNow, conversation_id: int) -> Response:
    """Notes an address of the customer, or a phone number."""
    form = await form_as(here.request, ContactForm)
    say = add_address if "@" in form.contact else add_phone

    async def act(db: Writer, by: Actor) -> None:
        await say(db, conversation_id, form.contact, by=by, now=here.now)

    return await _change(here, conversation_id, act)


@router.delete(f"{_CUSTOMER}/contacts", dependencies=[Identify])
async def remove(here: HereNow, conversation_id: int) -> Response:
    """An address or a number is not the customer's after all."""
    form = await form_as(here.request, ContactForm)
    forget = remove_address if "@" in form.contact else remove_phone

    async def act(db: Writer, by: Actor) -> None:
        await forget(db, conversation_id, form.contact, by=by, now=here.now)

    return await _change(here, conversation_id, act)


@router.post(f"{_CUSTOMER}/merges", dependencies=[Identify])
async def merge(here: HereNow, conversation_id: int) -> Response:
    """The customer is the same person as the one who has an address."""
    form = await form_as(here.request, SamePersonForm)

    async def act(db: Writer, by: Actor) -> None:
        other = await customer_by_address(db, here.viewer, form.address)
        if other is None:
            raise Invalid(Refusal.NOBODY_WRITES_FROM, address=form.address)
        await merge_customers(db, conversation_id, other, by=by, now=here.now)

    return await _change(here, conversation_id, act)


@router.delete(f"{_CUSTOMER}/merges/{{merge_id}}", dependencies=[Identify])
async def part(here: HereNow, conversation_id: int, merge_id: int) -> Response:
    """They are two people after all."""

    async def act(db: Writer, by: Actor) -> None:
        await part_customers(db, conversation_id, merge_id, by=by, now=here.now)

    return await _change(here, conversation_id, act)


@router.post(f"{_CUSTOMER}/notes", dependencies=[Identify])
async def add_note(here: HereNow, conversation_id: int) -> Response:
    """Notes something about the customer, for all who may see one of their conversations."""
    form = await form_as(here.request, CustomerNoteForm)

    async def act(db: Writer, by: Actor) -> None:
        await add_customer_note(db, conversation_id, form.text, by=by, now=here.now)

    return await _change(here, conversation_id, act)


@router.delete(f"{_CUSTOMER}/notes/{{note_id}}", dependencies=[Identify])
async def remove_note(here: HereNow, conversation_id: int, note_id: int) -> Response:
    """Takes it off."""

    async def act(db: Writer, by: Actor) -> None:
        if not 0 < note_id < 1 << 62:
            raise NotFound
        await remove_customer_note(db, conversation_id, note_id, by=by, now=here.now)

    return await _change(here, conversation_id, act)


async def _change(here: Here, conversation_id: int, act: Act) -> Response:
    try:
        async with here.house.database.write() as db:
            await get_visible(db, here.viewer, conversation_id)
            await act(db, Actor.agent(here.viewer.id, here.viewer.name))
    except (Conflict, Invalid) as error:
        return await refused(here, conversation_id, error)
    return RedirectResponse(place_of(here).url(f"/conversations/{conversation_id}"), 303)
