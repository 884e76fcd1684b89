"""What happened, written down: the one place where events come from.

Every verb records exactly one event, in its own transaction. With the event go the wake-up of
whoever watches live and the job that tells people by mail.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from inbox.model.actor import Actor
from inbox.model.conversation import ActorKind
from inbox.model.event import EventName
from inbox.store.engine import RECORDED, UNDOES, VIA, Writer
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
    update conversation set last_event_id = recorded.id
      from recorded where conversation.id = :conversation_id
), asked as (
    insert into job (kind, args, rank, run_at)
    select 'notify.fan_out', jsonb_build_object('event_id', id), 1, cast(:tell_at as timestamptz)
      from recorded
){back}
select id, case when current_setting('inbox.quiet', true) is distinct from 'on'
                then pg_notify('inbox_event', id::text) end
  from recorded
"""
# Whoever does something is there again. An answer that is held may be somebody else's.
_BACK = """, back as (
    update agent set away_until = null where id = :actor_id and away_until is not null
)"""
_RECORD = Statement(_RECORD_TEXT.replace("{back}", ""))
_RECORD_OF_AGENT = Statement(_RECORD_TEXT.replace("{back}", _BACK))


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
) -> int:
    """Write the event and ask for its consequences; returns its id.

    People are told by mail at `tell_at`, or at once; who watches live is told at the commit.
    """
    is_theirs = by.kind is ActorKind.AGENT and name is not EventName.MESSAGE_HELD
    [row] = await (_RECORD_OF_AGENT if is_theirs else _RECORD).rows(
        db,
        conversation_id=conversation_id,
        name=name.value,
        actor_kind=by.kind.value,
        actor_id=by.id,
        actor_name=by.name,
        message_id=message_id,
        payload=json.dumps({**(payload or {}), **_undoes(db)}),
        via=db.info.get(VIA, ""),
        at=now,
        tell_at=tell_at or now,
    )
    event_id = int(row["id"])
    db.info[RECORDED] = event_id
    return event_id


def _undoes(db: Writer) -> dict[str, int]:
    """The event that is being undone: who undoes twice goes back further, not to and fro."""
    event_id = db.info.get(UNDOES)
    return {} if event_id is None else {"undoes": event_id}
