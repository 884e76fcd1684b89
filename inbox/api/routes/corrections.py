"""Where mails belong, put right: the verbs of the web view, each taken back by its number."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from fastapi import APIRouter, Response
from sqlalchemy import select

from inbox.api.bearer import allow
from inbox.api.repeat import change
from inbox.api.shapes import Corrected, CorrectionOut, Page
from inbox.api.wishes import HomeWish, Id, MergeWish, SplitWish
from inbox.asgi.corrections import moved_to, undo_correction
from inbox.asgi.deps import Here, HereNow
from inbox.auth.permissions import Permission
from inbox.desk.belong import belong
from inbox.desk.collision import refuse_if_moved_on
from inbox.desk.merge import merge
from inbox.desk.spam import mark_spam, not_spam
from inbox.desk.split import split
from inbox.desk.takeback import CORRECTIONS
from inbox.errors import Invalid, NotFound
from inbox.model.actor import Actor
from inbox.refusals import Refusal
from inbox.store.conversations import get_visible
from inbox.store.engine import RECORDED, Writer
from inbox.store.links import linked
from inbox.store.tables import Agent, Conversation, Event
from inbox.store.timeline import find_message

router = APIRouter(tags=["corrections"])
Correct = allow(Permission.CORRECT)
_Verb = Callable[..., Awaitable[tuple[Conversation, int | None]]]
_MOST: Final = 50


@router.post(
    "/conversations/{conversation_id}/splits",
    dependencies=[Correct],
    status_code=201,
    response_model=Corrected,
)
async def split_off(here: HereNow, conversation_id: Id, wish: SplitWish) -> Response:
    """Makes a message a conversation of its own, with its author as the customer."""

    async def act(db: Writer, by: Actor) -> Corrected:
        await _as_it_was_seen(db, here, conversation_id, wish.expected)
        opened, _event = await split(
            db,
            conversation_id,
            wish.message,
            following=wish.following,
            by=by,
            now=here.now,
            secret=here.house.secret,
        )
        return _corrected(db, opened.id)

    return await change(here, act, status=201)


@router.post(
    "/conversations/{conversation_id}/merges",
    dependencies=[Correct],
    status_code=201,
    response_model=Corrected,
)
async def merge_into(here: HereNow, conversation_id: Id, wish: MergeWish) -> Response:
    """Makes the whole conversation a part of another."""

    async def act(db: Writer, by: Actor) -> Corrected:
        await _as_it_was_seen(db, here, conversation_id, wish.expected)
        into = await _target(db, here, wish.into)
        if into == conversation_id:
            raise Invalid(Refusal.HERE_ALREADY)
        found = await merge(db, into, conversation_id, by=by, now=here.now)
        return _corrected(db, found.id)

    return await change(here, act, status=201)


@router.put("/messages/{message_id}/conversation", dependencies=[Correct], response_model=Corrected)
async def belongs_to(here: HereNow, message_id: Id, wish: HomeWish) -> Response:
    """Moves a message to the conversation where it belongs."""

    async def act(db: Writer, by: Actor) -> Corrected:
        source = (await find_message(db, here.viewer, message_id)).conversation_id
        await _as_it_was_seen(db, here, source, wish.expected)
        target = await _target(db, here, wish.conversation)
        if target != source:
            args = (db, [message_id], source, target)
            await belong(*args, by=by, now=here.now, secret=here.house.secret)
        return _corrected(db, target)

    return await change(here, act)


@router.get("/conversations/{conversation_id}/corrections", dependencies=[allow(Permission.READ)])
async def list_corrections(here: HereNow, conversation_id: Id) -> Page[CorrectionOut]:
    """What was put right in the conversation, the newest first; the last fifty."""
    async with here.house.database.read() as db:
        await get_visible(db, here.viewer, conversation_id)
        found = list(
            await db.scalars(
                select(Event)
                .where(Event.conversation_id == conversation_id, Event.name.in_(CORRECTIONS))
                .order_by(Event.id.desc())
                .limit(_MOST)
            )
        )
        targets = {to for one in found if (to := moved_to(one))}
        seen = await linked(db, here.viewer, targets)
    return Page(items=[_listed(one, seen) for one in found])


@router.put(
    "/conversations/{conversation_id}/spam", dependencies=[Correct], response_model=Corrected
)
async def is_spam(here: HereNow, conversation_id: Id) -> Response:
    """Puts the conversation among the spam."""
    return await _judged(here, conversation_id, mark_spam)


@router.delete(
    "/conversations/{conversation_id}/spam", dependencies=[Correct], response_model=Corrected
)
async def is_no_spam(here: HereNow, conversation_id: Id) -> Response:
    """Takes the conversation out of the spam."""
    return await _judged(here, conversation_id, not_spam)


async def _judged(here: HereNow, conversation_id: int, verb: _Verb) -> Response:
    async def act(db: Writer, by: Actor) -> Corrected:
        await get_visible(db, here.viewer, conversation_id)
        found, event = await verb(db, conversation_id, by=by, now=here.now)
        return Corrected(conversation=found.id, correction=event)

    return await change(here, act)


@router.delete(
    "/conversations/{conversation_id}/corrections/{correction_id}",
    dependencies=[Correct],
    response_model=Corrected,
)
async def take_back(here: HereNow, conversation_id: Id, correction_id: Id) -> Response:
    """Undoes a correction that was made in the conversation, or that brought mails into it."""

    async def act(db: Writer, by: Actor) -> Corrected:
        await get_visible(db, here.viewer, conversation_id)
        found = await undo_correction(
            db,
            here.viewer,
            conversation_id,
            correction_id,
            by=by,
            now=here.now,
            secret=here.house.secret,
        )
        return _corrected(db, found.id)

    return await change(here, act)


def _listed(event: Event, seen: Mapping[int, object]) -> CorrectionOut:
    to = moved_to(event)
    return CorrectionOut(
        correction=event.id,
        name=event.name,
        by=event.actor_name,
        at=event.at,
        to=to if to in seen else None,
        undoes=event.payload.get("undoes"),
    )


async def _as_it_was_seen(
    db: Writer, here: Here, conversation_id: int, expected: int | None
) -> None:
    found = await get_visible(db, here.viewer, conversation_id)
    agent = await db.get_one(Agent, here.viewer.id)
    await refuse_if_moved_on(db, found, expected, agent)


async def _target(db: Writer, here: Here, conversation_id: int) -> int:
    try:
        return (await get_visible(db, here.viewer, conversation_id)).id
    except NotFound as error:
        raise Invalid(Refusal.NO_SUCH_CONVERSATION) from error


def _corrected(db: Writer, conversation_id: int) -> Corrected:
    return Corrected(conversation=conversation_id, correction=db.info.get(RECORDED))
