"""What is asked for while somebody writes: texts, people, customers, pictures, and a preview."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth.permissions import Permission
from inbox.desk.preview import preview_typed
from inbox.desk.templates import around_of, typed_text
from inbox.desk.worded import worded
from inbox.errors import Conflict, Invalid, NotFound
from inbox.mail.pictures import picture_type
from inbox.store.conversations import get_visible
from inbox.store.engine import Reader
from inbox.store.followers import everybody
from inbox.store.known import known_customers
from inbox.store.tables import Agent, Conversation, Mailbox
from inbox.web.addressed import written
from inbox.web.answering import answer_of
from inbox.web.desks import place_of
from inbox.web.forms import AnswerForm, DraftForm, InsertForm, WrittenForm
from inbox.web.pages import page, reader_of
from inbox.web.previews import show_fault, show_mail
from inbox.web.routes.answers import typed_again
from inbox.web.routes.conversation import show_again
from inbox.web.routes.files import saved
from inbox.web.threads import read_conversation, with_composer
from inbox.web.uploads import (
    keep,
    kept_files,
    read_uploads,
    shown_file,
    uploaded,
)
from inbox.web.writing import (
    MOST,
    Option,
    address_options,
    files_along,
    inserted,
    people_options,
    remember,
    text_options,
)

router = APIRouter()
Read = allow(Permission.READ)
Write = allow(Permission.NOTE)
_ABOUT = "/conversations/{conversation_id}"

Asked = Annotated[str, Query(max_length=200)]


@router.post("/uploads", dependencies=[Write])
async def upload(here: HereNow) -> Response:
    """Puts files aside for what is being written; a picture among them is shown."""
    files = await read_uploads(here.request, as_pictures=True)
    async with here.house.database.write() as db:
        await keep(db, files, here.viewer.id, here.house.secret)
    shown = [uploaded(one, here.viewer.id, here.house.secret) for one in files]
    return page(here, "uploaded.html", files=shown)


@router.get("/uploads/{signed}", dependencies=[Read])
async def show_upload(here: HereNow, signed: str) -> Response:
    """A picture that this person has put aside, and nothing else."""
    async with here.house.database.read() as db:
        file = await shown_file(db, signed, here.viewer.id, here.house.secret)
    if not picture_type(file.content or b""):
        raise NotFound
    return saved(file.content or b"", file.filename)


@router.put("/writing", dependencies=[allow(Permission.CHANGE_OWN)])
async def set_writing(here: HereNow) -> Response:
    """Markdown or plain text, from now on."""
    form = await form_as(here.request, WrittenForm)
    async with here.house.database.write() as db:
        await remember(db, here, is_markdown=form.markdown)
    return Response(status_code=204)


@router.get(f"{_ABOUT}/texts", dependencies=[Read])
async def suggest_texts(
    here: HereNow,
    conversation_id: int,
    q: Asked = "",
    kind: Literal["template", "article"] = "template",
) -> Response:
    """Approved texts that fit what was typed, those in the customer's language as they read."""
    async with here.house.database.read() as db:
        found = await get_visible(db, here.viewer, conversation_id)
        around = await around_of(db, found)
        options = await text_options(db, here, found.mailbox_id, around, q, kind)
    return _options(here, kind, options)


@router.get(f"{_ABOUT}/texts/{{text_id}}", dependencies=[Read])
async def fill_in(
    here: HereNow, conversation_id: int, text_id: int, *, markdown: bool = False
) -> Response:
    """One of them with its values, to be written on."""
    try:
        async with here.house.database.read() as db:
            found = await get_visible(db, here.viewer, conversation_id)
            text = await _filled(db, here, found, text_id, is_markdown=markdown)
            return await inserted(db, here, text, text_id)
    except Invalid as error:
        return JSONResponse({"fault": error.said(reader_of(here).texts)}, error.http)


