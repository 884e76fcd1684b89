"""When a conversation is wanted again, where it belongs, how urgent it is, and its tags."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth.permissions import Permission
from inbox.desk.answer import Note
from inbox.desk.classify import classify
from inbox.desk.mark import prioritize, tag
from inbox.desk.move import move
from inbox.desk.note import note
from inbox.desk.rest import snooze, wait
from inbox.desk.task import promise
from inbox.errors import Conflict, Invalid, NotFound
from inbox.model.actor import Actor
from inbox.model.closing import Closing
from inbox.model.marks import Urgency
from inbox.orders.calendar_sense import END_OF_DAY
from inbox.orders.tags import tags_of
from inbox.refusals import Refusal
from inbox.store.conversations import get_visible
from inbox.store.engine import Writer
from inbox.store.tables import Agent, Conversation
from inbox.web.desks import place_of
from inbox.web.forms import ClosureForm, HomeForm, PriorityForm, TagForm, UntilForm
from inbox.web.moments import moment_for
from inbox.web.routes.conversation import refused

router = APIRouter()

Act = Callable[[Writer, Conversation, Actor], Awaitable[object]]
Rest = allow(Permission.REST)
Assign = allow(Permission.ASSIGN)


@router.post("/conversations/{conversation_id}/wait", dependencies=[Rest])
async def wait_for_customer(here: HereNow, conversation_id: int) -> Response:
    """It is the customer's turn; without an answer by the time it comes back."""
    form = await form_as(here.request, UntilForm)

    async def act(db: Writer, found: Conversation, by: Actor) -> None:
        await wait(db, found.id, moment_for(here, form.until), by=by, now=here.now)

    return await _change(here, conversation_id, act)


@router.post("/conversations/{conversation_id}/snooze", dependencies=[Rest])
async def put_off(here: HereNow, conversation_id: int) -> Response:
    """It is out of sight until the time, or until the customer writes."""
    form = await form_as(here.request, UntilForm)

    async def act(db: Writer, found: Conversation, by: Actor) -> None:
        await snooze(db, found.id, moment_for(here, form.until), by=by, now=here.now)

    return await _change(here, conversation_id, act)


@router.post("/conversations/{conversation_id}/promise", dependencies=[Rest])
async def answer_by(here: HereNow, conversation_id: int) -> Response:
    """Whoever has it says by when they answer; with no time they say it no more."""
    form = await form_as(here.request, UntilForm)

    async def act(db: Writer, found: Conversation, by: Actor) -> None:
        # By Friday is by the evening of it, as it is by mail.
        meant = moment_for(here, form.until, hour=END_OF_DAY) if form.until else None
        await promise(db, found.id, meant, by=by, now=here.now)

    return await _change(here, conversation_id, act)


@router.post("/conversations/{conversation_id}/category", dependencies=[Assign])
@router.post("/conversations/{conversation_id}/solution", dependencies=[Assign])
async def what_it_was(here: HereNow, conversation_id: int) -> Response:
    """Says what it was about, or how it ended."""
    form = await form_as(here.request, ClosureForm)

    async def act(db: Writer, found: Conversation, by: Actor) -> None:
        said = Closing(category=form.category.strip(), solution=form.solution.strip())
        await classify(db, found.id, said, by=by, now=here.now)

    return await _change(here, conversation_id, act)


@router.post("/conversations/{conversation_id}/mailbox", dependencies=[Assign])
async def to_mailbox(here: HereNow, conversation_id: int) -> Response:
    """Gives the conversation to another department, with a note where there is one to give."""
    form = await form_as(here.request, HomeForm)

    async def act(db: Writer, found: Conversation, by: Actor) -> None:
        if form.note.strip():
            agent = await db.get_one(Agent, here.viewer.id)
            await note(db, found.id, Note(text=form.note), by=agent, now=here.now)
        tell = here.house.context if form.tell else None
        await move(db, found.id, form.mailbox, by=by, now=here.now, tell=tell)

    return await _change(here, conversation_id, act)


@router.post("/conversations/{conversation_id}/priority", dependencies=[Assign])
async def how_urgent(here: HereNow, conversation_id: int) -> Response:
    """Says how urgent it is."""
    form = await form_as(here.request, PriorityForm)

    async def act(db: Writer, found: Conversation, by: Actor) -> None:
        urgency = Urgency.of(form.priority)
        if urgency is None:
            raise Invalid
        await prioritize(db, found.id, urgency, by=by, now=here.now)

    return await _change(here, conversation_id, act)


@router.post("/conversations/{conversation_id}/tags", dependencies=[Assign])
async def put_tags_on(here: HereNow, conversation_id: int) -> Response:
    """Puts tags on, or takes one off."""
    form = await form_as(here.request, TagForm)

    async def act(db: Writer, found: Conversation, by: Actor) -> None:
        added = tags_of(form.tags) if form.tags else ()
        if added is None:
            raise Invalid(Refusal.NO_TAG)
        removed = [form.without] if form.without else []
        await tag(db, found.id, add=added, remove=removed, by=by, now=here.now)

    return await _change(here, conversation_id, act)


async def _change(here: Here, conversation_id: int, act: Act) -> Response:
    place = place_of(here)
    try:
        async with here.house.database.write() as db:
            found = await get_visible(db, here.viewer, conversation_id)
            await act(db, found, Actor.agent(here.viewer.id, here.viewer.name))
            path = f"/conversations/{conversation_id}"
            try:
                await get_visible(db, here.viewer, conversation_id)
            except NotFound:  # it went to a mailbox of others
                path = "/conversations"
    except (Conflict, Invalid) as error:
        return await refused(here, conversation_id, error)
    return RedirectResponse(place.url(path), 303)
