"""Two who answer at once: the second is told, before anything is sent."""

from __future__ import annotations

from sqlalchemy import and_, or_, select

from inbox.errors import Conflict
from inbox.model.conversation import ActorKind
from inbox.model.event import MOVES, EventName
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.tables import Agent, Conversation, Event

# What makes somebody's half-written answer wrong. Who has it, or a note, does not.
_WORDS = (
    EventName.CONVERSATION_OPENED,
    EventName.CONVERSATION_MERGED,
    *MOVES,
    EventName.MESSAGE_RECEIVED,
    EventName.MESSAGE_REPLIED,
    EventName.MESSAGE_RELEASED,
    EventName.CONVERSATION_CLOSED,
)


async def refuse_if_moved_on(
    db: Writer, conversation: Conversation, expected_last_event: int | None, by: Agent
) -> None:
    """Raise Conflict when others said something after the event that this person saw last."""
    if expected_last_event is None or conversation.last_event_id <= expected_last_event:
        return
    newer = await db.scalar(
        select(Event.id)
        .where(
            or_(
                Event.conversation_id == conversation.id,
                and_(
                    Event.name.in_(MOVES),
                    Event.payload["to"].as_string() == str(conversation.id),
                ),
            ),
            Event.id > expected_last_event,
            Event.name.in_(_WORDS),
            or_(
                Event.actor_kind != ActorKind.AGENT,
                Event.actor_id.is_(None),
                Event.actor_id != by.id,
            ),
        )
        .limit(1)
    )
    if newer is not None:
        raise Conflict(Refusal.MOVED_ON)
