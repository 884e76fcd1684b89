"""What pages say of the people before them, and what they are told besides the stream of news."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from inbox.asgi.deps import HereNow, allow
from inbox.asgi.forms import form_as
from inbox.asgi.presence import Sign
from inbox.asgi.together import say
from inbox.auth.permissions import Permission
from inbox.desk.people import set_agent
from inbox.store.conversations import get_visible
from inbox.store.timeline import customer_of
from inbox.web.desks import place_of
from inbox.web.forms import PresenceForm, SoundForm
from inbox.web.pages import reader_of

router = APIRouter()


@router.post("/conversations/{conversation_id}/presence", dependencies=[allow(Permission.READ)])
async def be_there(here: HereNow, conversation_id: int) -> Response:
    """Says to colleagues that this person looks, writes, or has gone; it is kept nowhere."""
    here.house.hub.together.check_pace(here.viewer.id)
    async with here.house.database.read() as db:
        found = await get_visible(db, here.viewer, conversation_id)
    form = await form_as(here.request, PresenceForm)
    sign = Sign(here.viewer.id, here.viewer.name, form.page, found.id, form.doing)
    async with here.house.database.write() as db:
        await say(db, sign)
    return Response(status_code=204)


@router.get("/conversations/{conversation_id}/brief", dependencies=[allow(Permission.READ)])
async def brief(here: HereNow, conversation_id: int) -> Response:
    """Who wrote and the subject, as a notification of the desktop says it: never more.

    Nothing for who wants none (any more): their pages were drawn before they said so.
    """
    async with here.house.database.read() as db:
        found = await get_visible(db, here.viewer, conversation_id)
        if not here.viewer.desktop:
            return Response(status_code=204)
        name, addresses = await customer_of(db, found.customer_id)
    subject = found.subject or reader_of(here).texts.gettext("(no subject)")
    url = place_of(here).url(f"/conversations/{found.id}")
    return JSONResponse({"who": name or "".join(addresses[:1]), "subject": subject, "url": url})


@router.put("/settings/sound", dependencies=[allow(Permission.CHANGE_OWN)])
async def choose_sound(here: HereNow) -> Response:
    """Keeps whether somebody wants to hear it when a customer writes; they are asked once."""
    form = await form_as(here.request, SoundForm)
    async with here.house.database.write() as db:
        await set_agent(db, here.viewer.email, {"sound": "on" if form.sound else "off"})
    return Response(status_code=204)
