"""A customer's mail is passed on: to somebody outside, or to one of us who does not see it."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth.permissions import Permission
from inbox.desk.answer import Answer, AnswerFile
from inbox.desk.drafts import drop_draft
from inbox.desk.leaking import Leaking
from inbox.desk.pass_on import pass_on
from inbox.desk.preview import preview_forward
from inbox.desk.template_files import text_files
from inbox.desk.templates import around_of, typed_text
from inbox.desk.worded import worded
from inbox.errors import Conflict, InboxError, Invalid, NotFound
from inbox.store.approved import count_uses
from inbox.store.conversations import get_visible
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent, Mailbox
from inbox.web.forms import ForwardForm, InsertForm, WrittenForm
from inbox.web.forwarding import forward_spot, passed_on, read_forward
from inbox.web.letters import objections
from inbox.web.moments import time_of
from inbox.web.pages import page, reader_of
from inbox.web.previews import show_fault, show_mail
from inbox.web.uploads import keep_again, kept_files, read_uploads
from inbox.web.writing import remember

router = APIRouter()
Pass = allow(Permission.REPLY)
_ABOUT = "/conversations/{conversation_id}"


@router.get(f"{_ABOUT}/messages/{{message_id}}/forward", dependencies=[allow(Permission.READ)])
async def show(here: HereNow, conversation_id: int, message_id: int) -> Response:
    """The form, with all that goes along, as its draft left it."""
    async with here.house.database.read() as db:
        found = await get_visible(db, here.viewer, conversation_id)
        view = await read_forward(db, here, found, ForwardForm(message=message_id), is_new=True)
    return page(here, "forward.html", forward=view)


@router.post(f"{_ABOUT}/forwards", dependencies=[Pass])
async def send(here: HereNow, conversation_id: int) -> Response:
    """Passes it on, after the mailbox's time to take it back."""
    form = await _form(here, conversation_id)
    files: list[AnswerFile] = []
    try:
        files = await read_uploads(here.request)
        async with here.house.database.write() as db:
            found = await get_visible(db, here.viewer, conversation_id)
            words, to = await _words(db, here, form, files)
            how = await form_as(here.request, WrittenForm)
            await remember(db, here, is_markdown=how.markdown)
            await count_uses(db, how.used, found.mailbox_id, here.viewer.id, here.now)
            agent = await db.get_one(Agent, here.viewer.id)
            await pass_on(
                db,
                found.id,
                replace(words, at=time_of(here, form)),
                to,
                by=agent,
                now=here.now,
                context=here.house.context,
                message_id=form.message,
                told=form.told,
            )
            spot = forward_spot(found.id, form)
            await drop_draft(db, spot, by=agent, version=form.version, sent=form.text)
    except (Conflict, Invalid, Leaking) as error:
        return await show_again(here, conversation_id, form, error, files)
    return RedirectResponse(f"/conversations/{conversation_id}", 303)


@router.post(f"{_ABOUT}/forwards/preview", dependencies=[Pass])
async def preview(here: HereNow, conversation_id: int) -> Response:
    """The mail as it would be read; nothing of it stays."""
    form = await _form(here, conversation_id)
    try:
        files = await read_uploads(here.request)
        async with here.house.database.write() as db:
            found = await get_visible(db, here.viewer, conversation_id)
            words, to = await _words(db, here, form.model_copy(update={"key": ""}), files)
            async with db.begin_nested() as point:
                draft = await preview_forward(
                    db,
                    here.house.context,
                    found.id,
                    words,
                    to,
                    by=await db.get_one(Agent, here.viewer.id),
                    now=here.now,
                    message_id=form.message,
                )
                await point.rollback()
    except (Invalid, Conflict, Leaking) as error:
        return show_fault(here, error)
    return await show_mail(here, draft)


@router.post(f"{_ABOUT}/forwards/texts", dependencies=[Pass])
async def insert(here: HereNow, conversation_id: int) -> Response:
    """Puts an approved text below what was typed, where there are no scripts."""
    form = await _form(here, conversation_id)
    how = await form_as(here.request, WrittenForm)
    wanted = await form_as(here.request, InsertForm)
    files = await read_uploads(here.request)
    try:
        async with here.house.database.read() as db:
            found = await get_visible(db, here.viewer, conversation_id)
            more = await typed_text(
                db,
                await db.get_one(Mailbox, found.mailbox_id),
                wanted.insert,
                await around_of(db, found),
                by=await db.get_one(Agent, here.viewer.id),
                is_markdown=how.markdown,
            )
            files += await text_files(db, [wanted.insert])
    except (Invalid, NotFound) as error:
        return await show_again(here, conversation_id, form, error, files)
    text = f"{form.text.rstrip()}\n\n{more}" if form.text.strip() else more
    form = form.model_copy(update={"text": text})
    return await show_again(here, conversation_id, form, None, files, used=wanted.insert)


async def show_again(
    here: Here,
    conversation_id: int,
    form: ForwardForm,
    error: InboxError | None = None,
    files: list[AnswerFile] | None = None,
    *,
    used: int = 0,
) -> Response:
    """The page with everything that was typed, and why it was not passed on."""
    how = await form_as(here.request, WrittenForm)
    secret = here.house.secret
    async with here.house.database.write() as db:
        kept, error = await keep_again(db, files or [], form.kept, here.viewer.id, secret, error)
    async with here.house.database.read() as db:
        found = await get_visible(db, here.viewer, conversation_id)
        view = await read_forward(db, here, found, form)
    view = replace(
        view,
        kept=kept,
        version=form.version,
        is_markdown=how.markdown,
        used=[*how.used, *([used] if used else [])],
        **objections(error, form.told, reader_of(here).texts),
    )
    return page(here, "forward.html", error.http if error else 200, forward=view)


async def _form(here: Here, conversation_id: int) -> ForwardForm:
    """What was sent, about a conversation that is there for them. Raises NotFound."""
    async with here.house.database.read() as db:
        await get_visible(db, here.viewer, conversation_id)
    return await form_as(here.request, ForwardForm)


async def _words(
    db: Writer, here: Here, form: ForwardForm, files: list[AnswerFile]
) -> tuple[Answer, str]:
    files += await kept_files(Reader(db), form.kept, here.house.secret)
    how = await form_as(here.request, WrittenForm)
    words, to = passed_on(form, files)
    return worded(words, is_markdown=how.markdown), to
