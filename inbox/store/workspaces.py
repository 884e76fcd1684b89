"""Workspaces as a person may see them, what is in them now, and how many that are.

A workspace is a question, and is asked with the rights of whoever looks: two who share one each
find what is theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import BigInteger, ColumnElement, bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from inbox.errors import NotFound
from inbox.model.viewer import Viewer
from inbox.refusals import Refusal
from inbox.search.reading import read
from inbox.store.conversations import MOST_COUNTED
from inbox.store.engine import Reader, Writer
from inbox.store.found import Place, Results
from inbox.store.objects import Objects
from inbox.store.questions import known_to, question_of
from inbox.store.search import count_found, search
from inbox.store.tables import Agent, Workspace

_WAITS: Final = 0.06  # seconds for a count: what is found by then is "so many at least"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many conversations; `is_more` where it was not counted to the end."""

    number: int
    is_more: bool = False


def is_visible(viewer: Viewer) -> ColumnElement[bool]:
    """When a workspace exists for a person: it is theirs, or shared in a mailbox of theirs."""
    return or_(Workspace.agent_id == viewer.id, Workspace.mailbox_id.in_(tuple(viewer.mailboxes)))


# Made once: every page has the rail, and making it takes longer than its answer.
_VISIBLE: Final = Objects(
    Workspace,
    select(Workspace)
    .where(
        or_(
            Workspace.agent_id == bindparam("me"),
            Workspace.mailbox_id == func.any(bindparam("boxes", type_=ARRAY(BigInteger))),
        ),
        Workspace.removed_at.is_(None),
    )
    .order_by(Workspace.mailbox_id.is_not(None), Workspace.place, Workspace.id),
)


async def visible_workspaces(db: Reader | Writer, viewer: Viewer) -> list[Workspace]:
    """Their own first, then what is shared, each in its order."""
    return await _VISIBLE.all(db, me=viewer.id, boxes=sorted(viewer.mailboxes))


async def find_workspace(db: Reader | Writer, viewer: Viewer, workspace_id: int) -> Workspace:
    """The workspace, if it exists for this person. Raises NotFound, alike for both reasons."""
    found = None
    if 0 < workspace_id < 1 << 62:
        found = await db.scalar(
            select(Workspace).where(
                Workspace.id == workspace_id, is_visible(viewer), Workspace.removed_at.is_(None)
            )
        )
    if found is None:
        raise NotFound(Refusal.NO_SUCH_WORKSPACE)
    return found


async def workspace_page(
    db: Reader, viewer: Viewer, workspace: Workspace, *, now: datetime, after: Place | None = None
) -> Results:
    """A page of what is in it, as the search finds it."""
    question = await question_of(db, viewer, workspace.query, now=now)
    return await search(db, viewer, question, now=now, after=after)


async def owners_of(db: Reader, workspaces: Sequence[Workspace]) -> dict[int, str]:
    """What the people are called who have made them, by their ids."""
    ids = {one.agent_id for one in workspaces}
    rows = await db.execute(select(Agent.id, Agent.name).where(Agent.id.in_(ids)))
    return {row.id: row.name for row in rows}


async def count_workspaces(
    db: Reader, viewer: Viewer, workspaces: Sequence[Workspace], *, now: datetime
) -> dict[int, Counted]:
    """By workspace how many conversations are in it, counting no further than `MOST_COUNTED` + 1.

    Words are counted as far as a moment allows.
    """
    found: dict[int, Counted] = {}
    if not workspaces:
        return found
    known = await known_to(db, viewer, now=now)
    for one in workspaces:
        question = read(one.query, known)
        found[one.id] = Counted(
            *await count_found(
                db, viewer, question, now=now, most=MOST_COUNTED + 1, patience=_WAITS
            )
        )
    return found
