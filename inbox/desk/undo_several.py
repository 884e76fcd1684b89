"""The verb that undoes what was done to several conversations at once."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from inbox.desk.assign import assign
from inbox.desk.reopen import reopen
from inbox.desk.rest import wait
from inbox.desk.takeback import take_back
from inbox.errors import Conflict, Invalid
from inbox.model.actor import Actor
from inbox.model.conversation import Status
from inbox.model.event import EventName
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.tables import Conversation, Event

_GIVEN: Final = (EventName.CONVERSATION_ASSIGNED, EventName.CONVERSATION_UNASSIGNED)


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
    if conversation.last_event_id != event.id:
        raise Conflict(Refusal.UNDONE_BEFORE)
    if event.name == EventName.CONVERSATION_CLOSED:
        await _open_again(db, conversation, event, by=by, now=now)
    elif event.name in _GIVEN:
        await assign(db, conversation.id, event.payload["from"], by=by, now=now)
    else:
        await take_back(db, event.id, by=by, now=now, secret=secret)


async def _open_again(
    db: Writer, conversation: Conversation, event: Event, *, by: Actor, now: datetime
) -> None:
    if event.payload["from"] == Status.WAITING:
        await wait(db, conversation.id, None, by=by, now=now)
    else:
        await reopen(db, conversation.id, by=by, now=now)
