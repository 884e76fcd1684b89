"""What one is still writing: saved as it is typed, and discarded."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth.permissions import Permission
from inbox.desk.drafts import drop_draft, save_draft
from inbox.errors import Conflict, Invalid
from inbox.store.conversations import get_visible, merged_into
from inbox.store.drafts import DraftFileRow
from inbox.store.tables import Agent
from inbox.web.answering import typed
from inbox.web.composing import Composer
from inbox.web.desks import place_of
from inbox.web.forms import DraftForm, WrittenForm
from inbox.web.pages import page, reader_of
from inbox.web.routes.answers import typed_again
from inbox.web.routes.conversation import show_again
from inbox.web.threads import read_conversation, with_composer
from inbox.web.uploads import file_row, keep, kept_rows, read_uploads, signed_names

BY_SCRIPT: Final = "x-draft"  # the header of what a page saves by itself

router = APIRouter()
Write = allow(Permission.NOTE)


@router.post("/conversations/{conversation_id}/draft", dependencies=[Write])
async def save(here: HereNow, conversation_id: int) -> Response:
    """Keeps what is in the form, for whoever wrote it, wherever they go on."""
    form = await form_as(here.request, DraftForm)
    files: list[DraftFileRow] = []
    state: dict[str, object] = {"version": form.version, "was": form.was}
    status = 200
    try:
        conversation_id = await _home(here, conversation_id)
        files = await _files(here, form)
        version = await _save(here, conversation_id, form, files)
        saved = reader_of(here).calendar.when(here.now) if version else None
        state = {"version": version, "was": form.kind if version else "", "saved": saved}
    except Conflict as error:
        status = error.http
        state |= {"is_elsewhere": True}
    except Invalid as error:
        status = error.http
        state |= {"fault": error.said(reader_of(here).texts)}
    state |= {"kept": signed_names(files, here.house.secret)}
    return await _show(here, conversation_id, form, state, status)


@router.delete("/conversations/{conversation_id}/draft", dependencies=[Write])
async def discard(here: HereNow, conversation_id: int) -> Response:
    """Forgets it."""
    form = await form_as(here.request, DraftForm)
    conversation_id = await _home(here, conversation_id)
    async with here.house.database.write() as db:
        agent = await db.get_one(Agent, here.viewer.id)
        await drop_draft(db, conversation_id, form.was or form.kind, by=agent)
    return RedirectResponse(place_of(here).url(f"/conversations/{conversation_id}"), 303)


async def _home(here: Here, conversation_id: int) -> int:
    """Where the conversation is by now. Raises NotFound."""
    async with here.house.database.read() as db:
        home = await merged_into(db, here.viewer, conversation_id) or conversation_id
        return (await get_visible(db, here.viewer, home)).id


async def _files(here: Here, form: DraftForm) -> list[DraftFileRow]:
    uploads = await read_uploads(here.request)
    async with here.house.database.write() as db:
        await keep(db, uploads, here.house.secret)
        return [
            *await kept_rows(db, form.kept, here.house.secret),
            *map(file_row, uploads),
        ]


async def _save(
    here: Here, conversation_id: int, form: DraftForm, files: list[DraftFileRow]
) -> int:
    version = None if form.over else form.version
    async with here.house.database.write() as db:
        agent = await db.get_one(Agent, here.viewer.id)
        if form.was and form.was != form.kind:  # the words went to the other tab
            await drop_draft(db, conversation_id, form.was, by=agent, version=form.version)
            version = None if form.over else 0
        words = typed(form, await form_as(here.request, WrittenForm), files)
        return await save_draft(
            db, conversation_id, form.kind, words, version=version, by=agent, now=here.now
        )


async def _show(
    here: Here, conversation_id: int, form: DraftForm, state: dict[str, object], status: int
) -> Response:
    place = place_of(here)
    path = f"/conversations/{conversation_id}"
    if BY_SCRIPT in here.request.headers:
        composer = replace(Composer("", 0, "", kind=form.kind), **state)  # type: ignore[arg-type] # names of fields
        urls = {"url": place.url(path), "save_url": place.url(f"{path}/draft")}
        response = page(here, "draft.html", status, composer=composer, **urls)
        response.headers[BY_SCRIPT] = "1"
        return response
    if status == 200:
        return RedirectResponse(place.url(path), 303)
    async with here.house.database.read() as db:
        found = await get_visible(db, here.viewer, conversation_id)
        view = await read_conversation(db, here, found, place)
    again = {**await typed_again(here, form), "kind": form.kind, **state}
    return await show_again(here, with_composer(view, **again), status)
