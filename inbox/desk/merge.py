"""The verb that makes two conversations one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from inbox.desk.record import record
from inbox.desk.standing import standing
from inbox.model.actor import Actor
from inbox.model.event import EventName
from inbox.store.engine import Writer
from inbox.store.locks import alone, lock
from inbox.store.statement import Statement
from inbox.store.tables import Conversation

# What an undoing needs to know, before anything moves: what was whose, and how both stood.
_BEFORE = Statement("""
select array(select id from message where conversation_id = :gone order by id) as messages,
       array(select id from event where conversation_id = :gone order by id) as events,
       array(select id from outbound where conversation_id = :gone order by id) as outbound,
       array(select id from conversation where merged_into = :gone) as merged,
       array(select id from conversation where refers_to = :gone and id <> :into) as referring,
       array(select mailbox_id from conversation_mailbox where conversation_id = :into)
           as mailboxes,
       array(select encode(id_hash, 'hex') from barred
              where conversation_id = :gone and id_hash not in (
                    select id_hash from barred where conversation_id = :into)) as barred
""")

# What leads a mail to a conversation must lead to the one that stays; its past stays with it.
_MOVE = (
    """
insert into message_ref (id_hash, conversation_id, how, message_id)
select id_hash, cast(:into as bigint), how, message_id
  from message_ref where conversation_id = :gone
    on conflict (id_hash, conversation_id) do update
   set how = excluded.how, message_id = coalesce(excluded.message_id, message_ref.message_id)
 where message_ref.how = 'sibling'
""",
    """
delete from barred where conversation_id = :into
   and id_hash in (select id_hash from message_ref where conversation_id = :gone)
""",
    """
delete from barred where conversation_id = :gone
   and id_hash in (select id_hash from message_ref where conversation_id = :into)
""",
    """
insert into barred (id_hash, conversation_id)
select id_hash, cast(:into as bigint) from barred where conversation_id = :gone
    on conflict do nothing
""",
    "delete from message_ref where conversation_id = :gone",
    "update message set conversation_id = :into where conversation_id = :gone",
    "update event set conversation_id = :into where conversation_id = :gone",
    "update outbound set conversation_id = :into where conversation_id = :gone",
    "update reply_token set conversation_id = :into where conversation_id = :gone",
    "update conversation set merged_into = :into where merged_into = :gone",
    "update conversation set refers_to = :into where refers_to = :gone and id <> :into",
    """
insert into participant (conversation_id, address, name, part)
select cast(:into as bigint), address, name, part from participant where conversation_id = :gone
 union
select cast(:into as bigint), address, '', 'sender' from customer_address
 where customer_id = (select customer_id from conversation where id = :gone)
   and customer_id <> (select customer_id from conversation where id = :into)
    on conflict do nothing
""",
    """
insert into conversation_mailbox (conversation_id, mailbox_id)
select cast(:into as bigint), mailbox_id from conversation_mailbox where conversation_id = :gone
 union
select cast(:into as bigint), mailbox_id from conversation where id = :gone
except
select cast(:into as bigint), mailbox_id from conversation where id = :into
    on conflict do nothing
""",
    """
update conversation set
    message_count = conversation.message_count + gone.message_count,
    has_files = conversation.has_files or gone.has_files,
    snippet = case when gone.last_message_at > conversation.last_message_at
                   then gone.snippet else conversation.snippet end,
    last_message_at = greatest(conversation.last_message_at, gone.last_message_at),
    assignee_id = coalesce(conversation.assignee_id, gone.assignee_id),
    waiting_since = least(conversation.waiting_since, gone.waiting_since),
    status = case when 'open' in (conversation.status, gone.status) then 'open'
                  when gone.status = 'snoozed' and conversation.status <> 'spam' then 'snoozed'
                  else conversation.status end,
    closed_at = case when 'open' not in (conversation.status, gone.status)
                          and gone.status <> 'snoozed'
                     then conversation.closed_at end,
    returns_at = case when 'open' in (conversation.status, gone.status) then null
                      when gone.status <> 'snoozed' or conversation.status = 'spam'
                      then conversation.returns_at
                      when conversation.status = 'snoozed'
                      then least(conversation.returns_at, gone.returns_at)
                      else gone.returns_at end,
    priority = greatest(conversation.priority, gone.priority),
    tags = array(select distinct tag from unnest(conversation.tags || gone.tags) as tag
                  order by tag limit 20)
  from conversation gone where conversation.id = :into and gone.id = :gone
""",
    """
update conversation set merged_into = :into, status = 'closed', closed_at = :now,
       message_count = 0, waiting_since = null, returns_at = null
 where id = :gone
""",
)
_STATEMENTS = tuple(map(Statement, _MOVE))


async def merge(db: Writer, into: int, gone: int, *, by: Actor, now: datetime) -> Conversation:
    """Move everything of `gone` to `into`, and leave a pointer; the conversation that stays.

    Merges are followed on both sides; of what is one already nothing changes. Ids that were barred
    from one of them and are the other's are so no longer. Raises NotFound.
    """
    await alone(db)
    # In the same order as everybody, for others lock one of them, and follow merges from there.
    for each in sorted((into, gone)):
        await lock(db, each)
    stays, goes = await lock(db, into), await lock(db, gone)
    if stays.id == goes.id:
        return stays
    [before] = await _BEFORE.rows(db, into=stays.id, gone=goes.id)
    was = {"into": _standing(stays), "gone": _standing(goes)}
    await db.flush()
    for statement in _STATEMENTS:
        await statement.rows(db, into=stays.id, gone=goes.id, now=now)
    await record(
        db,
        stays.id,
        EventName.CONVERSATION_MERGED,
        by=by,
        now=now,
        payload={
            "merged": goes.id,
            "subject": goes.subject,
            "was": {**was, **{name: list(found) for name, found in before.items()}},
        },
    )
    return await lock(db, stays.id)


def _standing(conversation: Conversation) -> dict[str, Any]:
    return standing(conversation) | {
        "refers_to": conversation.refers_to,
        "count": conversation.message_count,
        "tags": conversation.tags,
        "priority": conversation.priority,
    }
