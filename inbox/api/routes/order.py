"""Who has a conversation, when it is wanted again, where it belongs, how urgent it is, its tags."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Response

from inbox.api.bearer import allow
from inbox.api.repeat import change
from inbox.api.shapes import Corrected
from inbox.api.wishes import Id, MailboxWish, PriorityWish, TagsWish, UntilWish
from inbox.asgi.deps import HereNow
from inbox.auth.permissions import Permission
from inbox.desk.mark import prioritize, tag
from inbox.desk.move import move
from inbox.desk.reopen import reopen
from inbox.desk.rest import snooze, wait
from inbox.model.actor import Actor
from inbox.model.marks import Urgency
from inbox.store.conversations import get_visible
from inbox.store.engine import RECORDED, Writer
from inbox.store.tables import Conversation

router = APIRouter(tags=["order"])
Rest = allow(Permission.REST)
Assign = allow(Permission.ASSIGN)
_Verb = Callable[..., Awaitable[Conversation]]  # of a conversation and what is wished for it


@router.put("/conversations/{conversation_id}/wait", dependencies=[Rest], response_model=Corrected)
async def wait_for_customer(here: HereNow, conversation_id: Id, wish: UntilWish) -> Response:
    """It is the customer's turn; without an answer by the time it comes back to who has it."""
    return await _change(here, conversation_id, wait, wish.until)


@router.put(
    "/conversations/{conversation_id}/snooze", dependencies=[Rest], response_model=Corrected
)
async def put_off(here: HereNow, conversation_id: Id, wish: UntilWish) -> Response:
    """It is out of sight until the time, or until the customer writes."""
    return await _change(here, conversation_id, snooze, wish.until)


@router.delete(
    "/conversations/{conversation_id}/snooze", dependencies=[Rest], response_model=Corrected
)
async def back_now(here: HereNow, conversation_id: Id) -> Response:
    """It is our turn again; what waited, slept or was closed is open."""
    return await _change(here, conversation_id, reopen)


@router.put(
    "/conversations/{conversation_id}/mailbox", dependencies=[Assign], response_model=Corrected
)
async def to_mailbox(here: HereNow, conversation_id: Id, wish: MailboxWish) -> Response:
    """Gives it to another department; it is yours to see afterwards only if you take part there."""
    tell = here.house.context if wish.tell else None
    return await _change(here, conversation_id, move, wish.mailbox, tell=tell)


@router.put(
    "/conversations/{conversation_id}/priority", dependencies=[Assign], response_model=Corrected
)
async def how_urgent(here: HereNow, conversation_id: Id, wish: PriorityWish) -> Response:
    """Says how urgent it is."""
    urgency = Urgency[wish.priority.upper()]
    return await _change(here, conversation_id, prioritize, urgency)


@router.put(
    "/conversations/{conversation_id}/tags", dependencies=[Assign], response_model=Corrected
)
async def tags(here: HereNow, conversation_id: Id, wish: TagsWish) -> Response:
    """Puts tags on and takes tags off; they are kept in lower case, with hyphens between words."""
    return await _change(here, conversation_id, tag, add=wish.add, remove=wish.remove)


async def _change(
    here: HereNow, conversation_id: int, verb: _Verb, *what: Any, **named: Any
) -> Response:
    async def act(db: Writer, by: Actor) -> Corrected:
        await get_visible(db, here.viewer, conversation_id)
        found = await verb(db, conversation_id, *what, **named, by=by, now=here.now)
        return Corrected(conversation=found.id, correction=db.info.get(RECORDED))

    return await change(here, act)
