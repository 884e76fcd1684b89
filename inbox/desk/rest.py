"""The verbs that put a conversation off: until the customer answers, or until a time."""

from __future__ import annotations

from datetime import datetime

from inbox.desk.record import record
from inbox.desk.returning import wake_in_time
from inbox.desk.standing import standing, written
from inbox.errors import Invalid
from inbox.model.actor import Actor
from inbox.model.conversation import Status
from inbox.model.event import EventName
from inbox.orders.when import FARTHEST
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.tables import Conversation


async def wait(
    db: Writer, conversation_id: int, until: datetime | None, *, by: Actor, now: datetime
) -> Conversation:
    """Make it the customer's turn; without an answer until then it comes back to who has it.

    None: without a time. Raises Invalid for a time that is past or too far ahead and for spam,
    NotFound.
    """
    return await _rest(db, conversation_id, Status.WAITING, until, by=by, now=now)


async def snooze(
    db: Writer, conversation_id: int, until: datetime, *, by: Actor, now: datetime
) -> Conversation:
    """Put it out of sight until then; a mail of the customer brings it back at once.

    Raises Invalid for a time that is past or too far ahead, and for spam, NotFound.
    """
    return await _rest(db, conversation_id, Status.SNOOZED, until, by=by, now=now)


async def _rest(
    db: Writer,
    conversation_id: int,
    status: Status,
    until: datetime | None,
    *,
    by: Actor,
    now: datetime,
) -> Conversation:
    conversation = await lock(db, conversation_id)
    if (conversation.status, conversation.returns_at) == (status, until):
        return conversation
    if until is not None and until <= now:
        raise Invalid(Refusal.PAST)
    if until is not None and until - now > FARTHEST:
        raise Invalid(Refusal.FAR)
    if conversation.status == Status.SPAM:
        raise Invalid(Refusal.IS_SPAM)
    was = standing(conversation)
    conversation.status, conversation.returns_at = status, until
    conversation.closed_at = None
    if status is Status.WAITING:
        conversation.waiting_since = None
    await db.flush()
    await wake_in_time(db, conversation)
    is_wait = status is Status.WAITING
    await record(
        db,
        conversation.id,
        EventName.CONVERSATION_WAITING if is_wait else EventName.CONVERSATION_SNOOZED,
        by=by,
        now=now,
        payload={"until": written(until), "was": was},
    )
    return conversation
