"""Undoing corrections as whoever asks may: both sides of one change, so both have to be theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from inbox.desk.takeback import take_back
from inbox.desk.undo_several import undo_each
from inbox.errors import Conflict, NotFound
from inbox.model.actor import Actor
from inbox.model.event import MOVES
from inbox.model.viewer import Viewer
from inbox.refusals import Refusal
from inbox.store.conversations import get_visible
from inbox.store.engine import Writer
from inbox.store.tables import Conversation, Event


async def undo_correction(
    db: Writer,
    viewer: Viewer,
    conversation_id: int,
    event_id: int,
    *,
    by: Actor,
    now: datetime,
    secret: bytes,
) -> Conversation:
    """Undo a correction made in a conversation, or that brought mails into it; where it was made.

    Raises NotFound, also for what the person may not see, and Conflict where it cannot be undone
    any more.
    """
    event = await db.get(Event, event_id) if 0 < event_id < 1 << 62 else None
    if event is None:
        raise NotFound
    await _see_both_sides(db, viewer, event)
    if conversation_id not in (event.conversation_id, event.payload.get("to")):
        raise NotFound
    return await take_back(db, event_id, by=by, now=now, secret=secret)


async def undo_own(
    db: Writer, viewer: Viewer, wanted: Sequence[int], *, now: datetime, secret: bytes
) -> tuple[int, int]:
    """Undo those of these events that are one's own; how many there are, and how many of them
    could be undone, as nothing has changed there since.

    Raises NotFound for what the person may not see any more, and Conflict where mails went there;
    then nothing is undone.
    """
    own = (Event.actor_kind == "agent", Event.actor_id == viewer.id)
    found = select(Event).where(Event.id.in_(wanted), *own)
    events = list(await db.scalars(found.order_by(Event.conversation_id)))
    for event in events:
        await _see_both_sides(db, viewer, event)
    by = Actor.agent(viewer.id, viewer.name)
    return len(events), await undo_each(db, events, by=by, now=now, secret=secret)


async def _see_both_sides(db: Writer, viewer: Viewer, event: Event) -> None:
    await get_visible(db, viewer, event.conversation_id)
    if (there := moved_to(event)) is not None:
        try:
            await get_visible(db, viewer, there)
        except NotFound as error:
            raise Conflict(Refusal.UNDONE_BEFORE) from error


def moved_to(event: Event) -> int | None:
    """Where the mails of a correction went."""
    found = event.payload.get("to") if event.name in MOVES else None
    return found if isinstance(found, int) else None
