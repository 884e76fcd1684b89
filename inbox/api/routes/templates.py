"""Approved texts, and mails that are passed on to somebody outside."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime, BaseModel, Field

from inbox.api.bearer import allow
from inbox.api.repeat import change
from inbox.api.shapes import MessageOut, Page
from inbox.api.wishes import Blank, FileWish, Id, Line, Number, Wish, files_in
from inbox.asgi.approved import must_edit, text_of
from inbox.asgi.deps import HereNow
from inbox.auth.permissions import Permission
from inbox.desk.answer import Answer
from inbox.desk.pass_on import pass_on as pass_on_mail
from inbox.desk.template_files import keep_text_files
from inbox.desk.templates import Draft, keep_text, remove_text, the_text
from inbox.desk.worded import worded
from inbox.model.actor import Actor
from inbox.model.address import Address
from inbox.store.approved import Written, written
from inbox.store.conversations import get_visible
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent

router = APIRouter(tags=["templates"])
Read, Edit = allow(Permission.READ), allow(Permission.OWN_TEMPLATES)


class TextOut(BaseModel):
    """An approved text in one language."""

    language: str
    title: str
    body: str


class TextFileOut(BaseModel):
    """A file that goes along with it."""

    id: int
    filename: str
    content_type: str
    size: int


class TemplateOut(BaseModel):
    """A template or an article."""

    id: int
    kind: str = Field(description="template, article")
    name: str
    mailbox: str = Field(description="Its mailbox's address; empty for all of them")
    own: bool = Field(description="Yours alone")
    form: str = Field(description="plain, markdown")
    used: int = Field(description="Answers that it stands in")
    used_at: datetime | None
    changed_at: datetime
    texts: list[TextOut]
    files: list[TextFileOut]

    @classmethod
    def of(cls, found: Written) -> TemplateOut:
        row = found.template
        return cls(
            id=row.id,
            kind=row.kind,
            name=row.name,
            mailbox=found.mailbox,
            own=found.is_personal,
            form=row.form,
            used=row.used,
            used_at=row.used_at,
            changed_at=row.changed_at,
            texts=[
                TextOut(language=one.language, title=one.title, body=one.body)
                for one in found.texts
            ],
            files=[
                TextFileOut(
                    id=one.id,
                    filename=one.filename,
                    content_type=one.content_type,
                    size=one.size,
                )
                for one in found.files
            ],
        )


class TemplateWish(Wish):
    """A text in one language; the same name again writes it anew, or in a further language."""

    name: Line
    language: str = Field(description="en, ru, it, de, ja")
    body: str = Field(max_length=100_000)
    title: str = Field(default="", max_length=200)
    kind: str = "template"
    form: str = "plain"
    mailbox: Blank = Field(default="", description="Empty for all of them")
    own: bool = Field(default=False, description="Yours alone; then of no mailbox")
    attach: list[FileWish] = Field(default=[], max_length=20, description="Files that go along")
    files: list[Number] | None = Field(
        default=None, max_length=100, description="Those that it has and keeps; null for all"
    )


class ForwardWish(Wish):
    """To whom a customer's mail is passed on, and what is written above it."""

    to: Line
    text: str = Field(default="", max_length=500_000)
    message: Number | None = Field(default=None, description="Null for the customer's newest")
    files: list[Number] | None = Field(
        default=None, max_length=100, description="Those of its files that go along; null for all"
    )
    cc: list[Line] = Field(default=[], max_length=50, description="Ours among them are drawn in")
    bcc: list[Line] = Field(default=[], max_length=50, description="Nobody but they will know")
    quote: bool = Field(default=True, description="Whether what the mail says goes along")
    form: Literal["plain", "markdown"] = "plain"
    attach: list[FileWish] = Field(default=[], max_length=50)
    told: list[Line] = Field(
        default=[],
        max_length=100,
        description="The keys of leaks that a refusal (409) named: these words may leave",
    )
    send_at: Annotated[AwareDatetime, Field(strict=False)] | None = Field(
        default=None, description="When it leaves; null for soon"
    )


@router.get("/templates", dependencies=[Read])
async def list_templates(
    here: HereNow, kind: Annotated[str | None, Query(pattern="^(template|article)$")] = None
) -> Page[TemplateOut]:
    """The texts of your mailboxes, your own, and those of all, in all their languages."""
    async with here.house.database.read() as db:
        found = await written(
            db, mailboxes=here.viewer.mailboxes, agent_id=here.viewer.id, kind=kind
        )
    return Page(items=[TemplateOut.of(one) for one in found])


@router.get("/templates/{template_id}", dependencies=[Read])
async def show_template(here: HereNow, template_id: Id) -> TemplateOut:
    """One of them."""
    async with here.house.database.read() as db:
        return TemplateOut.of(await text_of(db, here.viewer, template_id))


@router.post("/templates", dependencies=[Edit], status_code=201, response_model=TemplateOut)
async def keep_template(here: HereNow, wish: TemplateWish) -> Response:
    """Adds a text, or writes it anew in this language; of mailboxes managers and administrators."""

    async def act(db: Writer, by: Actor) -> TemplateOut:
        await must_edit(db, here.viewer, wish.mailbox, is_personal=wish.own)
        agent = await db.get_one(Agent, by.id)
        fields = wish.model_dump(exclude={"own", "attach", "files"})
        draft = Draft(**fields, is_personal=wish.own)
        kept = await keep_text(db, draft, now=here.now, by=agent)
        there = [one.id for one in kept.files] if wish.files is None else wish.files
        await keep_text_files(
            db, kept.template.id, files_in(wish.attach), keeping=there, by_id=here.viewer.id
        )
        return TemplateOut.of(await the_text(db, kept.template.id))

    return await change(here, act, status=201)


@router.delete("/templates/{template_id}", dependencies=[Edit], status_code=204)
async def remove_template(
    here: HereNow, template_id: Id, language: Annotated[str | None, Query(max_length=5)] = None
) -> Response:
    """Removes a text, or what is written in one language; what was sent stays."""

    async def act(db: Writer, _by: Actor) -> None:
        found = await text_of(db, here.viewer, template_id)
        await must_edit(db, here.viewer, found.mailbox, is_personal=found.is_personal)
        await remove_text(db, template_id, language=language)

    return await change(here, act)


@router.post(
    "/conversations/{conversation_id}/forwards",
    dependencies=[allow(Permission.REPLY)],
    status_code=201,
    response_model=MessageOut,
)
async def pass_on(here: HereNow, conversation_id: Id, wish: ForwardWish) -> Response:
    """Passes a customer's mail on to somebody outside; what they say comes back for us alone.

    One of us is drawn into the conversation instead, by a comment with the words.
    """

    async def act(db: Writer, by: Actor) -> MessageOut:
        await get_visible(Reader(db), here.viewer, conversation_id)
        agent = await db.get_one(Agent, by.id)
        message = await pass_on_mail(
            db,
            conversation_id,
            worded(_passed_on(wish), is_markdown=wish.form == "markdown"),
            wish.to,
            by=agent,
            now=here.now,
            context=here.house.context,
            message_id=wish.message,
            told=wish.told,
        )
        return MessageOut.of(message)

    return await change(here, act, status=201)


def _passed_on(wish: ForwardWish) -> Answer:
    return Answer(
        text=wish.text,
        files=files_in(wish.attach),
        cc=tuple(Address(address=one) for one in wish.cc),
        bcc=tuple(wish.bcc),
        quote=wish.quote,
        passes=None if wish.files is None else tuple(wish.files),
        at=wish.send_at,
    )
