"""Who has a conversation, and whether it is done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth.permissions import Permission
from inbox.desk.assign import assign
from inbox.desk.close import close
from inbox.desk.draw_in import remove
from inbox.desk.reopen import reopen
from inbox.model.actor import Actor
from inbox.store.conversations import get_visible
from inbox.store.engine import Writer
from inbox.web.desks import place_of
from inbox.web.forms import AssigneeForm, FollowerForm

router = APIRouter()

Act = Callable[[Writer, int, Actor], Awaitable[object]]


@router.post("/conversations/{conversation_id}/assignee", dependencies=[allow(Permission.ASSIGN)])
@router.put("/conversations/{conversation_id}/assignee", dependencies=[allow(Permission.ASSIGN)])
async def give(here: HereNow, conversation_id: int) -> Response:
    """Gives the conversation to a person of its mailbox, or to nobody."""
    form = await form_as(here.request, AssigneeForm)

    async def act(db: Writer, one: int, by: Actor) -> None:
        await assign(db, one, form.agent, by=by, now=here.now)

    return await _change(here, conversation_id, act)


@router.post("/conversations/{conversation_id}/closure", dependencies=[allow(Permission.CLOSE)])
@router.put("/conversations/{conversation_id}/closure", dependencies=[allow(Permission.CLOSE)])
async def close_one(here: HereNow, conversation_id: int) -> Response:
    """The conversation is done; a mail of the customer opens it again."""
    return await _change(here, conversation_id, _closing(here))


@router.delete("/conversations/{conversation_id}/closure", dependencies=[allow(Permission.CLOSE)])
async def reopen_one(here: HereNow, conversation_id: int) -> Response:
    """It is not done after all."""

    async def act(db: Writer, one: int, by: Actor) -> None:
        await reopen(db, one, by=by, now=here.now)

    return await _change(here, conversation_id, act)


@router.delete(
    "/conversations/{conversation_id}/followers", dependencies=[allow(Permission.ASSIGN)]
)
async def take_out(here: HereNow, conversation_id: int) -> Response:
    """Somebody who was drawn in hears of the conversation no more."""
    form = await form_as(here.request, FollowerForm)

    async def act(db: Writer, one: int, by: Actor) -> None:
        await remove(db, one, form.agent, by=by, now=here.now)

    return await _change(here, conversation_id, act)


def _closing(here: Here) -> Act:
    async def act(db: Writer, one: int, by: Actor) -> None:
        await close(db, one, by=by, now=here.now)

    return act


async def _change(here: Here, wanted: int, act: Act) -> Response:
    async with here.house.database.write() as db:
        await get_visible(db, here.viewer, wanted)
        await act(db, wanted, Actor.agent(here.viewer.id, here.viewer.name))
    return RedirectResponse(place_of(here).url(f"/conversations/{wanted}"), 303)
