"""The verb that undoes what was done to several conversations at once."""

from __future__ import annotations

from datetime import datetime

from inbox.desk.afterwards import done_along
from inbox.desk.takeback import take_back
from inbox.errors import Conflict, Invalid
from inbox.model.actor import Actor
from inbox.model.event import EventName
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.tables import Event


async def undo_each(
    db: Writer, events: list[Event], *, by: Actor, now: datetime, secret: bytes
) -> int:
    """Undo each of these events as far as nothing has changed since; how many are undone."""
    undone = 0
    # Of several in one conversation, as merges are, the last was done to what the others had made.
    for event in sorted(events, key=lambda one: (one.conversation_id, -one.id)):
        try:
            async with db.begin_nested():
                await _undo(db, event, by=by, now=now, secret=secret)
        except (Conflict, Invalid):
            continue  # somebody went on from there: what they did stays
        undone += 1
    return undone


async def _undo(db: Writer, event: Event, *, by: Actor, now: datetime, secret: bytes) -> None:
    if event.name == EventName.CONVERSATION_MERGED:  # sees for itself what came since
        await take_back(db, event.id, by=by, now=now, secret=secret)
        return
    conversation = await lock(db, event.conversation_id)
    is_last = conversation.last_event_id == event.id
    if not is_last and not await done_along(db, conversation, event):
        raise Conflict(Refusal.UNDONE_BEFORE)
    await take_back(db, event.id, by=by, now=now, secret=secret)
