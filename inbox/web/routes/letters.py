"""What one is still writing on a page of its own: a first mail, or a mail that is passed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth.permissions import Permission
from inbox.desk.drafts import drop_draft, save_draft
from inbox.model.lists import Folder
from inbox.store.conversations import get_visible
from inbox.store.drafts import DraftFileRow, Spot
from inbox.store.tables import Agent, Conversation
from inbox.web.beginning import URL, begin_spot, read_begin, the_mailbox
from inbox.web.forms import BeginForm, ForwardForm, LetterForm, WrittenForm
from inbox.web.forwarding import forward_spot, read_forward
from inbox.web.letters import BY_SCRIPT, Letter, outcome_of, saved_part, typed
from inbox.web.pages import page
from inbox.web.views import Place

router = APIRouter()
Write = allow(Permission.REPLY)
_FORWARDS = "/conversations/{conversation_id}/forwards/draft"


@router.post(f"{URL}/draft", dependencies=[Write])
async def save_begun(here: HereNow) -> Response:
    """Keeps a first mail that is being written, for whoever writes it, wherever they go on."""
    form = await form_as(here.request, BeginForm)
    async with here.house.database.read() as db:
        spot = begin_spot(form, await the_mailbox(db, here, form.mailbox))
        view: Letter = await read_begin(db, here, form)
    more = {name: getattr(form, name) for name in ("subject", "until")}
    return await _save(here, form, spot, more, view, "new")


@router.delete(f"{URL}/draft", dependencies=[Write])
async def discard_begun(here: HereNow) -> Response:
    """Forgets it."""
    form = await form_as(here.request, BeginForm)
    await _drop(here, Spot(kind="new", name=form.key))
    return RedirectResponse(Place(Folder.DRAFTS).url(), 303)


@router.post(_FORWARDS, dependencies=[Write])
async def save_forward(here: HereNow, conversation_id: int) -> Response:
    """Keeps what is written above a mail that is to be passed on, and which files go along."""
    found = await _visible(here, conversation_id)
    form = await form_as(here.request, ForwardForm)
    async with here.house.database.read() as db:
        view: Letter = await read_forward(db, here, found, form)
    more = {"quote": form.quote, "along": form.along, "until": form.until}
    return await _save(here, form, forward_spot(found.id, form), more, view, "forward")


@router.delete(_FORWARDS, dependencies=[Write])
async def discard_forward(here: HereNow, conversation_id: int) -> Response:
    """Forgets it."""
    found = await _visible(here, conversation_id)
    form = await form_as(here.request, ForwardForm)
    await _drop(here, forward_spot(found.id, form))
    return RedirectResponse(f"/conversations/{found.id}", 303)


async def _visible(here: Here, conversation_id: int) -> Conversation:
    async with here.house.database.read() as db:
        return await get_visible(db, here.viewer, conversation_id)


async def _save(
    here: Here,
    form: LetterForm,
    spot: Spot,
    more: Mapping[str, object],
    view: Letter,
    name: str,
) -> Response:
    how = await form_as(here.request, WrittenForm)

    async def act(files: list[DraftFileRow]) -> int:
        words = typed(form, how, files, more, worth=("subject",))
        version = None if form.over else form.version
        async with here.house.database.write() as db:
            agent = await db.get_one(Agent, here.viewer.id)
            return await save_draft(db, spot, words, version=version, by=agent, now=here.now)

    state, status = await outcome_of(here, form, act)
    view = replace(view, is_markdown=how.markdown, used=how.used, told=form.told, **state)
    if BY_SCRIPT in here.request.headers:
        return saved_part(here, replace(view, key=""), view.url, view.save_url, status)
    if status == 200:
        return RedirectResponse(view.url, 303)
    return page(here, f"{name}.html", status, **{name: view})


async def _drop(here: Here, spot: Spot) -> None:
    async with here.house.database.write() as db:
        await drop_draft(db, spot, by=await db.get_one(Agent, here.viewer.id))
