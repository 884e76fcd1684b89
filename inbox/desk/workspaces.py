"""The verbs of workspaces: searches that are kept as lists, for oneself or for a mailbox."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from inbox.auth.permissions import Permission, may
from inbox.errors import Conflict, Forbidden, Invalid, NotFound
from inbox.model.viewer import Viewer
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.questions import question_of
from inbox.store.tables import Mailbox, Workspace
from inbox.store.workspaces import find_workspace, is_visible, visible_workspaces

MOST: Final = 40  # of one person
LONGEST_NAME: Final = 60
LONGEST_QUERY: Final = 400


def may_edit(viewer: Viewer, workspace: Workspace) -> bool:
    """Whether a person who sees it may change it: its owner, and who may change those of others."""
    return workspace.agent_id == viewer.id or may(viewer, Permission.SHARED_WORKSPACES)


async def keep_search(
    db: Writer,
    viewer: Viewer,
    *,
    query: str,
    name: str = "",
    mailbox_id: int | None = None,
    now: datetime,
) -> Workspace:
    """Keep a search as the last of the person's workspaces; without a name it is called as typed.

    `mailbox_id`: shared with its members. Raises Invalid for a search that asks for nothing and
    for a name that is none, Conflict where there are too many, NotFound for another's mailbox.
    """
    asked = await _checked_query(db, viewer, query, now)
    count, last = (
        await db.execute(
            select(func.count(), func.max(Workspace.place)).where(
                Workspace.agent_id == viewer.id, Workspace.removed_at.is_(None)
            )
        )
    ).one()
    if count >= MOST:
        raise Conflict(Refusal.WORKSPACE_MANY, most=MOST)
    kept = Workspace(
        agent_id=viewer.id,
        mailbox_id=await _checked_mailbox(db, viewer, mailbox_id),
        name=_checked_name(name or asked[:LONGEST_NAME]),
        query=asked,
        place=(last or 0.0) + 1.0,
    )
    db.add(kept)
    await db.flush()
    return kept


async def name_workspace(db: Writer, viewer: Viewer, workspace_id: int, name: str) -> Workspace:
    """Call it otherwise. Raises Invalid, Forbidden, NotFound."""
    found = await _editable(db, viewer, workspace_id)
    found.name = _checked_name(name)
    return found


async def ask_anew(
    db: Writer, viewer: Viewer, workspace_id: int, query: str, *, now: datetime
) -> Workspace:
    """Let it look for something else. Raises Invalid, Forbidden, NotFound."""
    found = await _editable(db, viewer, workspace_id)
    found.query = await _checked_query(db, viewer, query, now)
    return found


async def share_workspace(
    db: Writer, viewer: Viewer, workspace_id: int, mailbox_id: int | None
) -> Workspace:
    """Share it with the members of a mailbox of one's own; None: it is the owner's alone again.

    Raises Forbidden, NotFound also for a mailbox of others.
    """
    found = await _editable(db, viewer, workspace_id)
    if found.mailbox_id != mailbox_id:
        found.mailbox_id = await _checked_mailbox(db, viewer, mailbox_id)
    return found


async def shift_workspace(db: Writer, viewer: Viewer, workspace_id: int, *, up: bool) -> Workspace:
    """Put it before the one above it, or after the one below; the others stay where they are.

    Raises Forbidden, NotFound.
    """
    moved = await _editable(db, viewer, workspace_id)
    every = await visible_workspaces(db, viewer)
    group = [one for one in every if (one.mailbox_id is None) == (moved.mailbox_id is None)]
    others = [one.place for one in group if one.id != moved.id]
    at = [one.id for one in group].index(moved.id) + (-1 if up else 1)
    if 0 <= at <= len(others):
        moved.place = _between(others[at - 1 : at] if at else [], others[at : at + 1])
    return moved


async def remove_workspace(
    db: Writer, viewer: Viewer, workspace_id: int, *, now: datetime
) -> Workspace:
    """Take it out of all lists; `restore_workspace` brings it back. Raises Forbidden, NotFound."""
    found = await _editable(db, viewer, workspace_id)
    found.removed_at = now
    return found


async def restore_workspace(db: Writer, viewer: Viewer, workspace_id: int) -> Workspace:
    """Bring back what was removed; what is there already stays. Raises Forbidden, NotFound."""
    found = await db.scalar(
        select(Workspace).where(Workspace.id == workspace_id, is_visible(viewer))
    )
    if found is None:
        raise NotFound(Refusal.NO_SUCH_WORKSPACE)
    if not may_edit(viewer, found):
        raise Forbidden(Refusal.FORBIDDEN)
    found.removed_at = None
    return found


async def _editable(db: Writer, viewer: Viewer, workspace_id: int) -> Workspace:
    found = await find_workspace(db, viewer, workspace_id)
    if not may_edit(viewer, found):
        raise Forbidden(Refusal.FORBIDDEN)
    return found


def _checked_name(name: str) -> str:
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
        raise Invalid(Refusal.WORKSPACE_NAME, most=LONGEST_NAME)
    return plain


async def _checked_query(db: Writer, viewer: Viewer, query: str, now: datetime) -> str:
    asked = " ".join(query.split())
    if len(asked) > LONGEST_QUERY:
        raise Invalid(Refusal.FIELD_TOO_LONG, field="query", most=LONGEST_QUERY)
    if (await question_of(db, viewer, asked, now=now)).is_empty:
        raise Invalid(Refusal.WORKSPACE_EMPTY)
    return asked


async def _checked_mailbox(db: Writer, viewer: Viewer, mailbox_id: int | None) -> int | None:
    if mailbox_id is None:
        return None
    mailbox = await db.get(Mailbox, mailbox_id) if mailbox_id in viewer.mailboxes else None
    if mailbox is None or mailbox.removed_at is not None:
        raise NotFound
    return mailbox_id


def _between(above: list[float], below: list[float]) -> float:
    if above and below:
        return (above[0] + below[0]) / 2
    return above[0] + 1.0 if above else below[0] - 1.0
