"""Undoing a correction as whoever asks may: both sides of it change, so both have to be theirs."""

from __future__ import annotations

from datetime import datetime

from inbox.desk.takeback import take_back
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
    await get_visible(db, viewer, event.conversation_id)
    if conversation_id not in (event.conversation_id, event.payload.get("to")):
        raise NotFound
    if (there := moved_to(event)) is not None:
        try:
            await get_visible(db, viewer, there)
        except NotFound as error:
            raise Conflict(Refusal.UNDONE_BEFORE) from error
    return await take_back(db, event_id, by=by, now=now, secret=secret)


def moved_to(event: Event) -> int | None:
    """Where the mails of a correction went."""
    found = event.payload.get("to") if event.name in MOVES else None
    return found if isinstance(found, int) else None
