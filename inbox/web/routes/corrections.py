"""Where mails belong, put right by hand: split, moved, merged, no spam; and undone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.corrections import undo_correction as undo
from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth.permissions import Permission
from inbox.desk.belong import belong
from inbox.desk.collision import refuse_if_moved_on
from inbox.desk.merge import merge
from inbox.desk.spam import mark_spam, not_spam
from inbox.desk.split import split
from inbox.errors import Conflict, Invalid, NotFound
from inbox.model.actor import Actor
from inbox.refusals import Refusal
from inbox.store.conversations import get_visible
from inbox.store.engine import Writer
from inbox.store.tables import Agent
from inbox.web.desks import place_of
from inbox.web.forms import SplitForm, TargetForm
from inbox.web.routes.conversation import refused

router = APIRouter()

# Changes what it is given to, and returns the conversation to look at afterwards.
Act = Callable[[Writer, Actor], Awaitable[int]]
Correct = allow(Permission.CORRECT)


@router.post("/conversations/{conversation_id}/splits", dependencies=[Correct])
async def split_off(here: HereNow, conversation_id: int) -> Response:
    """Makes a message a conversation of its own, with all after it when that is asked for."""
    await _visible(here, conversation_id)
    form = await form_as(here.request, SplitForm)

    async def act(db: Writer, by: Actor) -> int:
        opened, _event = await split(
            db,
            conversation_id,
            form.message,
            following=form.following,
            by=by,
            now=here.now,
            secret=here.house.secret,
        )
        return opened.id

    return await _correct(here, conversation_id, act, form.expected)


@router.post("/conversations/{conversation_id}/messages/{message_id}/home", dependencies=[Correct])
async def belongs_to(here: HereNow, conversation_id: int, message_id: int) -> Response:
    """Moves a message to the conversation where it belongs."""
    await _visible(here, conversation_id)
    form = await form_as(here.request, TargetForm)

    async def act(db: Writer, by: Actor) -> int:
        target = await _target(db, here, form)
        source = conversation_id
        args = (db, [message_id], source, target)
        await belong(*args, by=by, now=here.now, secret=here.house.secret)
        return target

    return await _correct(here, conversation_id, act, form.expected)


@router.post("/conversations/{conversation_id}/merge", dependencies=[Correct])
async def merge_into(here: HereNow, conversation_id: int) -> Response:
    """Makes the whole conversation a part of another."""
    await _visible(here, conversation_id)
    form = await form_as(here.request, TargetForm)

    async def act(db: Writer, by: Actor) -> int:
        target = await _target(db, here, form)
        if target == conversation_id:
            raise Invalid(Refusal.HERE_ALREADY)
        return (await merge(db, target, conversation_id, by=by, now=here.now)).id

    return await _correct(here, conversation_id, act, form.expected)


@router.post("/conversations/{conversation_id}/spam", dependencies=[Correct])
async def is_spam(here: HereNow, conversation_id: int) -> Response:
    """Puts the conversation among the spam."""

    async def act(db: Writer, by: Actor) -> int:
        return (await mark_spam(db, conversation_id, by=by, now=here.now))[0].id

    return await _correct(here, conversation_id, act)


@router.delete("/conversations/{conversation_id}/spam", dependencies=[Correct])
async def is_no_spam(here: HereNow, conversation_id: int) -> Response:
    """Takes the conversation out of the spam."""

    async def act(db: Writer, by: Actor) -> int:
        return (await not_spam(db, conversation_id, by=by, now=here.now))[0].id

    return await _correct(here, conversation_id, act)


@router.delete("/conversations/{conversation_id}/corrections/{event_id}", dependencies=[Correct])
async def take_back(here: HereNow, conversation_id: int, event_id: int) -> Response:
    """Undoes a correction that was made in the conversation, or that brought mails into it."""
    await _visible(here, conversation_id)

    async def act(db: Writer, by: Actor) -> int:
        found = await undo(
            db,
            here.viewer,
            conversation_id,
            event_id,
            by=by,
            now=here.now,
            secret=here.house.secret,
        )
        return found.id

    return await _correct(here, conversation_id, act)


async def _visible(here: Here, conversation_id: int) -> None:
    async with here.house.database.read() as db:
        await get_visible(db, here.viewer, conversation_id)


async def _target(db: Writer, here: Here, form: TargetForm) -> int:
    try:
        return (await get_visible(db, here.viewer, form.number)).id
    except NotFound as error:
        raise Invalid(Refusal.NO_SUCH_CONVERSATION) from error


async def _correct(
    here: Here, conversation_id: int, act: Act, expected: int | None = None
) -> Response:
    try:
        async with here.house.database.write() as db:
            found = await get_visible(db, here.viewer, conversation_id)
            agent = await db.get_one(Agent, here.viewer.id)
            await refuse_if_moved_on(db, found, expected, agent)
            shown = await act(db, Actor.agent(agent.id, agent.name))
    except (Conflict, Invalid) as error:
        return await refused(here, conversation_id, error, expected)
    return RedirectResponse(place_of(here).url(f"/conversations/{shown}"), 303)
