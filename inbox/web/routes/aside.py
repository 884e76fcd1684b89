"""Mails that nobody could read: tried again, or looked at as they came."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.auth.permissions import Permission
from inbox.errors import NotFound
from inbox.intake.quarantine import original, retry
from inbox.mail.masked import masked
from inbox.store.aside import unreadable_mails
from inbox.store.engine import Reader, Writer
from inbox.web.desks import place_of
from inbox.web.routes.files import saved

router = APIRouter()


@router.get("/set-aside/{spool_id}/raw", dependencies=[allow(Permission.RAW)])
async def raw(here: HereNow, spool_id: int) -> Response:
    """The mail as it came, for a mail program; never shown by the browser itself."""
    async with here.house.database.read() as db:
        await _must_be_theirs(db, here, spool_id)
        found = await original(db, spool_id)
    # Who may answer in somebody's name stands in the addresses of an answer.
    return saved(await asyncio.to_thread(masked, found), f"mail-{spool_id}.eml")


@router.post("/set-aside/{spool_id}/tries", dependencies=[allow(Permission.CORRECT)])
async def again(here: HereNow, spool_id: int) -> Response:
    """It is tried again, as often as a new one."""
    async with here.house.database.write() as db:
        await _must_be_theirs(db, here, spool_id)
        await retry(db, spool_id)
    return RedirectResponse(place_of(here).url(), 303)


async def _must_be_theirs(db: Reader | Writer, here: Here, spool_id: int) -> None:
    """Raises NotFound for a mail to mailboxes of others, as for one that is not there."""
    if not await unreadable_mails(db, here.viewer, only=spool_id):
        raise NotFound
