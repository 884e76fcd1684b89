"""One verb for several conversations at once, and all of it taken back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import AwareDatetime, BaseModel, Field

from inbox.api.bearer import allow
from inbox.api.repeat import change
from inbox.api.wishes import ClosureWish, Line, Number, Wish
from inbox.asgi.corrections import undo_own
from inbox.asgi.deps import HereNow
from inbox.auth.permissions import Permission
from inbox.desk.several import MOST, Deed, Verb, do_to_each
from inbox.errors import Invalid
from inbox.i18n import translations
from inbox.model.actor import Actor
from inbox.model.marks import Urgency
from inbox.refusals import Refusal
from inbox.store.engine import Writer

router = APIRouter(tags=["order"])
Ids = Annotated[list[Number], Field(min_length=1, max_length=MOST)]


class SeveralWish(Wish):
    """What is to be done to all of them; each verb reads the field that it needs."""

    conversations: Ids
    do: Annotated[Verb, Field(strict=False)]
    agent: Number | None = Field(default=None, description="For `assign`; null gives to nobody")
    tags: Annotated[tuple[Line, ...], Field(max_length=20, strict=False)] = ()
    priority: str = Field(default="", description="low, normal, high, urgent")
    until: Annotated[AwareDatetime | None, Field(strict=False)] = None
    mailbox: Number | None = None
    closing: ClosureWish | None = Field(
        default=None, description="For `close`: what is said with it, as for one of them"
    )


class RefusedOut(BaseModel):
    """A conversation to which it was not done."""

    conversation: int
    code: str | None
    detail: str


class SeveralOut(BaseModel):
    """What came of it."""

    changed: int
    events: list[int] = Field(description="By these it is taken back")
    refused: list[RefusedOut]


class UndoWish(Wish):
    """Events that a change of several gave."""

    events: Ids


class UndoneOut(BaseModel):
    """How many were taken back; what somebody went on with since stays."""

    undone: int


@router.post("/several", dependencies=[allow(Permission.ASSIGN)], response_model=SeveralOut)
async def do_several(here: HereNow, wish: SeveralWish) -> Response:
    """Does it to each; one that refuses stops no other, one that is not yours stops all (404)."""
    deed = _deed(wish)

    async def act(db: Writer, _by: Actor) -> SeveralOut:
        done = await do_to_each(db, here.viewer, wish.conversations, deed, now=here.now)
        texts = translations(here.viewer.language)
        refused = [
            RefusedOut(conversation=one, code=error.refusal, detail=error.said(texts))
            for one, error in done.refused.items()
        ]
        return SeveralOut(changed=done.changed, events=done.events, refused=refused)

    return await change(here, act)


@router.post("/several/undo", dependencies=[allow(Permission.CORRECT)], response_model=UndoneOut)
async def undo_several(here: HereNow, wish: UndoWish) -> Response:
    """Takes back what you did yourself, but for what has changed since."""

    async def act(db: Writer, _by: Actor) -> UndoneOut:
        _count, undone = await undo_own(
            db, here.viewer, wish.events, now=here.now, secret=here.house.secret
        )
        return UndoneOut(undone=undone)

    return await change(here, act)


def _deed(wish: SeveralWish) -> Deed:
    urgency = Urgency.of(wish.priority or Urgency.NORMAL.word)
    is_whole = {
        Verb.TAG: bool(wish.tags),
        Verb.PRIORITY: bool(wish.priority) and urgency is not None,
        Verb.SNOOZE: wish.until is not None,
        Verb.MOVE: wish.mailbox is not None,
    }.get(wish.do, True)
    if urgency is None or not is_whole:
        raise Invalid(Refusal.UNUSABLE)
    closing = wish.closing or ClosureWish()
    return Deed(
        verb=wish.do,
        agent_id=closing.assignee if wish.do is Verb.CLOSE else wish.agent,
        ending=closing.ending,
        tags=wish.tags,
        urgency=urgency,
        until=wish.until,
        mailbox_id=wish.mailbox or 0,
    )
