"""Answers to customers, now or later; comments; and what one of us is still writing."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Response
from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from inbox.api.bearer import allow
from inbox.api.repeat import change
from inbox.api.shapes import MessageOut, Page
from inbox.api.wishes import ClosureWish, Id, Line, Wish
from inbox.asgi.deps import HereNow
from inbox.auth.permissions import Permission
from inbox.desk.afterwards import Afterwards, Then, do_along
from inbox.desk.answer import Answer, Note
from inbox.desk.doubts import look_through
from inbox.desk.drafts import Typed, drop_draft, save_draft
from inbox.desk.note import note
from inbox.desk.plan import plan, take_plan_back
from inbox.desk.reply import reply
from inbox.desk.undo import undo
from inbox.errors import NotFound
from inbox.model.actor import Actor
from inbox.model.address import Address
from inbox.model.conversation import MessageKind
from inbox.refusals import Refusal
from inbox.store.conversations import get_visible
from inbox.store.drafts import Kept, Spot, drafts_in, drafts_of
from inbox.store.engine import Writer
from inbox.store.tables import Agent
from inbox.store.timeline import find_message

router = APIRouter(tags=["writing"])
Reply, Write = allow(Permission.REPLY), allow(Permission.NOTE)
Kind = Literal["reply", "note"]
_ABOUT = "/conversations/{conversation_id}"
_Words = Annotated[str, StringConstraints(max_length=500_000)]
_People = Annotated[list[Line], Field(max_length=50)]


class ReplyWish(Wish):
    """An answer to the customer."""

    text: _Words
    cc: _People | None = Field(default=None, description="Null keeps the customer's own")
    bcc: _People = Field(default=[], description="Nobody but they will know")
    sender: str = Field(default="", max_length=320, description="An address of your mailboxes")
    quote: bool | None = Field(default=None, description="Null does as the mailbox does")
    send_at: Annotated[AwareDatetime, Field(strict=False)] | None = Field(
        default=None, description="Later; not blindly where something new comes in before"
    )
    then: Literal["", "close", "wait", "snooze"] = ""
    until: Annotated[AwareDatetime, Field(strict=False)] | None = Field(
        default=None, description="Of `wait` and `snooze`"
    )
    closing: ClosureWish = Field(
        default_factory=ClosureWish, description="Of `close`: what the mailbox wants said"
    )
    expected: Annotated[int, Field(ge=0, lt=1 << 62)] | None = Field(
        default=None, description="The conversation's `last_event` when you looked at it"
    )
    told: list[Line] = Field(
        default=[], max_length=100, description="The keys of what a refusal (409) named"
    )


class NoteWish(Wish):
    """A comment that only we see."""

    text: _Words


class DraftWish(Wish):
    """What is being written. Files come by the web view, and stay."""

    text: _Words
    cc: str | None = Field(default=None, max_length=4000)
    bcc: str = Field(default="", max_length=4000)
    version: int | None = Field(
        default=None, ge=0, description="That you read (0: none); null writes over any"
    )


class DraftOut(BaseModel):
    """What one is still writing: yours alone."""

    conversation: int
    kind: Kind
    text: str
    cc: str | None
    bcc: str
    files: list[str]
    version: int
    updated_at: datetime

    @classmethod
    def of(cls, kept: Kept) -> DraftOut:
        fields: dict[str, Any] = dict(kept.fields)
        return cls(
            conversation=kept.conversation_id,
            kind="note" if kept.kind == "note" else "reply",
            text=kept.text,
            cc=fields.get("cc"),
            bcc=fields.get("bcc", ""),
            files=[one.filename for one in kept.files],
            version=kept.version,
            updated_at=kept.updated_at,
        )


@router.post(f"{_ABOUT}/replies", dependencies=[Reply], status_code=201, response_model=MessageOut)
async def send_reply(here: HereNow, conversation_id: Id, wish: ReplyWish) -> Response:
    """Answers the customer, now or later; one that leaves later is `held` until then."""

    async def act(db: Writer, by: Actor) -> MessageOut:
        await get_visible(db, here.viewer, conversation_id)
        agent = await db.get_one(Agent, by.id)
        answer = _answer(wish)
        domains = here.house.settings.own_domains
        await look_through(
            db, conversation_id, answer, by=agent, own_domains=domains, told=wish.told
        )
        along = Afterwards(then=Then(wish.then), until=wish.until, ending=wish.closing.ending)
        how: dict[str, Any] = {"by": agent, "now": here.now, "context": here.house.context}
        how["expected_last_event"] = wish.expected
        if wish.send_at is not None:
            at = wish.send_at
            return MessageOut.of(await plan(db, conversation_id, answer, at, wish=along, **how))
        message = await reply(db, conversation_id, answer, **how)
        await do_along(db, message, along, by=agent, now=here.now)
        return MessageOut.of(message)

    return await change(here, act, status=201)


@router.delete("/messages/{message_id}/sending", dependencies=[Reply])
async def take_back(here: HereNow, message_id: Id) -> Response:
    """Takes your answer back while it has not left, with what was done along with it."""

    async def act(db: Writer, by: Actor) -> None:
        message = await find_message(db, here.viewer, message_id)
        agent = await db.get_one(Agent, by.id)
        verb = take_plan_back if message.kind == MessageKind.HELD else undo
        await verb(db, message.id, by=agent, now=here.now)

    return await change(here, act)


@router.post(f"{_ABOUT}/notes", dependencies=[Write], status_code=201, response_model=MessageOut)
async def add_note(here: HereNow, conversation_id: Id, wish: NoteWish) -> Response:
    """Adds a comment that no customer ever sees."""

    async def act(db: Writer, by: Actor) -> MessageOut:
        await get_visible(db, here.viewer, conversation_id)
        agent = await db.get_one(Agent, by.id)
        words = Note(text=wish.text)
        return MessageOut.of(await note(db, conversation_id, words, by=agent, now=here.now))

    return await change(here, act, status=201)


@router.get("/drafts", dependencies=[allow(Permission.READ)])
async def list_drafts(here: HereNow) -> Page[DraftOut]:
    """What you are still writing, the newest first."""
    async with here.house.database.read() as db:
        return Page(items=[DraftOut.of(one) for one in await drafts_of(db, here.viewer)])


@router.put(f"{_ABOUT}/drafts/{{kind}}", dependencies=[Write], response_model=DraftOut)
async def keep_draft(here: HereNow, conversation_id: Id, kind: Kind, wish: DraftWish) -> Response:
    """Saves it; refused (409) where a newer version was saved than the one that you read."""

    async def act(db: Writer, by: Actor) -> DraftOut:
        home = (await get_visible(db, here.viewer, conversation_id)).id
        agent = await db.get_one(Agent, by.id)
        before = {one.kind: one for one in await drafts_in(db, agent.id, home)}.get(kind)
        fields = {**(before.fields if before else {}), "bcc": wish.bcc}
        fields |= {} if wish.cc is None else {"cc": wish.cc}
        words = Typed(text=wish.text, fields=fields, files=before.files if before else ())
        spot = Spot(kind=kind, conversation_id=home)
        await save_draft(db, spot, words, version=wish.version, by=agent, now=here.now)
        saved = [one for one in await drafts_in(db, agent.id, home) if one.kind == kind]
        if not saved:
            raise NotFound(Refusal.NO_SUCH_DRAFT)
        return DraftOut.of(saved[0])

    return await change(here, act)


@router.delete(f"{_ABOUT}/drafts/{{kind}}", dependencies=[Write])
async def forget_draft(here: HereNow, conversation_id: Id, kind: Kind) -> Response:
    """Forgets it."""

    async def act(db: Writer, by: Actor) -> None:
        home = (await get_visible(db, here.viewer, conversation_id)).id
        agent = await db.get_one(Agent, by.id)
        if not await drop_draft(db, Spot(kind=kind, conversation_id=home), by=agent):
            raise NotFound(Refusal.NO_SUCH_DRAFT)

    return await change(here, act)


def _answer(wish: ReplyWish) -> Answer:
    cc = None if wish.cc is None else tuple(Address(address=one) for one in wish.cc)
    return Answer(text=wish.text, cc=cc, bcc=tuple(wish.bcc), sender=wish.sender, quote=wish.quote)
