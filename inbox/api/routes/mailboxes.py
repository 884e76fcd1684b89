"""The mailboxes of whoever asks."""

from __future__ import annotations

from fastapi import APIRouter

from inbox.api.bearer import allow
from inbox.api.shapes import MailboxOut, Page
from inbox.asgi.deps import HereNow
from inbox.auth.permissions import Permission
from inbox.store.conversations import mailboxes_of

router = APIRouter(tags=["mailboxes"])


@router.get("/mailboxes", dependencies=[allow(Permission.READ)])
async def list_mailboxes(here: HereNow) -> Page[MailboxOut]:
    """Your mailboxes; whatever is in others does not exist for you."""
    async with here.house.database.read() as db:
        found = await mailboxes_of(db, here.viewer)
    return Page(items=[MailboxOut.of(one) for one in found])
