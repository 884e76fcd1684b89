"""A conversation that one of us begins: the page, its helps, and the first mail."""

from __future__ import annotations

from dataclasses import replace
from secrets import token_bytes
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse, RedirectResponse
from sqlalchemy.ext.asyncio import AsyncSessionTransaction

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth.permissions import Permission
from inbox.desk.answer import AnswerFile
from inbox.desk.begin import begin
from inbox.desk.drafts import drop_draft
from inbox.desk.leaking import Leaking
from inbox.desk.preview import preview_typed
from inbox.desk.start import start
from inbox.desk.template_files import text_files
from inbox.desk.templates import Around, typed_text
from inbox.desk.worded import worded
from inbox.errors import Conflict, InboxError, Invalid, NotFound
from inbox.mail.addresses import parse_list
from inbox.mail.compose import Draft
from inbox.refusals import Refusal
from inbox.store.approved import count_uses
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent, Conversation
from inbox.web.beginning import (
    URL,
    BeginView,
    begin_spot,
    first_mail,
    kept_begin,
    own_mailboxes,
    read_begin,
    the_mailbox,
)
from inbox.web.forms import BeginForm, InsertForm, WrittenForm, number_of
from inbox.web.letters import objections
from inbox.web.lists import nowhere, way_in
from inbox.web.moments import time_of
from inbox.web.pages import page, reader_of
from inbox.web.previews import show_fault, show_mail
from inbox.web.uploads import keep_again, kept_files, read_uploads
from inbox.web.writing import inserted, remember, text_options

router = APIRouter()
Read = allow(Permission.READ)
Begin = allow(Permission.REPLY)
Line = Annotated[str, Query(max_length=500)]
Key = Annotated[str, Query(max_length=40, pattern=r"^[\w-]*$")]


@router.get(URL, dependencies=[Read])
async def show(here: HereNow, to: Line = "", subject: Line = "", draft: Key = "") -> Response:
    """The form, as its `draft` left it or empty; `mailbox`, `to` and `subject` may be filled in."""
    mailbox = number_of(here.request.query_params.get("mailbox")) or 0
    form = BeginForm(mailbox=mailbox, to=to[:400], subject=subject, key=draft)
    async with here.house.database.read() as db:
        if not await own_mailboxes(db, here):
            said, house_url = nowhere(here.viewer, reader_of(here)), way_in(here.viewer)
            return page(here, "new_nowhere.html", empty=said, house_url=house_url)
        view = await read_begin(db, here, form, kept=await kept_begin(db, here, draft))
    return page(here, "new.html", new=view)


@router.post("/conversations", dependencies=[Begin])
async def send(here: HereNow) -> Response:
    """Sends the first mail, after the mailbox's time to take it back."""
    form = await form_as(here.request, BeginForm)
    how = await form_as(here.request, WrittenForm)
    files: list[AnswerFile] = []
    try:
        files = await read_uploads(here.request)
        async with here.house.database.write() as db:
            files += await kept_files(db, form.kept, here.house.secret)
            mailbox = await the_mailbox(Reader(db), here, form.mailbox)
            first = worded(first_mail(form, files), is_markdown=how.markdown)
            await remember(db, here, is_markdown=how.markdown)
            await count_uses(db, how.used, mailbox.id, here.viewer.id, here.now)
            agent = await db.get_one(Agent, here.viewer.id)
            at = time_of(here, form)
            message = await start(
                db,
                mailbox.id,
                first,
                by=agent,
                now=here.now,
                context=here.house.context,
                told=form.told,
                at=at,
            )
            if form.key:
                spot = begin_spot(form, mailbox)
                await drop_draft(db, spot, by=agent, version=form.version, sent=form.text)
    except (Conflict, Invalid, Leaking) as error:
        return await _again(here, form, how, files, error)
    return RedirectResponse(f"/conversations/{message.conversation_id}", 303)


@router.post(f"{URL}/preview", dependencies=[Begin])
async def preview(here: HereNow) -> Response:
    """The mail as it would be read; nothing of it stays."""
    form = await form_as(here.request, BeginForm)
    how = await form_as(here.request, WrittenForm)
    try:
        files = await read_uploads(here.request)
        async with here.house.database.write() as db:
            files += await kept_files(db, form.kept, here.house.secret)
            async with db.begin_nested() as point:
                draft = await _composed(db, here, form, how, files, point)
    except (Invalid, Conflict) as error:
        return show_fault(here, error)
    return await show_mail(here, draft)


