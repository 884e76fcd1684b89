"""What is done along with an answer, by one button: close, wait, put off.

Each is the verb that it always is, in the answer's transaction; its event names the answer's, so
that taking the answer back takes all of it back; a comment and what it was about stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from inbox.desk.finish import NOTHING_MORE, Ending, finish
from inbox.desk.rest import snooze, wait
from inbox.desk.standing import read
from inbox.errors import Invalid
from inbox.model.actor import Actor
from inbox.model.event import EventName
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.statement import Statement
from inbox.store.tables import Agent, Conversation, Event, Message

ALONG = "along"  # in the payload: the event from which this one followed
_NAME_ANSWER = Statement("""
update event set payload = payload || jsonb_build_object('along', answer.id)
  from (select max(id) as id from event
         where message_id = :message_id and name in ('message.replied', 'message.released')) answer
 where event.conversation_id = :conversation_id and event.id > answer.id
""")


class Then(StrEnum):
    """What is to become of the conversation once its answer is on its way."""

    NOTHING = ""
    CLOSE = "close"
    WAIT = "wait"
    SNOOZE = "snooze"


@dataclass(frozen=True, slots=True, kw_only=True)
class Afterwards:
    """The same, with the time until when; None waits without one. `ending`: what closing needs."""

    then: Then = Then.NOTHING
    until: datetime | None = None
    ending: Ending = NOTHING_MORE


NOTHING_ELSE = Afterwards()


async def do_along(
    db: Writer, message: Message, wish: Afterwards, *, by: Agent, now: datetime
) -> None:
    """Do it to the conversation of an answer that was just put on its way. Raises Invalid,
    Incomplete.
    """
    actor = Actor.agent(by.id, by.name)
    here = message.conversation_id
    before = await _last_event(db, here)
    match wish.then:
        case Then.CLOSE:
            await finish(db, here, wish.ending, by=by, now=now)
        case Then.WAIT:
            await wait(db, here, wish.until, by=actor, now=now)
        case Then.SNOOZE:
            if wish.until is None:
                raise Invalid(Refusal.UNCLEAR_TIME)
            await snooze(db, here, wish.until, by=actor, now=now)
    if await _last_event(db, here) != before:
        await _NAME_ANSWER.rows(db, conversation_id=here, message_id=message.id)


async def done_along(
    db: Writer, conversation: Conversation, event: Event | None
) -> Sequence[Event]:
    """What followed from this event, such as what was done with an answer; nothing where other
    things happened.
    """
    if event is None or event.id == conversation.last_event_id:
        return ()
    later = list(
        await db.scalars(
            select(Event)
            .where(Event.conversation_id == conversation.id, Event.id > event.id)
            .order_by(Event.id)
            .limit(10)
        )
    )
    return later if all(one.payload.get(ALONG) == event.id for one in later) else ()


def until_of(along: Sequence[Event]) -> datetime | None:
    """Until when the conversation was put off."""
    resting = (EventName.CONVERSATION_WAITING, EventName.CONVERSATION_SNOOZED)
    return next((read(one.payload.get("until")) for one in along if one.name in resting), None)


async def _last_event(db: Writer, conversation_id: int) -> int | None:
    await db.flush()
    return await db.scalar(
        select(Conversation.last_event_id).where(Conversation.id == conversation_id)
    )
