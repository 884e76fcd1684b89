"""Who has a conversation, and whether it is done; one at a time or several that were marked."""

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
from inbox.web.forms import AssigneeForm, FollowerForm, MarkedForm

router = APIRouter()

Act = Callable[[Writer, int, Actor], Awaitable[object]]


@router.post("/conversations/{conversation_id}/assignee", dependencies=[allow(Permission.ASSIGN)])
@router.put("/conversations/{conversation_id}/assignee", dependencies=[allow(Permission.ASSIGN)])
async def give(here: HereNow, conversation_id: int) -> Response:
    """Gives the conversation to a person of its mailbox, or to nobody."""
    form = await form_as(here.request, AssigneeForm)

    async def act(db: Writer, one: int, by: Actor) -> None:
        await assign(db, one, form.agent, by=by, now=here.now)

    return await _change(here, [conversation_id], act)


@router.post("/conversations/{conversation_id}/closure", dependencies=[allow(Permission.CLOSE)])
@router.put("/conversations/{conversation_id}/closure", dependencies=[allow(Permission.CLOSE)])
async def close_one(here: HereNow, conversation_id: int) -> Response:
    """The conversation is done; a mail of the customer opens it again."""
    return await _change(here, [conversation_id], _closing(here))


@router.delete("/conversations/{conversation_id}/closure", dependencies=[allow(Permission.CLOSE)])
async def reopen_one(here: HereNow, conversation_id: int) -> Response:
    """It is not done after all."""

    async def act(db: Writer, one: int, by: Actor) -> None:
        await reopen(db, one, by=by, now=here.now)

    return await _change(here, [conversation_id], act)


@router.delete(
    "/conversations/{conversation_id}/followers", dependencies=[allow(Permission.ASSIGN)]
)
async def take_out(here: HereNow, conversation_id: int) -> Response:
    """Somebody who was drawn in hears of the conversation no more."""
    form = await form_as(here.request, FollowerForm)

    async def act(db: Writer, one: int, by: Actor) -> None:
        await remove(db, one, form.agent, by=by, now=here.now)

    return await _change(here, [conversation_id], act)


@router.post("/closures", dependencies=[allow(Permission.CLOSE)])
async def close_marked(here: HereNow) -> Response:
    """Closes every conversation that was marked in a list."""
    form = await form_as(here.request, MarkedForm)
    return await _change(here, form.conversation, _closing(here), to_list=True)


@router.post("/assignments", dependencies=[allow(Permission.ASSIGN)])
async def take_marked(here: HereNow) -> Response:
    """Takes every conversation that was marked in a list."""
    form = await form_as(here.request, MarkedForm)

    async def act(db: Writer, one: int, by: Actor) -> None:
        await assign(db, one, here.viewer.id, by=by, now=here.now)

    return await _change(here, form.conversation, act, to_list=True)


def _closing(here: Here) -> Act:
    async def act(db: Writer, one: int, by: Actor) -> None:
        await close(db, one, by=by, now=here.now)

    return act


async def _change(here: Here, wanted: list[int], act: Act, *, to_list: bool = False) -> Response:
    # In the order of their numbers, so that two who change the same ones never wait for each other.
    async with here.house.database.write() as db:
        by = Actor.agent(here.viewer.id, here.viewer.name)
        for one in sorted(set(wanted))[:100]:
            await get_visible(db, here.viewer, one)
            await act(db, one, by)
    path = "/conversations" if to_list else f"/conversations/{wanted[0]}"
    return RedirectResponse(place_of(here).url(path), 303)
