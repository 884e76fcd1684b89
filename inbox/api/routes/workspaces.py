"""Counts of folders, and workspaces: searches that are kept as lists."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from inbox.api.bearer import allow
from inbox.api.repeat import change
from inbox.api.routes.conversations import Cursor
from inbox.api.shapes import ConversationOut, Page
from inbox.api.wishes import Id, Line, Number, Wish
from inbox.asgi.deps import HereNow
from inbox.asgi.paging import read_cursor, write_cursor
from inbox.auth.permissions import Permission
from inbox.desk.workspaces import (
    ask_anew,
    keep_search,
    may_edit,
    name_workspace,
    remove_workspace,
    restore_workspace,
    share_workspace,
)
from inbox.errors import NotFound
from inbox.model.actor import Actor
from inbox.model.viewer import Viewer
from inbox.store.conversations import MOST_COUNTED
from inbox.store.engine import Writer
from inbox.store.tables import Workspace
from inbox.store.tallies import count_folders
from inbox.store.workspaces import find_workspace, visible_workspaces, workspace_page

router = APIRouter(tags=["workspaces"])
Read, Edit = allow(Permission.READ), allow(Permission.WORKSPACES)


class FoldersOut(BaseModel):
    """How many conversations are in each folder."""

    counts: dict[str, int] = Field(
        description=f"By folder; {MOST_COUNTED + 1} means more than {MOST_COUNTED}"
    )


class WorkspaceOut(BaseModel):
    """A search that is kept."""

    id: int
    name: str
    query: str = Field(description="Words and operators, asked with the rights of who asks")
    mailbox: int | None = Field(description="Shared with its members; null for nobody")
    is_own: bool
    may_change: bool

    @classmethod
    def of(cls, row: Workspace, viewer: Viewer) -> WorkspaceOut:
        return cls(
            id=row.id,
            name=row.name,
            query=row.query,
            mailbox=row.mailbox_id,
            is_own=row.agent_id == viewer.id,
            may_change=may_edit(viewer, row),
        )


class WorkspaceWish(Wish):
    """All of it: what is not named is as for a new one."""

    query: Annotated[str, Field(max_length=400)]
    name: Annotated[str, Field(max_length=60)] = ""
    mailbox: Number | None = None


class ChangeWish(Wish):
    """The same, with the name that it has to have."""

    query: Annotated[str, Field(max_length=400)]
    name: Line
    mailbox: Number | None = None


@router.get("/folders", dependencies=[Read])
async def count(
    here: HereNow, mailbox: Annotated[int | None, Query(description="Only of this")] = None
) -> FoldersOut:
    """How many are in each folder, counted no further than is of use."""
    if mailbox is not None and mailbox not in here.viewer.mailboxes:
        raise NotFound
    async with here.house.database.read() as db:
        counts = await count_folders(db, here.viewer, mailbox)
    return FoldersOut(counts={folder.value: number for folder, number in counts.items()})


@router.get("/workspaces", dependencies=[Read])
async def list_workspaces(here: HereNow) -> Page[WorkspaceOut]:
    """Yours, then what is shared with you."""
    async with here.house.database.read() as db:
        found = await visible_workspaces(db, here.viewer)
    return Page(items=[WorkspaceOut.of(one, here.viewer) for one in found])


@router.get("/workspaces/{workspace_id}/conversations", dependencies=[Read])
async def list_in_workspace(
    here: HereNow, workspace_id: Id, cursor: Cursor = ""
) -> Page[ConversationOut]:
    """What is in it now, for you."""
    async with here.house.database.read() as db:
        kept = await find_workspace(db, here.viewer, workspace_id)
        found = await workspace_page(db, here.viewer, kept, now=here.now, after=read_cursor(cursor))
    return Page(
        items=[ConversationOut.of(one.listed) for one in found.items],
        next=write_cursor(*found.next) if found.next else None,
    )


@router.post("/workspaces", dependencies=[Edit], status_code=201, response_model=WorkspaceOut)
async def keep(here: HereNow, wish: WorkspaceWish) -> Response:
    """Keeps a search; without a name it is called as it is asked."""

    async def act(db: Writer, _by: Actor) -> WorkspaceOut:
        kept = await keep_search(
            db,
            here.viewer,
            query=wish.query,
            name=wish.name,
            mailbox_id=wish.mailbox,
            now=here.now,
        )
        return WorkspaceOut.of(kept, here.viewer)

    return await change(here, act, status=201)


@router.put("/workspaces/{workspace_id}", dependencies=[Edit], response_model=WorkspaceOut)
async def alter(here: HereNow, workspace_id: Id, wish: ChangeWish) -> Response:
    """Names it, lets it look for something else, shares it or takes it back."""

    async def act(db: Writer, _by: Actor) -> WorkspaceOut:
        await name_workspace(db, here.viewer, workspace_id, wish.name)
        await ask_anew(db, here.viewer, workspace_id, wish.query, now=here.now)
        found = await share_workspace(db, here.viewer, workspace_id, wish.mailbox)
        return WorkspaceOut.of(found, here.viewer)

    return await change(here, act)


@router.delete("/workspaces/{workspace_id}", dependencies=[Edit], status_code=204)
async def remove(here: HereNow, workspace_id: Id) -> Response:
    """Takes it out of all lists."""

    async def act(db: Writer, _by: Actor) -> None:
        await remove_workspace(db, here.viewer, workspace_id, now=here.now)

    return await change(here, act)


@router.put("/workspaces/{workspace_id}/restored", dependencies=[Edit], response_model=WorkspaceOut)
async def restore(here: HereNow, workspace_id: Id) -> Response:
    """Brings back what was removed."""

    async def act(db: Writer, _by: Actor) -> WorkspaceOut:
        found = await restore_workspace(db, here.viewer, workspace_id)
        return WorkspaceOut.of(found, here.viewer)

    return await change(here, act)
