"""The verb that lets a mail to somebody outside, which waits for its time, leave at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text

from inbox.desk.collision import refuse_if_moved_on
from inbox.desk.record import record
from inbox.desk.stop import newest_answer
from inbox.errors import Conflict, Forbidden
from inbox.model.actor import Actor
from inbox.model.conversation import ActorKind, MessageKind
from inbox.model.event import EventName
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.locks import lock
from inbox.store.tables import Agent, Message

_NOW = text("""
with mail as (
    update outbound set run_at = :now, draft = draft || '{"later": false}'
     where message_id = :message_id and kind = 'forward' and state = 'waiting' and run_at > :now
    returning id
), sent as (
    update job set run_at = :now
     where kind = 'outbound.deliver' and done_at is null
       and (args ->> 'outbound_id')::bigint in (select id from mail)
)
select id from mail
""")
# Who would have been told when it left is told now.
_TOLD = text("""
update job set run_at = :now where kind = 'notify.fan_out' and done_at is null
   and (args ->> 'event_id')::bigint in (
       select id from event where message_id = :message_id and name = 'message.forwarded')
""")


async def newest_passed_on(
    db: Reader | Writer, conversation_id: int, agent_id: int, *, now: datetime
) -> int | None:
    """The message of what this person passed on last there, where it waits for its time."""
    found = await newest_answer(db, conversation_id, agent_id, kind=MessageKind.FORWARD)
    if found is None:
        return None
    message, mail = found
    waits = mail.state == "waiting" and mail.run_at > now and mail.draft.get("later")
    return message.id if waits else None


async def hurry(
    db: Writer,
    message_id: int,
    *,
    by: Agent,
    now: datetime,
    expected_last_event: int | None = None,
) -> Message:
    """Let one's own mail leave now, and who hears of it hear now.

    Raises Conflict when it has left, or others were faster; Forbidden for somebody else's.
    """
    message = await db.get_one(Message, message_id)
    if (message.author_kind, message.author_id) != (ActorKind.AGENT, by.id):
        raise Forbidden(Refusal.NOT_YOUR_ANSWER)
    conversation = await lock(db, message.conversation_id)
    await refuse_if_moved_on(db, conversation, expected_last_event, by)
    values = {"message_id": message_id, "now": now}
    if (await db.execute(_NOW, values)).one_or_none() is None:
        raise Conflict(Refusal.HAS_LEFT)
    await db.execute(_TOLD, values)
    people = ", ".join(one["address"] for one in (*message.to, *message.cc))
    await record(
        db,
        conversation.id,
        EventName.MESSAGE_HURRIED,
        by=Actor.agent(by.id, by.name),
        now=now,
        message_id=message_id,
        payload={"value": people},
    )
    return message
