"""What customers' mail programs leave of the ways home, for administrators."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.auth.permissions import Permission
from inbox.desk.mailboxes import set_mailbox
from inbox.errors import NotFound
from inbox.store.channels import advice, read_channels
from inbox.store.people import all_mailboxes
from inbox.store.tables import Mailbox
from inbox.web.house import house_page

router = APIRouter()

_MOST_SHOWN = 200
_MAILBOX = "/channels/mailboxes/{mailbox_id}"
Change = allow(Permission.MAILBOXES)


@router.get("/channels", dependencies=[allow(Permission.CHANNELS)])
async def show_channels(here: HereNow) -> Response:
    """By mailbox, domain and program, and what may help."""
    async with here.house.database.read() as db:
        found = await read_channels(db)
        mailboxes = await all_mailboxes(db)
    return house_page(
        here,
        "channels.html",
        section="channels",
        channels=found[:_MOST_SHOWN],
        advice=advice(found),
        all=len(found),
        mailboxes=mailboxes,
    )


@router.put(f"{_MAILBOX}/customer-token", dependencies=[Change])
async def give_tokens(here: HereNow, mailbox_id: int) -> Response:
    """Answers to customers carry an answer address of their own from now on."""
    return await _set(here, mailbox_id, "on")


@router.delete(f"{_MAILBOX}/customer-token", dependencies=[Change])
async def give_no_tokens(here: HereNow, mailbox_id: int) -> Response:
    """They carry none any more; those that are out there still lead home."""
    return await _set(here, mailbox_id, "off")


async def _set(here: Here, mailbox_id: int, value: str) -> Response:
    async with here.house.database.write() as db:
        mailbox = await db.get(Mailbox, mailbox_id) if 0 < mailbox_id < 1 << 62 else None
        if mailbox is None or mailbox.removed_at is not None:
            raise NotFound
        await set_mailbox(db, mailbox.address, {"customer_token": value})
    return RedirectResponse("/channels", 303)
