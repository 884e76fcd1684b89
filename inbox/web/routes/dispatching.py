"""Giving out what nobody has: a list by urgency, and everybody beside it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.asgi.parcels import SHOWN, drop
from inbox.auth.permissions import Permission
from inbox.desk.several import Deed, Verb, do_to_each
from inbox.errors import Invalid
from inbox.model.lists import Folder
from inbox.refusals import Refusal
from inbox.web.dispatching import read_dispatch, url
from inbox.web.marked import MarkedForm
from inbox.web.pages import page
from inbox.web.routes.marked import tell_done, undo_marked_events
from inbox.web.told import read_told, tell
from inbox.web.views import Place

router = APIRouter()
Look, Give = allow(Permission.READ), allow(Permission.ASSIGN)
Pile = Annotated[str, Query(max_length=10)]
Cursor = Annotated[str, Query(alias="page", max_length=100)]


@router.get("/dispatch", dependencies=[Look])
async def show_dispatch(here: HereNow, pile: Pile = "", cursor: Cursor = "") -> Response:
    """What nobody has of one's mailboxes, by urgency and when it is due, and who has how much."""
    response = await _show(here, "dispatch.html", pile, cursor)
    drop(here, response, SHOWN)
    return response


@router.get("/dispatch/news", dependencies=[Look])
async def show_news(here: HereNow, pile: Pile = "", cursor: Cursor = "") -> Response:
    """The same as it is now, for a page that heard of a change."""
    return await _show(here, "parts/dispatch.html", pile, cursor)


@router.post("/dispatch/assignments", dependencies=[Give])
async def give(here: HereNow, pile: Pile = "", cursor: Cursor = "") -> Response:
    """Gives what was marked to the person whose button was pressed."""
    form = await form_as(here.request, MarkedForm)
    if not form.conversation or not form.agent:
        raise Invalid(Refusal.NOTHING_TO_GIVE)
    deed = Deed(verb=Verb.ASSIGN, agent_id=form.agent)
    async with here.house.database.write() as db:
        done = await do_to_each(db, here.viewer, form.conversation, deed, now=here.now)
    response = _back(pile, cursor)
    tell_done(here, response, done)
    return response


@router.post("/dispatch/undo", dependencies=[Give])
async def undo(here: HereNow, pile: Pile = "", cursor: Cursor = "") -> Response:
    """Takes back what one has just given, but for what has changed since."""
    count, undone = await undo_marked_events(here)
    response = _back(pile, cursor)
    tell(here, response, count, undone=undone)
    return response


async def _show(here: Here, template: str, pile: str, cursor: str) -> Response:
    async with here.house.database.read() as db:
        view = await read_dispatch(db, here, at_once=pile == "quick", page=cursor)
        done = await read_told(db, here, Place(Folder.UNASSIGNED))
    return page(here, template, dispatch=view, done=done)


def _back(pile: str, cursor: str) -> Response:
    return RedirectResponse(url(at_once=pile == "quick", page=cursor), 303)
