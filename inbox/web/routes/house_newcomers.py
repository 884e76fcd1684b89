"""Who wrote as one of ours and is unknown: a colleague, or nobody of ours.

Administrators see all of them; a manager who wrote to customers of their own mailboxes, and has not
answered for a department as well: what they said there may be of any mailbox.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Literal

from fastapi import APIRouter, Response

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.asgi.newcomers import Known, newcomers_for
from inbox.auth.permissions import Permission
from inbox.desk.newcomers import confirm, refuse
from inbox.errors import InboxError, NotFound
from inbox.log import get_logger
from inbox.model.address import normalize
from inbox.refusals import Refusal
from inbox.store.engine import Reader as Session
from inbox.store.engine import Writer
from inbox.store.links import Linked, linked
from inbox.web.dates import When
from inbox.web.house import REFUSED, house_page, myself, saved
from inbox.web.house_forms import AddressForm
from inbox.web.pages import reader_of

router = APIRouter()
log = get_logger("house")

PAGE: Final = "/house/newcomers"
Look, Change = allow(Permission.NEWCOMERS), allow(Permission.LET_IN)


@dataclass(frozen=True, slots=True)
class NewcomerView:
    """Somebody who waits; what they wrote is named only to who may see it."""

    name: str
    address: str
    department: str  # empty for who wrote to a customer
    customer: str
    subject: str
    url: str
    when: When


@router.get(PAGE, dependencies=[Look])
async def show_newcomers(here: HereNow) -> Response:
    """Everybody who waits, the oldest first."""
    return await _show(here)


@router.put(PAGE, dependencies=[Change])
async def confirm_newcomer(here: HereNow) -> Response:
    """They are a colleague from now on."""
    return await _decide(here, confirm, "confirmed")


@router.delete(PAGE, dependencies=[Change])
async def refuse_newcomer(here: HereNow) -> Response:
    """They are nobody of ours."""
    return await _decide(here, refuse, "refused")


async def _decide(
    here: Here, decide: Callable[..., Awaitable[object]], said: Literal["confirmed", "refused"]
) -> Response:
    form = await form_as(here.request, AddressForm)
    try:
        async with here.house.database.write() as db:
            await _expect(db, here, form.address)
            await decide(db, form.address, by=await myself(db, here), now=here.now)
    except REFUSED as error:
        return await _show(here, error)
    log.info("house.newcomer", said=said, by=here.viewer.id)
    return saved(here, PAGE, said)


async def _show(here: Here, fault: InboxError | None = None) -> Response:
    async with here.house.database.read() as db:
        waiting = await _waiting(db, here)
    return house_page(here, "house/newcomers.html", fault, section="newcomers", waiting=waiting)


async def _expect(db: Writer, here: Here, address: str) -> None:
    """Raises NotFound for whom this reader is not asked about."""
    if normalize(address) not in {one.address for one in await _waiting(db, here)}:
        raise NotFound(Refusal.NO_SUCH_NEWCOMER, address=address)


async def _waiting(db: Session | Writer, here: Here) -> list[NewcomerView]:
    found = await newcomers_for(db, here.viewer)
    wrote = await linked(db, here.viewer, {one.home for one in found if one.home})
    return [_view(here, one, wrote.get(one.home or 0)) for one in found]


def _view(here: Here, known: Known, there: Linked | None) -> NewcomerView:
    reader, one = reader_of(here), known.newcomer
    return NewcomerView(
        name=one.name or one.address,
        address=one.address,
        department=known.department.name if known.department else "",
        customer=there.customer if there else "",
        subject=(there.subject or reader.texts.gettext("(no subject)")) if there else "",
        url=f"/conversations/{there.id}" if there else "",
        when=reader.calendar.when(one.created_at),
    )
