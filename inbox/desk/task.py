"""Conversations as tasks in the calendar of who has them, and by when they mean to answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from inbox.desk.record import record
from inbox.desk.standing import written
from inbox.errors import Invalid
from inbox.model.actor import Actor
from inbox.model.conversation import ActorKind
from inbox.model.event import EventName
from inbox.orders.when import FARTHEST
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.statement import Statement
from inbox.store.tables import Conversation, Event

# Only for those who want it: a single statement for all others.
_TELL = Statement("""
insert into job (kind, args, rank, run_at)
select 'notify.task', jsonb_build_object('conversation_id', cast(:conversation_id as bigint),
                                         'agent_id', id,
                                         'invites', :promised or id is distinct from
                                                    cast(:by as bigint)),
       1, :now
  from agent where tasks and id = any(cast(:agents as bigint[]))
""")


async def tell_calendars(
    db: Writer,
    conversation_id: int,
    agents: Iterable[int | None],
    *,
    by: Actor,
    now: datetime,
    promised: bool = False,
) -> None:
    """Let the calendars of these people follow what has changed; of those who want it.

    What one takes oneself stands in no calendar, until one has `promised` something by then.
    """
    wanted = [one for one in agents if one is not None]
    if wanted:
        await _TELL.rows(
            db,
            conversation_id=conversation_id,
            agents=wanted,
            by=by.id,
            promised=promised,
            now=now,
        )


async def promise(
    db: Writer, conversation_id: int, until: datetime | None, *, by: Actor, now: datetime
) -> Conversation:
    """Whoever has the conversation says by when they answer; with None they say it no more.

    Raises Invalid for a time that is past or too far ahead, NotFound.
    """
    conversation = await lock(db, conversation_id)
    before = conversation.promised_until
    if before == until:
        return conversation
    if until is not None and until <= now:
        raise Invalid(Refusal.PAST)
    if until is not None and until - now > FARTHEST:
        raise Invalid(Refusal.FAR)
    conversation.promised_until = until
    name = EventName.CONVERSATION_PROMISED if until else EventName.CONVERSATION_UNPROMISED
    payload = {"until": written(until), "from": written(before)}
    await record(db, conversation.id, name, by=by, now=now, payload=payload)
    holder = [conversation.assignee_id]
    await tell_calendars(db, conversation.id, holder, by=by, now=now, promised=until is not None)
    return conversation


async def take_promise_back(db: Writer, conversation_id: int, *, by: Actor, now: datetime) -> None:
    """What one of us said goes with them, and nobody else's word. Raises NotFound."""
    conversation = await lock(db, conversation_id)
    until = conversation.promised_until
    if until is None or await _said_by(db, conversation.id) != by.id:
        return
    conversation.promised_until = None
    await record(
        db,
        conversation.id,
        EventName.CONVERSATION_UNPROMISED,
        by=by,
        now=now,
        payload={"from": until.isoformat()},
    )


async def _said_by(db: Writer, conversation_id: int) -> int | None:
    """Who said it last."""
    found: int | None = await db.scalar(
        select(Event.actor_id)
        .where(
            Event.conversation_id == conversation_id,
            Event.name == EventName.CONVERSATION_PROMISED,
            Event.actor_kind == ActorKind.AGENT,
        )
        .order_by(Event.id.desc())
        .limit(1)
    )
    return found