@router.get(f"{URL}/texts", dependencies=[Read])
async def suggest_texts(
    here: HereNow,
    q: Annotated[str, Query(max_length=200)] = "",
    kind: Literal["template", "article"] = "template",
) -> Response:
    """Approved texts of the mailbox that was chosen."""
    mailbox_id = number_of(here.request.query_params.get("mailbox")) or 0
    async with here.house.database.read() as db:
        mailbox = await the_mailbox(db, here, mailbox_id)
        around = Around(language=mailbox.language)
        options = await text_options(db, here, mailbox.id, around, q, kind)
    return page(here, "parts/options.html", kind=kind, options=options)


@router.get(f"{URL}/texts/{{text_id}}", dependencies=[Read])
async def fill_in(
    here: HereNow,
    text_id: int,
    *,
    to: Line = "",
    subject: Line = "",
    markdown: bool = False,
) -> Response:
    """One of them with its values, to be written on."""
    form = BeginForm(
        mailbox=number_of(here.request.query_params.get("mailbox")) or 0, to=to, subject=subject
    )
    try:
        async with here.house.database.read() as db:
            text = await _filled(db, here, form, text_id, is_markdown=markdown)
            return await inserted(db, here, text, text_id)
    except Invalid as error:
        return JSONResponse({"fault": error.said(reader_of(here).texts)}, error.http)


@router.post(f"{URL}/texts", dependencies=[Begin])
async def insert(here: HereNow) -> Response:
    """Puts one of them below what was typed, where there are no scripts."""
    form = await form_as(here.request, BeginForm)
    how = await form_as(here.request, WrittenForm)
    wanted = await form_as(here.request, InsertForm)
    files = await read_uploads(here.request)
    try:
        async with here.house.database.read() as db:
            more = await _filled(db, here, form, wanted.insert, is_markdown=how.markdown)
            files += await text_files(db, [wanted.insert])
    except (Invalid, NotFound) as error:
        return await _again(here, form, how, files, error)
    text = f"{form.text.rstrip()}\n\n{more}" if form.text.strip() else more
    how = WrittenForm(markdown=how.markdown, used=[*how.used, wanted.insert])
    return await _again(here, form.model_copy(update={"text": text}), how, files)


async def _composed(
    db: Writer,
    here: Here,
    form: BeginForm,
    how: WrittenForm,
    files: list[AnswerFile],
    point: AsyncSessionTransaction,
) -> Draft:
    """Made in a conversation that is gone again before anybody could see it."""
    mailbox = await the_mailbox(Reader(db), here, form.mailbox)
    first = worded(first_mail(form, files), is_markdown=how.markdown)
    agent = await db.get_one(Agent, here.viewer.id)
    to, subject = first.opening.to, first.opening.subject
    home = await begin(db, mailbox.id, to, subject, now=here.now, rng=token_bytes)
    found = await db.get_one(Conversation, home)
    draft = await preview_typed(db, here.house.context, found, first, by=agent, now=here.now)
    await point.rollback()
    return draft


async def _filled(
    db: Reader, here: Here, form: BeginForm, text_id: int, *, is_markdown: bool
) -> str:
    mailbox = await the_mailbox(db, here, form.mailbox)
    agent = await db.get_one(Agent, here.viewer.id)
    named = parse_list(form.to).addresses
    around = Around(customer=named[0].name if named else "", subject=form.subject)
    return await typed_text(db, mailbox, text_id, around, by=agent, is_markdown=is_markdown)


async def _again(
    here: Here,
    form: BeginForm,
    how: WrittenForm,
    files: list[AnswerFile],
    error: InboxError | None = None,
) -> Response:
    """The page with everything that was typed, and why it was not sent."""
    is_unclear = isinstance(error, Invalid) and error.refusal is Refusal.NO_MAIL_ADDRESS
    async with here.house.database.write() as db:
        secret = here.house.secret
        kept, error = await keep_again(db, files, form.kept, here.viewer.id, secret, error)
        view: BeginView = await read_begin(Reader(db), here, form, is_unclear=is_unclear)
    view = replace(
        view,
        is_markdown=how.markdown,
        used=how.used,
        kept=kept,
        version=form.version,
        **objections(error, form.told, reader_of(here).texts),
    )
    return page(here, "new.html", error.http if error else 200, new=view)
