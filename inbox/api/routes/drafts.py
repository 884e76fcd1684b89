"""What one of us is still writing: answers, comments, mails to be passed on, and first mails."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, Field, StringConstraints

from inbox.api.bearer import allow
from inbox.api.repeat import change
from inbox.api.shapes import Page
from inbox.api.wishes import Id, Number, Wish
from inbox.asgi.deps import Here, HereNow
from inbox.auth.permissions import Permission
from inbox.desk.drafts import Typed, drop_draft, save_draft
from inbox.desk.passable import is_passable
from inbox.errors import NotFound
from inbox.model.actor import Actor
from inbox.refusals import Refusal
from inbox.store.conversations import get_visible
from inbox.store.drafts import Kept, Spot, begun, drafts_in, drafts_of
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent
from inbox.store.timeline import get_message

router = APIRouter(tags=["writing"])
Write, Reply = allow(Permission.NOTE), allow(Permission.REPLY)
_ABOUT = "/conversations/{conversation_id}"
_FORWARD = f"{_ABOUT}/messages/{{message_id}}/forward-draft"
_Words = Annotated[str, StringConstraints(max_length=500_000)]
_People = Annotated[str, StringConstraints(max_length=4000)]
_Name = Annotated[str, Path(min_length=8, max_length=40, pattern=r"^[\w-]+$")]


class DraftWish(Wish):
    """What is being written. Files come by the web view, and stay."""

    text: _Words
    cc: _People | None = None
    bcc: _People = ""
    version: int | None = Field(
        default=None, ge=0, lt=1 << 62, description="That you read (0: none); null writes over any"
    )


class LetterWish(DraftWish):
    """The same of a letter that is no answer."""

    to: _People = ""


class BegunWish(LetterWish):
    """The first mail of a conversation to be."""

    mailbox: Number = Field(description="One of yours")
    subject: str = Field(default="", max_length=500)


class DraftOut(BaseModel):
    """What one is still writing: yours alone."""

    conversation: int | None = Field(description="Null for a first mail")
    mailbox: int | None = Field(description="Of a first mail")
    kind: Literal["reply", "note", "forward", "new"]
    name: str = Field(description="Of a first mail, as you chose it; else the mail's id")
    to: str
    cc: str | None
    bcc: str
    subject: str
    text: str
    files: list[str]
    version: int
    updated_at: datetime

    @classmethod
    def of(cls, kept: Kept) -> DraftOut:
        fields: dict[str, Any] = dict(kept.fields)
        return cls(
            conversation=kept.conversation_id,
            mailbox=kept.mailbox_id,
            kind=kept.kind,
            name=kept.name,
            to=fields.get("to", ""),
            cc=fields.get("cc"),
            bcc=fields.get("bcc", ""),
            subject=fields.get("subject", ""),
            text=kept.text,
            files=[one.filename for one in kept.files],
            version=kept.version,
            updated_at=kept.updated_at,
        )


@router.get("/drafts", dependencies=[allow(Permission.READ)])
async def list_drafts(here: HereNow) -> Page[DraftOut]:
    """What you are still writing, the newest first."""
    async with here.house.database.read() as db:
        return Page(items=[DraftOut.of(one) for one in await drafts_of(db, here.viewer)])


@router.put("/drafts/{letter}", dependencies=[Reply], response_model=DraftOut)
async def keep_begun(here: HereNow, letter: _Name, wish: BegunWish) -> Response:
    """Saves a first mail under a name of yours; refused (409) as an answer's is."""

    async def act(db: Writer, by: Actor) -> DraftOut:
        if wish.mailbox not in here.viewer.mailboxes:
            raise NotFound
        spot = Spot(kind="new", mailbox_id=wish.mailbox, name=letter)
        return await _keep(db, here, spot, wish, {"to": wish.to, "subject": wish.subject}, by)

    return await change(here, act)


