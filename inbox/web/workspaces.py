"""The page on which somebody names, shares, orders and removes their workspaces."""

from __future__ import annotations

from dataclasses import dataclass

from inbox.asgi.deps import Here
from inbox.desk.workspaces import may_edit
from inbox.store.conversations import mailboxes_of
from inbox.store.engine import Reader as Session
from inbox.store.workspaces import count_workspaces, owners_of, visible_workspaces
from inbox.web.sorting import Choice
from inbox.web.views import WorkspaceView, workspace_views


@dataclass(frozen=True, slots=True)
class KeptView:
    """A workspace on that page; `shares` are empty where it is not theirs to change."""

    view: WorkspaceView
    owner: str  # nothing for one's own
    shares: list[Choice]

    @property
    def can_change(self) -> bool:
        """Whether this person may change it."""
        return bool(self.shares)


async def read_rail_workspaces(db: Session, here: Here, current: int | None) -> list[WorkspaceView]:
    """All of them with their counts, for the rail."""
    kept = await visible_workspaces(db, here.viewer)
    counts = await count_workspaces(db, here.viewer, kept, now=here.now)
    return workspace_views(kept, counts, current)


async def read_kept(db: Session, here: Here) -> list[KeptView]:
    """All of them, with what may be done to each."""
    kept = await visible_workspaces(db, here.viewer)
    counts = await count_workspaces(db, here.viewer, kept, now=here.now)
    owners = await owners_of(db, kept)
    mailboxes = [one for one in await mailboxes_of(db, here.viewer) if one.removed_at is None]
    return [
        KeptView(
            view=view,
            owner="" if one.agent_id == here.viewer.id else owners[one.agent_id],
            shares=[Choice(str(box.id), box.name, box.id == one.mailbox_id) for box in mailboxes]
            if may_edit(here.viewer, one)
            else [],
        )
        for one, view in zip(kept, workspace_views(kept, counts, None), strict=True)
    ]
