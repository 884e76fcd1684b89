"""The verb that takes an outgoing mail out of the queue: an answer is not dropped in silence."""

from __future__ import annotations

from datetime import datetime

from inbox.desk.record import record
from inbox.model.actor import Actor
from inbox.model.event import EventName
from inbox.outbound.waiting import drop
from inbox.store.engine import Writer


async def drop_delivery(db: Writer, outbound_id: int, *, by: Actor, now: datetime) -> None:
    """Never send a mail; its conversation tells who said so. Raises NotFound if it has left."""
    dropped = await drop(db, outbound_id)
    if dropped.conversation_id is None or dropped.kind != "reply":
        return
    await record(
        db,
        dropped.conversation_id,
        EventName.DELIVERY_DROPPED,
        by=by,
        now=now,
        message_id=dropped.message_id,
        payload={
            "outbound": outbound_id,
            "kind": dropped.kind,
            "address": ", ".join(dropped.recipients),
            "reply": "",
        },
    )