@router.delete("/drafts/{letter}", dependencies=[Reply])
async def forget_begun(here: HereNow, letter: _Name) -> Response:
    """Forgets it."""

    async def act(db: Writer, by: Actor) -> None:
        await _drop(db, Spot(kind="new", name=letter), by)

    return await change(here, act)


@router.put(f"{_ABOUT}/drafts/{{kind}}", dependencies=[Write], response_model=DraftOut)
async def keep_draft(
    here: HereNow, conversation_id: Id, kind: Literal["reply", "note"], wish: DraftWish
) -> Response:
    """Saves it; refused (409) where a newer version was saved than the one that you read."""

    async def act(db: Writer, by: Actor) -> DraftOut:
        home = (await get_visible(db, here.viewer, conversation_id)).id
        return await _keep(db, here, Spot(kind=kind, conversation_id=home), wish, {}, by)

    return await change(here, act)


@router.delete(f"{_ABOUT}/drafts/{{kind}}", dependencies=[Write])
async def forget_draft(
    here: HereNow, conversation_id: Id, kind: Literal["reply", "note"]
) -> Response:
    """Forgets it."""

    async def act(db: Writer, by: Actor) -> None:
        home = (await get_visible(db, here.viewer, conversation_id)).id
        await _drop(db, Spot(kind=kind, conversation_id=home), by)

    return await change(here, act)


@router.put(_FORWARD, dependencies=[Reply], response_model=DraftOut)
async def keep_forward(
    here: HereNow, conversation_id: Id, message_id: Id, wish: LetterWish
) -> Response:
    """Saves what is to stand above a mail that is passed on; refused (409) as an answer's is."""

    async def act(db: Writer, by: Actor) -> DraftOut:
        spot = await _forward(db, here, conversation_id, message_id)
        return await _keep(db, here, spot, wish, {"to": wish.to}, by)

    return await change(here, act)


@router.delete(_FORWARD, dependencies=[Reply])
async def forget_forward(here: HereNow, conversation_id: Id, message_id: Id) -> Response:
    """Forgets it."""

    async def act(db: Writer, by: Actor) -> None:
        await _drop(db, await _forward(db, here, conversation_id, message_id), by)

    return await change(here, act)


async def _forward(db: Writer, here: Here, conversation_id: int, message_id: int) -> Spot:
    mail = await get_message(db, here.viewer, conversation_id, message_id)
    if not await is_passable(db, mail):
        raise NotFound
    return Spot(kind="forward", conversation_id=mail.conversation_id, name=str(mail.id))


async def _keep(
    db: Writer, here: Here, spot: Spot, wish: DraftWish, more: dict[str, str], by: Actor
) -> DraftOut:
    agent = await db.get_one(Agent, by.id)
    before = await _there(db, here, spot)
    fields = {**(before.fields if before else {}), "bcc": wish.bcc, **more}
    fields |= {} if wish.cc is None else {"cc": wish.cc}
    words = Typed(
        text=wish.text,
        fields=fields,
        files=before.files if before else (),
        has_more=any(more.values()),
    )
    await save_draft(db, spot, words, version=wish.version, by=agent, now=here.now)
    saved = await _there(db, here, spot)
    if saved is None:
        raise NotFound(Refusal.NO_SUCH_DRAFT)
    return DraftOut.of(saved)


async def _there(db: Writer, here: Here, spot: Spot) -> Kept | None:
    if spot.conversation_id is None:
        kept = await begun(Reader(db), here.viewer, name=spot.name)
    else:
        kept = await drafts_in(db, here.viewer.id, spot.conversation_id)
    return next((one for one in kept if (one.kind, one.name) == (spot.kind, spot.name)), None)


async def _drop(db: Writer, spot: Spot, by: Actor) -> None:
    if not await drop_draft(db, spot, by=await db.get_one(Agent, by.id)):
        raise NotFound(Refusal.NO_SUCH_DRAFT)
