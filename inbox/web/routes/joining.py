"""The other conversation is looked for, among the customer's and by words, and joined."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from inbox.asgi.deps import HereNow, allow
from inbox.auth.permissions import Permission
from inbox.store.conversations import get_visible
from inbox.web.desks import place_of
from inbox.web.joining import read_joining
from inbox.web.pages import page

router = APIRouter()


@router.get("/conversations/{conversation_id}/merge", dependencies=[allow(Permission.READ)])
async def candidates(
    here: HereNow, conversation_id: int, q: Annotated[str, Query(max_length=400)] = ""
) -> Response:
    """Those of the customer first; with words, wherever these stand."""
    async with here.house.database.read() as db:
        found = await get_visible(db, here.viewer, conversation_id)
        view = await read_joining(db, here, found, place_of(here), q)
    return page(here, "joining.html", joining=view)
