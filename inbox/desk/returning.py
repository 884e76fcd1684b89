"""What waits or sleeps comes back when its time has passed.

The alarm clock is one job for each conversation, moved with it; what it finds decides. So nothing
has to be taken back when a customer writes, and none can be forgotten over a restart.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from inbox.clock import utcnow
from inbox.desk.record import record
from inbox.desk.standing import standing, written
from inbox.desk.stopped_clocks import set_again
from inbox.errors import NotFound
from inbox.jobs.queue import enqueue
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.model.actor import SYSTEM
from inbox.model.conversation import MessageKind, Status
from inbox.model.event import EventName
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.tables import Conversation, Message

_RESTING = (Status.WAITING, Status.SNOOZED)


async def wake_in_time(db: Writer, conversation: Conversation) -> None:
    """Ask for the conversation to come back at its time, if it has one."""
    if conversation.returns_at is not None:
        await enqueue(
            db,
            "desk.come_back",
            key=f"come_back:{conversation.id}",
            run_at=conversation.returns_at,
            conversation_id=conversation.id,
        )


@job("desk.come_back", retry=INTAKE, give_up=set_again("desk.come_back", "come_back"))
async def come_back_job(db: Writer, context: Context, *, conversation_id: int) -> None:
    """The time has passed that was set; whether it still counts is found out now."""
    await come_back(db, conversation_id, now=utcnow())


async def come_back(db: Writer, conversation_id: int, *, now: datetime) -> Conversation | None:
    """Let the conversation be our turn again where its time has passed; None for one without."""
    try:
        conversation = await lock(db, conversation_id)
    except NotFound:
        return None
    due = conversation.returns_at
    if due is None or conversation.status not in _RESTING:
        return None
    if due > now:  # moved on while this was under way
        await wake_in_time(db, conversation)
        return None
    was, before = standing(conversation), conversation.status
    conversation.status, conversation.returns_at = Status.OPEN, None
    since = await _last_said(db, conversation) if before == Status.WAITING else None
    await db.flush()
    await record(
        db,
        conversation.id,
        EventName.CONVERSATION_RETURNED,
        by=SYSTEM,
        now=now,
        payload={"from": before, "since": written(since), "was": was},
    )
    return conversation


async def _last_said(db: Writer, conversation: Conversation) -> datetime | None:
    """Since when the customer has not answered: our last answer."""
    found: datetime | None = await db.scalar(
        select(func.max(Message.received_at)).where(
            Message.conversation_id == conversation.id, Message.kind == MessageKind.REPLY
        )
    )
    return found
