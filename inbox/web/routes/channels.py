"""What customers' mail programs leave of the ways home, for administrators."""

from __future__ import annotations

from fastapi import APIRouter, Response

from inbox.asgi.deps import HereNow, allow
from inbox.auth.permissions import Permission
from inbox.store.channels import advice, read_channels
from inbox.web.pages import page

router = APIRouter()

_MOST_SHOWN = 200


@router.get("/channels", dependencies=[allow(Permission.CHANNELS)])
async def show_channels(here: HereNow) -> Response:
    """By mailbox, domain and program, and what may help."""
    async with here.house.database.read() as db:
        found = await read_channels(db)
    return page(
        here, "channels.html", channels=found[:_MOST_SHOWN], advice=advice(found), all=len(found)
    )
