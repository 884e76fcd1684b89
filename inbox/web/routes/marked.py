"""What is done to all conversations that were marked in a list, and undone again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import select

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.asgi.parcels import SHOWN, hand
from inbox.auth.permissions import Permission
from inbox.auth.sessions import name_of
from inbox.desk.assign import assign
from inbox.desk.close import close
from inbox.desk.mark import tag
from inbox.desk.move import move
from inbox.desk.spam import mark_spam
from inbox.desk.undo_several import undo_each
from inbox.errors import Invalid, NotFound
from inbox.model.actor import Actor
from inbox.orders.tags import tags_of
from inbox.refusals import Refusal
from inbox.store.conversations import colleagues, get_visible, mailboxes_of
from inbox.store.engine import Writer
from inbox.store.people import all_mailboxes
from inbox.store.tables import Conversation, Event
from inbox.web.desks import place_of
from inbox.web.forms import MarkedForm
from inbox.web.own import signed
from inbox.web.pages import page

router = APIRouter()

Act = Callable[[Writer, int, Actor], Awaitable[object]]
MOST: Final = 100  # at once
Assign = allow(Permission.ASSIGN)


@router.post("/marked", dependencies=[Assign])
async def what_to_do(here: HereNow) -> Response:
    """Everything that can be done to what was marked, on a page of its own."""
    wanted = (await form_as(here.request, MarkedForm)).conversation
    async with here.house.database.read() as db:
        found = [await get_visible(db, here.viewer, one) for one in wanted[:MOST]]
        mailboxes = await mailboxes_of(db, here.viewer)
        people = {
            agent.id: agent.name for one in mailboxes for agent in await colleagues(db, one.id)
        }
        targets = await all_mailboxes(db)
    return page(
        here,
        "marked.html",
        marked=found,
        place=place_of(here),
        people=sorted(people.items(), key=lambda one: one[1]),
        mailboxes=targets,
    )


@router.post("/closures", dependencies=[allow(Permission.CLOSE)])
async def close_marked(here: HereNow) -> Response:
    """Closes every conversation that was marked in a list."""

    async def act(db: Writer, one: int, by: Actor) -> None:
        await close(db, one, by=by, now=here.now)

    return await _each(here, await form_as(here.request, MarkedForm), act)


@router.post("/assignments", dependencies=[Assign])
async def give_marked(here: HereNow) -> Response:
    """Gives every one of them to a person, or to nobody; takes them where nobody is named."""
    form = await form_as(here.request, MarkedForm)
    agent = here.viewer.id if form.agent is None else form.agent or None

    async def act(db: Writer, one: int, by: Actor) -> None:
        await assign(db, one, agent, by=by, now=here.now)

    return await _each(here, form, act)


@router.post("/taggings", dependencies=[Assign])
async def tag_marked(here: HereNow) -> Response:
    """Puts tags on every one of them."""
    form = await form_as(here.request, MarkedForm)
    tags = tags_of(form.tags)
    if not tags:
        raise Invalid(Refusal.NO_TAG)

    async def act(db: Writer, one: int, by: Actor) -> None:
        await tag(db, one, add=tags, by=by, now=here.now)

    return await _each(here, form, act)


@router.post("/moves", dependencies=[Assign])
async def move_marked(here: HereNow) -> Response:
    """Gives every one of them to another mailbox."""
    form = await form_as(here.request, MarkedForm)

    async def act(db: Writer, one: int, by: Actor) -> None:
        await move(db, one, form.to, by=by, now=here.now)

    return await _each(here, form, act)


@router.post("/spam", dependencies=[allow(Permission.CORRECT)])
async def spam_marked(here: HereNow) -> Response:
    """Puts every one of them among the spam."""

    async def act(db: Writer, one: int, by: Actor) -> None:
        await mark_spam(db, one, by=by, now=here.now)

    return await _each(here, await form_as(here.request, MarkedForm), act)


@router.post("/marked/undo", dependencies=[allow(Permission.CORRECT)])
async def undo_marked(here: HereNow) -> Response:
    """Undoes it all, but for what has changed since; one may undo only what one did oneself."""
    form = await form_as(here.request, MarkedForm)
    async with here.house.database.write() as db:
        own = (Event.actor_kind == "agent", Event.actor_id == here.viewer.id)
        wanted = select(Event).where(Event.id.in_(form.event[:MOST]), *own)
        events = list(await db.scalars(wanted.order_by(Event.conversation_id)))
        for event in events:
            await get_visible(db, here.viewer, event.conversation_id)
        by = Actor.agent(here.viewer.id, here.viewer.name)
        undone = await undo_each(db, events, by=by, now=here.now, secret=here.house.secret)
    return _told(here, len(events), undone=undone)


async def _each(here: Here, form: MarkedForm, act: Act) -> Response:
    # In the order of their numbers, so that two who change the same ones never wait for each other.
    wanted = sorted(set(form.conversation))[:MOST]
    async with here.house.database.write() as db:
        by = Actor.agent(here.viewer.id, here.viewer.name)
        for one in wanted:
            await get_visible(db, here.viewer, one)
        before = await _last_events(db, wanted)
        for one in wanted:
            await act(db, one, by)
        after = await _last_events(db, wanted)
        changed = [one for one in wanted if before[one] != after[one]]
        events = [after[one] for one in changed if await _is_visible(db, here, one)]
    return _told(here, len(changed), events=events)


async def _is_visible(db: Writer, here: Here, conversation_id: int) -> bool:
    try:
        await get_visible(db, here.viewer, conversation_id)
    except NotFound:  # it went to a mailbox of others, and it is theirs to give back
        return False
    return True


async def _last_events(db: Writer, wanted: Sequence[int]) -> dict[int, int]:
    columns = (Conversation.id, Conversation.last_event_id)
    rows = await db.execute(select(*columns).where(Conversation.id.in_(wanted)))
    return {row.id: row.last_event_id for row in rows}


def _told(here: Here, count: int, *, events: list[int] | None = None, undone: int = -1) -> Response:
    """Back to the list, which says once what was done."""
    response = RedirectResponse(place_of(here).url(), 303)
    owner = name_of(signed(here).token_hash)
    hand(
        here,
        response,
        SHOWN,
        {"of": owner, "said": "", "marked": count, "events": events or [], "undone": undone},
    )
    return response
