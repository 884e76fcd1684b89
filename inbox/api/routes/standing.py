"""Whether a conversation is done, what is promised, who has it, and who follows it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Response

from inbox.api.bearer import allow
from inbox.api.repeat import change
from inbox.api.shapes import Corrected
from inbox.api.wishes import AssigneeWish, ClassWish, ClosureWish, Id, UntilWish
from inbox.asgi.deps import HereNow
from inbox.auth.permissions import Permission
from inbox.desk.assign import assign
from inbox.desk.classify import classify
from inbox.desk.finish import finish
from inbox.desk.follow import follow, unfollow
from inbox.desk.reopen import reopen
from inbox.desk.task import promise
from inbox.model.actor import Actor
from inbox.model.closing import Closing
from inbox.store.conversations import get_visible
from inbox.store.engine import RECORDED, Writer
from inbox.store.tables import Agent, Conversation

router = APIRouter(tags=["order"])
Close, Rest, Read = (allow(one) for one in (Permission.CLOSE, Permission.REST, Permission.READ))
Assign = allow(Permission.ASSIGN)
_AT = "/conversations/{conversation_id}"
_Verb = Callable[..., Awaitable[Conversation]]


@router.put(f"{_AT}/closure", dependencies=[Close], response_model=Corrected)
async def close(here: HereNow, conversation_id: Id, wish: ClosureWish) -> Response:
    """It is done. Refused (422, `conversation.closing_needs`) where its mailbox wants more said."""

    async def act(db: Writer, by: Actor) -> Corrected:
        await get_visible(db, here.viewer, conversation_id)
        agent = await db.get_one(Agent, by.id)
        found = await finish(db, conversation_id, wish.ending, by=agent, now=here.now)
        return Corrected(conversation=found.id, correction=db.info.get(RECORDED))

    return await change(here, act)


@router.delete(f"{_AT}/closure", dependencies=[Close], response_model=Corrected)
async def open_again(here: HereNow, conversation_id: Id) -> Response:
    """It is our turn again."""
    return await _change(here, conversation_id, reopen)


@router.put(f"{_AT}/assignee", dependencies=[Assign], response_model=Corrected)
async def give(here: HereNow, conversation_id: Id, wish: AssigneeWish) -> Response:
    """Gives it to somebody, or back to nobody."""
    return await _change(here, conversation_id, assign, wish.agent)


@router.put(f"{_AT}/promise", dependencies=[Rest], response_model=Corrected)
async def answer_by(here: HereNow, conversation_id: Id, wish: UntilWish) -> Response:
    """Says by when an answer comes."""
    return await _change(here, conversation_id, promise, wish.until)


@router.delete(f"{_AT}/promise", dependencies=[Rest], response_model=Corrected)
async def promise_nothing(here: HereNow, conversation_id: Id) -> Response:
    """Takes that back."""
    return await _change(here, conversation_id, promise, None)


@router.put(f"{_AT}/classification", dependencies=[Assign], response_model=Corrected)
async def what_it_was(here: HereNow, conversation_id: Id, wish: ClassWish) -> Response:
    """Says what it was about, and how it ended; what is empty stays as it was."""
    said = Closing(category=wish.category, solution=wish.solution)
    return await _change(here, conversation_id, classify, said)


@router.put(f"{_AT}/following", dependencies=[Read], response_model=Corrected)
async def follow_it(here: HereNow, conversation_id: Id) -> Response:
    """The token's agent hears of everything in it, without having it."""
    return await _change(here, conversation_id, follow, here.viewer.id)


@router.delete(f"{_AT}/following", dependencies=[Read], response_model=Corrected)
async def follow_no_more(here: HereNow, conversation_id: Id) -> Response:
    """They hear of it as of any other conversation of its mailbox."""
    return await _change(here, conversation_id, unfollow, here.viewer.id)


async def _change(here: HereNow, conversation_id: int, verb: _Verb, *what: Any) -> Response:
    async def act(db: Writer, by: Actor) -> Corrected:
        await get_visible(db, here.viewer, conversation_id)
        found = await verb(db, conversation_id, *what, by=by, now=here.now)
        return Corrected(conversation=found.id, correction=db.info.get(RECORDED))

    return await change(here, act)
