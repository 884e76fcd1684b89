"""Searches that are kept as lists: made, named, shared, put in order, removed and brought back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth.permissions import Permission
from inbox.desk.workspaces import (
    ask_anew,
    keep_search,
    name_workspace,
    remove_workspace,
    restore_workspace,
    share_workspace,
    shift_workspace,
)
from inbox.errors import Conflict, InboxError, Invalid
from inbox.store.engine import Writer
from inbox.web.desks import place_of
from inbox.web.forms import ShiftForm, WorkspaceForm
from inbox.web.own import done, own_page
from inbox.web.pages import page
from inbox.web.views import Place
from inbox.web.workspaces import read_kept, read_rail_workspaces

router = APIRouter()

Read = allow(Permission.READ)
Change = allow(Permission.WORKSPACES)
_PAGE = "/workspaces"
_ONE = "/workspaces/{workspace_id}"

Act = Callable[[Writer], Awaitable[object]]


@router.get(_PAGE, dependencies=[Read])
async def list_workspaces(here: HereNow) -> Response:
    """All of them, with what may be done to each."""
    return await _show(here)


@router.get(f"{_PAGE}/rail", dependencies=[Read])
async def count_in_rail(here: HereNow) -> Response:
    """The part of the rail with the counts: it may take longer than a page, so it comes after it.

    Kept for a moment by the browser: who goes from list to list does not count anew each time.
    """
    place = place_of(here)
    async with here.house.database.read() as db:
        found = await read_rail_workspaces(db, here, place.workspace_id)
    response = page(here, "parts/rail_workspaces.html", workspaces=found)
    response.headers["cache-control"] = "private, max-age=5"
    return response


@router.post(_PAGE, dependencies=[Change])
async def keep(here: HereNow) -> Response:
    """Keeps what was searched for, and opens it."""
    form = await form_as(here.request, WorkspaceForm)
    try:
        async with here.house.database.write() as db:
            kept = await keep_search(
                db,
                here.viewer,
                query=form.query,
                name=form.name,
                mailbox_id=form.mailbox,
                now=here.now,
            )
    except (Invalid, Conflict) as error:
        return await _show(here, error)
    return RedirectResponse(Place(workspace_id=kept.id).url(), 303)


@router.post(_ONE, dependencies=[Change])
async def change(here: HereNow, workspace_id: int) -> Response:
    """Its name, what it looks for, and with whom it is shared."""
    form = await form_as(here.request, WorkspaceForm)

    async def act(db: Writer) -> None:
        await name_workspace(db, here.viewer, workspace_id, form.name)
        await ask_anew(db, here.viewer, workspace_id, form.query, now=here.now)
        await share_workspace(db, here.viewer, workspace_id, form.mailbox)

    return await _change(here, act, "saved")


@router.post(f"{_ONE}/place", dependencies=[Change])
async def shift(here: HereNow, workspace_id: int) -> Response:
    """One further up, or one further down."""
    form = await form_as(here.request, ShiftForm)

    async def act(db: Writer) -> None:
        await shift_workspace(db, here.viewer, workspace_id, up=form.to == "up")

    return await _change(here, act, "saved")


@router.delete(_ONE, dependencies=[Change])
async def remove(here: HereNow, workspace_id: int) -> Response:
    """It is in no list any more; the next page can bring it back."""

    async def act(db: Writer) -> None:
        await remove_workspace(db, here.viewer, workspace_id, now=here.now)

    return await _change(here, act, "removed", workspace=workspace_id)


@router.post(f"{_ONE}/restore", dependencies=[Change])
async def restore(here: HereNow, workspace_id: int) -> Response:
    """It is there again, where it was."""

    async def act(db: Writer) -> None:
        await restore_workspace(db, here.viewer, workspace_id)

    return await _change(here, act, "restored")


async def _change(here: Here, act: Act, said: str, **shown: int) -> Response:
    try:
        async with here.house.database.write() as db:
            await act(db)
    except (Invalid, Conflict) as error:
        return await _show(here, error)
    return done(here, _PAGE, said, **shown)


async def _show(here: Here, fault: InboxError | None = None) -> Response:
    async with here.house.database.read() as db:
        kept = await read_kept(db, here)
    return own_page(here, "workspaces.html", fault, kept=kept)
