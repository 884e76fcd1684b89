"""The verb by which a rule lets people hear of a conversation, whatever else they hear of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from inbox.desk.draw_in import How, draw_in
from inbox.desk.record import record
from inbox.model.actor import Actor
from inbox.model.event import EventName
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.tables import Agent


async def notify_people(
    db: Writer,
    conversation_id: int,
    people: Sequence[Agent],
    *,
    message_id: int | None,
    by: Actor,
    now: datetime,
) -> None:
    """Tell them, and draw in whom the conversation would not be open to. Raises NotFound."""
    conversation = await lock(db, conversation_id)
    asked = sorted({one.id for one in people})
    await draw_in(
        db, conversation.id, asked, how=How.MENTIONED, by=by, now=now, message_id=message_id
    )
    names = ", ".join(dict.fromkeys(one.name for one in people))
    await record(
        db,
        conversation.id,
        EventName.CONVERSATION_NOTIFIED,
        by=by,
        now=now,
        message_id=message_id,
        payload={"asked": asked, "value": names},
    )
