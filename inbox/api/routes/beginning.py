"""A conversation that one of us begins: its first mail, in the name of one of their mailboxes."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Response
from pydantic import AwareDatetime, Field

from inbox.api.bearer import allow
from inbox.api.repeat import change
from inbox.api.shapes import MessageOut
from inbox.api.wishes import FileWish, Line, Number, Wish, files_in
from inbox.asgi.deps import HereNow
from inbox.auth.permissions import Permission
from inbox.desk.answer import FirstMail, Opening
from inbox.desk.start import start
from inbox.desk.worded import worded
from inbox.errors import Invalid, NotFound
from inbox.mail.header_values import is_sendable
from inbox.model.actor import Actor
from inbox.model.address import Address, normalize
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.tables import Agent, Mailbox

router = APIRouter(tags=["conversations"])


class PersonWish(Wish):
    """Somebody to write to."""

    address: Line
    name: str = Field(default="", max_length=200)

    def read(self) -> Address:
        """Them, if a mail can reach them. Raises Invalid."""
        address = normalize(self.address)
        if not is_sendable(address):
            raise Invalid(Refusal.NO_MAIL_ADDRESS, address=address[:100])
        return Address(name=" ".join(self.name.split()), address=address)


class BeginWish(Wish):
    """The first mail of a conversation."""

    mailbox: Number = Field(description="One of yours; it is written from its address")
    to: PersonWish
    cc: list[PersonWish] = Field(default=[], max_length=50)
    bcc: list[Line] = Field(default=[], max_length=50, description="Nobody but they will know")
    attach: list[FileWish] = Field(default=[], max_length=50)
    send_at: Annotated[AwareDatetime, Field(strict=False)] | None = Field(
        default=None, description="Later; the message is `held` until then"
    )
    subject: Line
    text: str = Field(max_length=500_000)
    form: Literal["plain", "markdown"] = "plain"
    told: list[Line] = Field(
        default=[],
        max_length=100,
        description="The keys of leaks that a refusal (409) named: these words may leave",
    )


@router.post(
    "/conversations",
    dependencies=[allow(Permission.REPLY)],
    status_code=201,
    response_model=MessageOut,
)
async def begin(here: HereNow, wish: BeginWish) -> Response:
    """Writes to somebody outside; the conversation is yours."""

    async def act(db: Writer, by: Actor) -> MessageOut:
        mailbox = await db.get(Mailbox, wish.mailbox)
        if mailbox is None or mailbox.removed_at or mailbox.id not in here.viewer.mailboxes:
            raise NotFound
        typed = FirstMail(
            text=wish.text,
            files=files_in(wish.attach),
            cc=tuple(one.read() for one in wish.cc),
            bcc=tuple(wish.bcc),
            opening=Opening(to=wish.to.read(), subject=" ".join(wish.subject.split())),
        )
        message = await start(
            db,
            mailbox.id,
            worded(typed, is_markdown=wish.form == "markdown"),
            by=await db.get_one(Agent, by.id),
            now=here.now,
            context=here.house.context,
            told=wish.told,
            at=wish.send_at,
        )
        return MessageOut.of(message)

    return await change(here, act, status=201)
