"""Lists of conversations, and the stream that tells of news."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse, StreamingResponse
from sqlalchemy import update

from inbox.asgi.deps import HereNow, allow
from inbox.asgi.parcels import SHOWN, drop
from inbox.auth.permissions import Permission
from inbox.model.heard import Heard
from inbox.store.tables import Agent
from inbox.web.desks import choice_of, place_of, place_still, read_desk
from inbox.web.pages import page
from inbox.web.told import read_told

router = APIRouter()


@router.get("/", dependencies=[allow(Permission.READ)])
async def start() -> Response:
    """The inbox begins with what is open."""
    return RedirectResponse("/conversations", 303)


@router.get("/conversations", dependencies=[allow(Permission.READ)])
async def list_conversations(here: HereNow) -> Response:
    """A folder, in the order that the person chose last; `page` is a cursor.

    A choice is kept, and the list is shown as it is from now on.
    """
    if (chosen := choice_of(here)) is not None:
        async with here.house.database.write() as db:
            await db.execute(update(Agent).where(Agent.id == here.viewer.id).values(chosen))
        return RedirectResponse(place_of(here).url(), 303)
    place = place_of(here)
    async with here.house.database.read() as db:
        desk = await read_desk(db, here, place)
        done = await read_told(db, here, place)
    is_all = here.request.query_params.get("marked") == "all"
    response = page(
        here, "desk.html", desk=desk, conversation=None, done=done, is_all_marked=is_all
    )
    if done is not None:
        drop(here, response, SHOWN)
    return response


@router.get("/news", dependencies=[allow(Permission.READ)])
async def list_news(here: HereNow) -> Response:
    """Rail and list as they are now, for a page that heard of a change."""
    async with here.house.database.read() as db:
        desk = await read_desk(db, here, place_still(here))
    return page(here, "news_list.html", desk=desk)


@router.get("/live", dependencies=[allow(Permission.READ)])
async def live(here: HereNow, after: str = "", rights: str = "") -> Response:
    """Server-sent events: that something happened, in which conversation; never what was said.

    Only what the page has not heard of: it says so itself, as it was drawn and with each event.
    """
    heard = Heard.read(here.request.headers.get("last-event-id", "")) or Heard.read(after)
    if here.signed is None:  # not reached: READ asks for somebody
        return Response(status_code=401)
    stream = here.house.hub.stream(here.signed, heard, rights)
    return StreamingResponse(
        stream,
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )
