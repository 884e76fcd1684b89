"""What happened, written down: the one place where events come from.

Every verb records exactly one event, in its own transaction. With the event go the wake-up of
whoever watches live and the job that tells people by mail.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from inbox.desk.timers import PLAN, RUNG, STANDING, plan_values, settle
from inbox.model.actor import Actor
from inbox.model.conversation import ActorKind, Status
from inbox.model.event import EventName
from inbox.store.engine import RECORDED, UNDOES, VIA, Writer
from inbox.store.silence import look_later
from inbox.store.statement import Statement

# One statement: on the way of every mail, each round trip counts.
_RECORD_TEXT = """
with recorded as (
    insert into event (conversation_id, name, actor_kind, actor_id, actor_name,
                       message_id, payload, via, at)
    values (:conversation_id, :name, :actor_kind, :actor_id, :actor_name,
            :message_id, cast(:payload as jsonb), :via, :at)
    returning id
), moved as (
    update conversation set last_event_id = recorded.id{plan}
      from recorded where conversation.id = :conversation_id
    {returning}
), asked as (
    insert into job (kind, args, rank, run_at)
    select 'notify.fan_out', jsonb_build_object('event_id', id), 1, cast(:tell_at as timestamptz)
      from recorded
), hooked as (
    -- The table is small, and empty in most houses; no round trip.
    insert into webhook_delivery (webhook_id, event_id, created_at)
    select w.id, recorded.id, :at
      from recorded, webhook w
     where w.enabled and w.events && array['*', :name]
       and (w.mailbox_id is null
            or :name = 'conversation.moved'
               and cast(:payload as jsonb) ->> 'from' = cast(w.mailbox_id as text)
            or w.mailbox_id in (
               select c.mailbox_id from conversation c where c.id = :conversation_id
               union all
               select v.mailbox_id from conversation_mailbox v
                where v.conversation_id = :conversation_id))
    returning id
), carried as (
    insert into job (kind, args, rank, run_at)
    select 'webhooks.deliver', jsonb_build_object('delivery_id', id), 2, :at from hooked
){more}
select {found}id, case when current_setting('inbox.quiet', true) is distinct from 'on'
                then pg_notify('inbox_event', id::text) end
  from recorded{joined}
"""
# Whoever does something is there again. An answer that is held may be somebody else's.
_BACK = """, back as (
    update agent set away_until = null where id = :actor_id and away_until is not null
)"""
# What is due was found out before, of a conversation that the statement before has written.
_PLANNED = {"plan": f", {PLAN}", "returning": "", "found": "", "joined": ""}
_RUNG = f", rung as ({RUNG})"
_ASKING = {
    "plan": "",
    "returning": f"returning {STANDING}",
    "found": "moved.*, ",
    "joined": " left join moved on true",
}


def _statement(parts: Mapping[str, str], more: str) -> Statement:
    return Statement(_RECORD_TEXT.format(**parts, more=more))


# By whether what is due is known, and whether one of us did it.
_RECORD: Final = {
    (True, False): _statement(_PLANNED, _RUNG),
    (True, True): _statement(_PLANNED, _RUNG + _BACK),
    (False, False): _statement(_ASKING, ""),
    (False, True): _statement(_ASKING, _BACK),
}


# What is said besides does not put off that the customer is reminded.
_NO_TURN: Final = frozenset(
    {EventName.CUSTOMER_REMINDED, EventName.MESSAGE_NOTED, EventName.MESSAGE_AUTOMATIC}
)


# What is due next may be as it was, and what is due after it not.
_OTHERWISE: Final = frozenset(
    {
        EventName.CONVERSATION_PROMISED,
        EventName.CONVERSATION_UNPROMISED,
        EventName.CONVERSATION_PRIORITY,
        EventName.CONVERSATION_MOVED,
    }
)


async def record(
    db: Writer,
    conversation_id: int,
    name: EventName,
    *,
    by: Actor,
    now: datetime,
    message_id: int | None = None,
    payload: Mapping[str, Any] | None = None,
    tell_at: datetime | None = None,
    standing: Mapping[str, Any] | None = None,
) -> int:
    """Write the event and ask for its consequences; returns its id.

    People are told by mail at `tell_at`, or at once; who watches live is told at the commit.
    `standing` is a row with the columns of timers.STANDING as the verb has left them, where it has
    one at hand: it spares a statement.
    """
    plan = {}
    if standing is None:
        await db.flush()  # what is due hangs on what the verb has changed
    else:
        plan = await plan_values(db, standing, now=now)
    is_theirs = by.kind is ActorKind.AGENT and name is not EventName.MESSAGE_HELD
    [row] = await _RECORD[standing is not None, is_theirs].rows(
        db,
        conversation_id=conversation_id,
        name=name.value,
        actor_kind=by.kind.value,
        actor_id=by.id,
        actor_name=by.name,
        message_id=message_id,
        payload=json.dumps({**(payload or {}), **db.info.get(UNDOES, {})}),
        via=db.info.get(VIA, ""),
        at=now,
        tell_at=tell_at or now,
        **plan,
    )
    event_id = int(row["id"])
    db.info[RECORDED] = event_id
    if standing is None:
        await settle(db, conversation_id, row, now=now, is_anew=name in _OTHERWISE)
    status = row["status"] if standing is None else standing["status"]
    if status == Status.WAITING and name not in _NO_TURN:
        await look_later(db, conversation_id, now=now)
    return event_id
