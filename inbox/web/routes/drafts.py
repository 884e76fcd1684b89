"""What one is still writing: saved as it is typed, and discarded."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth.permissions import Permission
from inbox.desk.drafts import drop_draft, save_draft
from inbox.store.conversations import get_visible, merged_into
from inbox.store.drafts import DraftFileRow, Spot
from inbox.store.tables import Agent
from inbox.web.answering import typed
from inbox.web.composing import Composer
from inbox.web.desks import place_of
from inbox.web.forms import DraftForm, WrittenForm
from inbox.web.letters import BY_SCRIPT, outcome_of, saved_part
from inbox.web.routes.answers import typed_again
from inbox.web.routes.conversation import show_again
from inbox.web.threads import read_conversation, with_composer

router = APIRouter()
Write = allow(Permission.NOTE)


@router.post("/conversations/{conversation_id}/draft", dependencies=[Write])
async def save(here: HereNow, conversation_id: int) -> Response:
    """Keeps what is in the form, for whoever wrote it, wherever they go on."""
    form = await form_as(here.request, DraftForm)
    home = await _home(here, conversation_id)

    async def act(files: list[DraftFileRow]) -> int:
        return await _save(here, home, form, files)

    state, status = await outcome_of(here, form, act)
    is_saved = status == 200
    state["was"] = (form.kind if state["version"] else "") if is_saved else form.was
    return await _show(here, home, form, state, status)


@router.delete("/conversations/{conversation_id}/draft", dependencies=[Write])
async def discard(here: HereNow, conversation_id: int) -> Response:
    """Forgets it."""
    form = await form_as(here.request, DraftForm)
    conversation_id = await _home(here, conversation_id)
    async with here.house.database.write() as db:
        agent = await db.get_one(Agent, here.viewer.id)
        await drop_draft(db, _spot(conversation_id, form.was or form.kind), by=agent)
    return RedirectResponse(place_of(here).url(f"/conversations/{conversation_id}"), 303)


async def _home(here: Here, conversation_id: int) -> int:
    """Where the conversation is by now. Raises NotFound."""
    async with here.house.database.read() as db:
        home = await merged_into(db, here.viewer, conversation_id) or conversation_id
        return (await get_visible(db, here.viewer, home)).id


async def _save(
    here: Here, conversation_id: int, form: DraftForm, files: list[DraftFileRow]
) -> int:
    version = None if form.over else form.version
    async with here.house.database.write() as db:
        agent = await db.get_one(Agent, here.viewer.id)
        if form.was and form.was != form.kind:  # the words went to the other tab
            there = _spot(conversation_id, form.was)
            await drop_draft(db, there, by=agent, version=form.version)
            version = None if form.over else 0
        words = typed(form, await form_as(here.request, WrittenForm), files)
        spot = _spot(conversation_id, form.kind)
        return await save_draft(db, spot, words, version=version, by=agent, now=here.now)


def _spot(conversation_id: int, kind: str) -> Spot:
    return Spot(kind=kind, conversation_id=conversation_id)


async def _show(
    here: Here, conversation_id: int, form: DraftForm, state: dict[str, object], status: int
) -> Response:
    place = place_of(here)
    path = f"/conversations/{conversation_id}"
    if BY_SCRIPT in here.request.headers:
        composer = replace(Composer("", 0, "", kind=form.kind), **state)  # type: ignore[arg-type] # names of fields
        save_url = place.url(f"{path}/draft")
        return saved_part(here, composer, place.url(path), save_url, status)
    if status == 200:
        return RedirectResponse(place.url(path), 303)
    async with here.house.database.read() as db:
        found = await get_visible(db, here.viewer, conversation_id)
        view = await read_conversation(db, here, found, place)
    again = {**await typed_again(here, form), "kind": form.kind, **state}
    return await show_again(here, with_composer(view, **again), status)
