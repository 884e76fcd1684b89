"""What nobody has, the most urgent first, and how much everybody has: for who gives it out.

It is given by `PUT /conversations/{id}/assignee`, several by `POST /several`.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from inbox.api.bearer import allow
from inbox.api.routes.conversations import Cursor
from inbox.api.shapes import AgentOut, ConversationOut, Page
from inbox.asgi.deps import HereNow
from inbox.asgi.dispatching import place_of_next, read_place
from inbox.auth.permissions import Permission
from inbox.store.conversations import MOST_COUNTED
from inbox.store.dispatch import PAGE, Busy, busy, unassigned

router = APIRouter(tags=["order"])


class Pile(StrEnum):
    """Everything, or what can probably be solved at once."""

    ALL = "all"
    QUICK = "quick"


class LoadOut(AgentOut):
    """Somebody to whom it can be given, and how much they have in the mailboxes of who asks."""

    open: int = Field(description=f"{MOST_COUNTED + 1} means more than {MOST_COUNTED}")
    late: int = Field(description="How much of it is late; likewise")
    away_until: datetime | None = Field(description="Null for who is there")

    @classmethod
    def of(cls, row: Busy) -> LoadOut:
        return cls.model_validate(asdict(row))


class DispatchOut(Page[ConversationOut]):
    """A part of what nobody has, and who could have it."""

    people: list[LoadOut]


@router.get("/dispatch", dependencies=[allow(Permission.READ)])
async def show_dispatch(
    here: HereNow,
    pile: Annotated[Pile, Query(description="`quick`: short, without files, hardly begun")] = (
        Pile.ALL
    ),
    cursor: Cursor = "",
) -> DispatchOut:
    """What nobody has in one's mailboxes, by urgency, then by when it is due; everybody's load."""
    is_quick = pile is Pile.QUICK
    async with here.house.database.read() as db:
        found = await unassigned(db, here.viewer, after=read_place(cursor), at_once=is_quick)
        people = await busy(db, here.viewer, now=here.now)
    rows = found[:PAGE]
    return DispatchOut(
        items=[ConversationOut.of(one) for one in rows],
        next=place_of_next(rows) if len(found) > PAGE else None,
        people=[LoadOut.of(one) for one in people],
    )