@router.post(f"{_ABOUT}/texts", dependencies=[Write])
async def insert(here: HereNow, conversation_id: int) -> Response:
    """Puts one of them below what was typed, where there are no scripts."""
    form = await form_as(here.request, DraftForm)
    how = await form_as(here.request, WrittenForm)
    wanted = await form_as(here.request, InsertForm)
    kept = await _kept(here, form)
    text, used, fault = form.text, how.used, ""
    async with here.house.database.read() as db:
        found = await get_visible(db, here.viewer, conversation_id)
        view = await read_conversation(db, here, found, place_of(here))
        try:
            more = await _filled(db, here, found, wanted.insert, is_markdown=how.markdown)
            text = f"{text.rstrip()}\n\n{more}" if text.strip() else more
            used = [*used, wanted.insert]
            kept = [*kept, *await files_along(db, here, wanted.insert)]
        except (Invalid, NotFound) as error:
            fault = error.said(reader_of(here).texts)
    view = with_composer(
        view,
        **{**await typed_again(here, form), "text": text, "used": used},
        kind=form.kind,
        kept=kept,
        told=form.told,
        fault=fault,
    )
    return await show_again(here, view, 422 if fault else 200)


@router.get(f"{_ABOUT}/people", dependencies=[Read])
async def suggest_people(
    here: HereNow, conversation_id: int, q: Asked = "", *, whole: bool = False
) -> Response:
    """People and departments of ours who may be drawn in, by what was typed of their name.

    With `whole` their addresses are put in, not their names.
    """
    async with here.house.database.read() as db:
        found = await get_visible(db, here.viewer, conversation_id)
        people = await everybody(db, found.id)
    offer = address_options if whole else people_options
    return _options(here, "person", offer(people, q, here.viewer.id))


@router.get("/customers/known", dependencies=[Read])
async def suggest_customers(here: HereNow, q: Asked = "") -> Response:
    """Customers with conversations that exist for this person."""
    async with here.house.database.read() as db:
        found = await known_customers(db, here.viewer, q, most=MOST)
    options = [
        Option(one.name or one.address, one.address if one.name else "", written(one), number)
        for number, one in enumerate(found, 1)
    ]
    return _options(here, "customer", options)


@router.post(f"{_ABOUT}/preview", dependencies=[allow(Permission.REPLY)])
async def preview(here: HereNow, conversation_id: int) -> Response:
    """The mail as the customer will get it, of what stands in the form; nothing is sent or kept."""
    form = await form_as(here.request, AnswerForm)
    how = await form_as(here.request, WrittenForm)
    house = here.house
    try:
        files = await read_uploads(here.request)
        async with house.database.read() as db:
            found = await get_visible(db, here.viewer, conversation_id)
            files += await kept_files(db, form.kept, house.secret)
            answer = worded(answer_of(form, files), is_markdown=how.markdown)
            agent = await db.get_one(Agent, here.viewer.id)
            draft = await preview_typed(
                db, here.house.context, found, answer, by=agent, now=here.now
            )
    except (Invalid, Conflict) as error:
        return show_fault(here, error)
    return await show_mail(here, draft)


async def _kept(here: Here, form: AnswerForm) -> list[tuple[str, str]]:
    """The files that came with a form, put aside for the next one."""
    files = await read_uploads(here.request)
    async with here.house.database.write() as db:
        files += await kept_files(db, form.kept, here.house.secret)
        return await keep(db, files, here.viewer.id, here.house.secret)


async def _filled(
    db: Reader, here: Here, found: Conversation, text_id: int, *, is_markdown: bool
) -> str:
    mailbox = await db.get_one(Mailbox, found.mailbox_id)
    agent = await db.get_one(Agent, here.viewer.id)
    around = await around_of(db, found)
    return await typed_text(db, mailbox, text_id, around, by=agent, is_markdown=is_markdown)


def _options(here: Here, kind: str, options: list[Option]) -> Response:
    return page(here, "parts/options.html", kind=kind, options=options)
