"""The verbs by which one of us hears of a conversation without having it, and no more."""

from __future__ import annotations

from datetime import datetime

from inbox.desk.record import record
from inbox.model.actor import Actor
from inbox.model.event import EventName
from inbox.store.engine import Writer
from inbox.store.following import add_following, remove_following
from inbox.store.locks import lock
from inbox.store.tables import Conversation


async def follow(
    db: Writer, conversation_id: int, agent_id: int, *, by: Actor, now: datetime
) -> Conversation:
    """They hear of everything in it, whatever else they want to hear of its mailbox.

    It opens nothing to who is not of its mailboxes; twice is once. Raises NotFound.
    """
    conversation = await lock(db, conversation_id)
    if await add_following(db, conversation.id, agent_id):
        name = EventName.PERSON_FOLLOWED
        payload = {"person": agent_id}
        await record(db, conversation.id, name, by=by, now=now, payload=payload)
    return conversation


async def unfollow(
    db: Writer, conversation_id: int, agent_id: int, *, by: Actor, now: datetime
) -> Conversation:
    """They hear of it as of any other of its mailbox. Raises NotFound."""
    conversation = await lock(db, conversation_id)
    if await remove_following(db, conversation.id, agent_id):
        name = EventName.PERSON_UNFOLLOWED
        payload = {"person": agent_id}
        await record(db, conversation.id, name, by=by, now=now, payload=payload)
    return conversation
