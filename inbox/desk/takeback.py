"""The verb that undoes a correction: by the correction that is its opposite."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from inbox.desk.belong import belong
from inbox.desk.merge import merge
from inbox.desk.restore import RESTORED, restore
from inbox.desk.timers import settle_anew
from inbox.desk.unmerge import unmerge
from inbox.errors import Conflict, NotFound
from inbox.model.actor import Actor
from inbox.model.event import MOVES, EventName
from inbox.refusals import Refusal
from inbox.store.engine import UNDOES, Writer
from inbox.store.locks import alone, lock
from inbox.store.tables import Conversation, Event

CORRECTIONS: Final = frozenset(
    {
        EventName.CONVERSATION_MERGED,
        EventName.CONVERSATION_UNMERGED,
        EventName.CONVERSATION_SPLIT,
        EventName.MESSAGE_MOVED,
        *RESTORED,
    }
)


async def take_back(
    db: Writer, event_id: int, *, by: Actor, now: datetime, secret: bytes
) -> Conversation:
    """Undo the correction that an event tells of; the conversation where it was made.

    What came since stays with what it answers. Raises Conflict when it cannot be undone any more,
    NotFound.
    """
    await alone(db)
    event = await db.get(Event, event_id)
    if event is None or event.name not in CORRECTIONS:
        raise NotFound(Refusal.NO_SUCH_CORRECTION)
    # Who undoes twice goes back further, not to and fro; and it is told as what it is.
    db.info[UNDOES] = {"undoes": event.id, "undid": event.name}
    try:
        await _undo(db, event, by=by, now=now, secret=secret)
    finally:
        del db.info[UNDOES]
    # What is due hangs on all that stands again, and the verbs knew only of their own part.
    further = {EventName.CONVERSATION_MERGED: "merged", **dict.fromkeys(MOVES, "to")}
    other = event.payload.get(further.get(EventName(event.name), ""))
    for one in filter(None, (event.conversation_id, other)):
        await settle_anew(db, one, now=now)
    return await lock(db, event.conversation_id)


async def _undo(db: Writer, event: Event, *, by: Actor, now: datetime, secret: bytes) -> None:
    here, payload = event.conversation_id, event.payload
    match EventName(event.name):
        case EventName.CONVERSATION_MERGED:
            await unmerge(db, here, event.id, by=by, now=now, secret=secret)
        case EventName.CONVERSATION_SPLIT | EventName.CONVERSATION_UNMERGED:
            if not await _stands(db, payload["to"]):
                raise Conflict(Refusal.UNDONE_BEFORE)
            await merge(db, here, payload["to"], by=by, now=now)
            await _restore_customer(db, here, payload)
        case EventName.MESSAGE_MOVED:
            await _move_back(db, here, payload, by=by, now=now, secret=secret)
        case _:
            await restore(db, event, by=by, now=now)


async def _move_back(
    db: Writer, here: int, payload: Mapping[str, Any], *, by: Actor, now: datetime, secret: bytes
) -> None:
    try:
        await belong(db, payload["messages"], payload["to"], here, by=by, now=now, secret=secret)
    except NotFound as error:
        raise Conflict(Refusal.UNDONE_BEFORE) from error
    await _restore_customer(db, here, payload)


async def _restore_customer(db: Writer, here: int, payload: Mapping[str, Any]) -> None:
    if was := payload.get("customer"):
        (await lock(db, here)).customer_id = was


async def _stands(db: Writer, conversation_id: int) -> bool:
    return bool(
        await db.scalar(
            select(Conversation.id).where(
                Conversation.id == conversation_id, Conversation.merged_into.is_(None)
            )
        )
    )
