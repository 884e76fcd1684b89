"""Who has a conversation, who follows it, and whether it is done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth.permissions import Permission
from inbox.desk.assign import assign
from inbox.desk.draw_in import remove
from inbox.desk.finish import finish
from inbox.desk.follow import follow, unfollow
from inbox.desk.reopen import reopen
from inbox.errors import Invalid
from inbox.model.actor import Actor
from inbox.store.conversations import get_visible
from inbox.store.engine import Writer
from inbox.store.tables import Agent
from inbox.web.desks import place_of
from inbox.web.forms import AssigneeForm, ClosureForm, FollowerForm
from inbox.web.routes.conversation import asked_again

router = APIRouter()

Act = Callable[[Writer, int, Actor], Awaitable[object]]
Read = allow(Permission.READ)


@router.post("/conversations/{conversation_id}/assignee", dependencies=[allow(Permission.ASSIGN)])
@router.put("/conversations/{conversation_id}/assignee", dependencies=[allow(Permission.ASSIGN)])
async def give(here: HereNow, conversation_id: int) -> Response:
    """Gives the conversation to a person of its mailbox, to a colleague by mail, or to nobody."""
    form = await form_as(here.request, AssigneeForm)

    async def act(db: Writer, one: int, by: Actor) -> None:
        await assign(db, one, form.agent, by=by, now=here.now)

    return await _change(here, conversation_id, act)


@router.post("/conversations/{conversation_id}/closure", dependencies=[allow(Permission.CLOSE)])
@router.put("/conversations/{conversation_id}/closure", dependencies=[allow(Permission.CLOSE)])
async def close_one(here: HereNow, conversation_id: int) -> Response:
    """The conversation is done; a mail of the customer opens it again.

    Where its mailbox wants more said, the page asks for it, with what was said already.
    """
    form = await form_as(here.request, ClosureForm)

    async def act(db: Writer, one: int, _by: Actor) -> None:
        agent = await db.get_one(Agent, here.viewer.id)
        await finish(db, one, form.ending, by=agent, now=here.now)

    try:
        return await _change(here, conversation_id, act)
    except Invalid as error:
        return await asked_again(here, conversation_id, error, form.ending)


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


@router.post("/conversations/{conversation_id}/following", dependencies=[Read])
@router.put("/conversations/{conversation_id}/following", dependencies=[Read])
async def follow_one(here: HereNow, conversation_id: int) -> Response:
    """Whoever asks hears of everything in it, without having it."""

    async def act(db: Writer, one: int, by: Actor) -> None:
        await follow(db, one, here.viewer.id, by=by, now=here.now)

    return await _change(here, conversation_id, act)


@router.delete("/conversations/{conversation_id}/following", dependencies=[Read])
async def unfollow_one(here: HereNow, conversation_id: int) -> Response:
    """They hear of it as of any other conversation of its mailbox."""

    async def act(db: Writer, one: int, by: Actor) -> None:
        await unfollow(db, one, here.viewer.id, by=by, now=here.now)

    return await _change(here, conversation_id, act)


async def _change(here: Here, wanted: int, act: Act) -> Response:
    async with here.house.database.write() as db:
        await get_visible(db, here.viewer, wanted)
        await act(db, wanted, Actor.agent(here.viewer.id, here.viewer.name))
    return RedirectResponse(place_of(here).url(f"/conversations/{wanted}"), 303)
