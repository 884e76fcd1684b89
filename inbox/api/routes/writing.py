"""Answers to customers, now or later, and comments."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Response
from pydantic import AwareDatetime, Field, StringConstraints

from inbox.api.bearer import allow
from inbox.api.repeat import change
from inbox.api.shapes import MessageOut
from inbox.api.wishes import Blank, ClosureWish, FileWish, Id, Line, Number, Wish, files_in
from inbox.asgi.approved import text_of
from inbox.asgi.deps import Here, HereNow
from inbox.auth.permissions import Permission
from inbox.desk.afterwards import Afterwards, Then, do_along
from inbox.desk.answer import Answer, Note
from inbox.desk.doubts import look_through
from inbox.desk.note import note
from inbox.desk.plan import plan, take_plan_back
from inbox.desk.reply import reply
from inbox.desk.template_files import text_files
from inbox.desk.templates import fill_text
from inbox.desk.unbegin import unbegin
from inbox.desk.undo import undo
from inbox.model.actor import Actor
from inbox.model.address import Address
from inbox.model.conversation import MessageKind
from inbox.store.approved import count_use
from inbox.store.conversations import get_visible
from inbox.store.engine import Writer
from inbox.store.tables import Agent, Conversation
from inbox.store.timeline import find_message

router = APIRouter(tags=["writing"])
Reply, Write = allow(Permission.REPLY), allow(Permission.NOTE)
_ABOUT = "/conversations/{conversation_id}"
_Words = Annotated[str, StringConstraints(max_length=500_000)]
_People = Annotated[list[Line], Field(max_length=50)]


class ReplyWish(Wish):
    """An answer to the customer."""

    text: _Words
    cc: _People | None = Field(default=None, description="Null keeps the customer's own")
    bcc: _People = Field(default=[], description="Nobody but they will know")
    sender: Blank = Field(default="", description="An address of your mailboxes")
    quote: bool | None = Field(default=None, description="Null does as the mailbox does")
    attach: list[FileWish] = Field(default=[], max_length=50)
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
    template: Number | None = Field(
        default=None, description="An approved text that goes around `text`, with its files"
    )


class NoteWish(Wish):
    """A comment that only we see."""

    text: _Words


@router.post(f"{_ABOUT}/replies", dependencies=[Reply], status_code=201, response_model=MessageOut)
async def send_reply(here: HereNow, conversation_id: Id, wish: ReplyWish) -> Response:
    """Answers the customer, now or later; one that leaves later is `held` until then."""

    async def act(db: Writer, by: Actor) -> MessageOut:
        await get_visible(db, here.viewer, conversation_id)
        agent = await db.get_one(Agent, by.id)
        answer = await _worded(db, here, conversation_id, wish, agent)
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
    """Takes your answer back while it has not left, with what was done along with it.

    Of a conversation that you began with it, and nobody has touched, nothing is left.
    """

    async def act(db: Writer, by: Actor) -> None:
        message = await find_message(db, here.viewer, message_id)
        agent = await db.get_one(Agent, by.id)
        verb = take_plan_back if message.kind == MessageKind.HELD else undo
        await verb(db, message.id, by=agent, now=here.now)
        await unbegin(db, message.conversation_id, by=agent)

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


async def _worded(
    db: Writer, here: Here, conversation_id: int, wish: ReplyWish, agent: Agent
) -> Answer:
    """The answer, within the approved text that is asked for. Raises Invalid, NotFound."""
    answer = _answer(wish)
    if wish.template is None:
        return answer
    found = await text_of(db, here.viewer, wish.template)
    conversation = await db.get_one(Conversation, conversation_id)
    filled = await fill_text(db, conversation, found.template.id, wish.text, by=agent)
    await count_use(db, found.template.id, here.now)
    files = (*answer.files, *await text_files(db, [found.template.id]))
    return replace(answer, text=filled.text, html=filled.html, files=files)


def _answer(wish: ReplyWish) -> Answer:
    cc = None if wish.cc is None else tuple(Address(address=one) for one in wish.cc)
    return Answer(
        text=wish.text,
        files=files_in(wish.attach),
        cc=cc,
        bcc=tuple(wish.bcc),
        sender=wish.sender,
        quote=wish.quote,
    )
