"""The verbs that note something at a conversation: its tags, and how urgent it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from inbox.desk.record import record
from inbox.errors import Invalid
from inbox.model.actor import Actor
from inbox.model.event import EventName
from inbox.model.marks import MOST_TAGS, Urgency, tag_of
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.tables import Conversation


async def tag(
    db: Writer,
    conversation_id: int,
    *,
    add: Iterable[str] = (),
    remove: Iterable[str] = (),
    by: Actor,
    now: datetime,
) -> Conversation:
    """Put tags on and take them off; what is so already changes nothing.

    Raises Invalid for what is no tag, and for too many, NotFound.
    """
    added, removed = list(map(tag_of, add)), list(map(tag_of, remove))
    if not all((*added, *removed)):
        raise Invalid(Refusal.NO_TAG)
    conversation = await lock(db, conversation_id)
    before = set(conversation.tags)
    after = (before | set(added)) - set(removed)
    if before == after:
        return conversation
    if len(after) > MOST_TAGS:
        raise Invalid(Refusal.MANY_TAGS, most=MOST_TAGS)
    conversation.tags = sorted(after)
    await db.flush()
    await record(
        db,
        conversation.id,
        EventName.CONVERSATION_TAGGED,
        by=by,
        now=now,
        payload={"added": sorted(after - before), "removed": sorted(before - after)},
    )
    return conversation


async def prioritize(
    db: Writer, conversation_id: int, urgency: Urgency, *, by: Actor, now: datetime
) -> Conversation:
    """Say how urgent it is; saying the same again changes nothing. Raises NotFound."""
    conversation = await lock(db, conversation_id)
    before = Urgency(conversation.priority)
    if before is urgency:
        return conversation
    conversation.priority = urgency.value
    await db.flush()
    await record(
        db,
        conversation.id,
        EventName.CONVERSATION_PRIORITY,
        by=by,
        now=now,
        payload={"from": before.word, "priority": urgency.word},
    )
    return conversation
