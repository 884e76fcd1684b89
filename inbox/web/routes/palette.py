"""What the palette offers to this person, as options for a script to choose from."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Response

from inbox.asgi.deps import HereNow, allow
from inbox.auth.permissions import Permission
from inbox.store.conversations import mailboxes_of
from inbox.store.titles import titles_of
from inbox.web.pages import page, reader_of
from inbox.web.palette import groups
from inbox.web.views import Place

router = APIRouter()
_RECENT: Final = 12


@router.get("/palette", dependencies=[allow(Permission.READ)])
async def palette(here: HereNow, recent: str = "") -> Response:
    """Everything there is to go to or to do; `recent` are conversations by their numbers."""
    wanted = [int(one) for one in recent.split(",")[:_RECENT] if one.isdecimal() and len(one) < 18]
    async with here.house.database.read() as db:
        mailboxes = await mailboxes_of(db, here.viewer)
        titles = await titles_of(db, here.viewer, wanted) if wanted else {}
    texts = reader_of(here).texts
    opened = [
        (Place().url(f"/conversations/{one}"), subject or texts.gettext("(no subject)"), who)
        for one in wanted
        if one in titles
        for subject, who in (titles[one],)
    ]
    return page(here, "palette.html", groups=groups(here.viewer, mailboxes, opened, texts))
