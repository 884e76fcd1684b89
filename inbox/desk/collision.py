"""Two who answer at once: the second is told, before anything is sent.

One rule for the web and for mail, asked while the conversation is locked.
"""

from __future__ import annotations

from inbox.desk.moved_on import Happened, changes
from inbox.errors import Conflict
from inbox.model.conversation import MessageKind
from inbox.model.event import EventName
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement
from inbox.store.tables import Agent, Conversation

# The names of moves stand here as they do in the index of the few such events.
_SINCE = Statement("""
select event.id, event.name, event.actor_kind, event.actor_id,
       event.payload ->> 'via' in ('web', 'mail') as is_guarded,
       message.kind, message.author_kind, message.author_id
  from (select id from event where conversation_id = cast(:conversation_id as bigint) and id > :seen
         union
        select id from event
         where name in ('conversation.split', 'conversation.unmerged', 'message.moved')
           and id > :seen and payload ->> 'to' = cast(:conversation_id as bigint)::text) as later
  join event using (id)
  left join message on message.id = event.message_id
 order by event.id
""")


async def moved_on(
    db: Reader | Writer,
    conversation: Conversation,
    seen: int | None,
    by: Agent,
    *,
    in_list: bool = False,
    is_planned: bool = False,
) -> tuple[Happened, ...]:
    """What others did after the event that this person saw last, and makes an answer wrong.

    `in_list`: or what was asked for out of a list. `is_planned`: or themselves, of an answer that
    was written then and leaves now.
    """
    if seen is None or conversation.last_event_id <= seen:
        return ()
    rows = await _SINCE.rows(db, conversation_id=conversation.id, seen=seen)
    known = set(EventName)
    return changes(
        [
            Happened(
                id=row["id"],
                name=EventName(row["name"]),
                agent_id=row["actor_id"] if row["actor_kind"] == "agent" else None,
                kind=MessageKind(row["kind"]) if row["kind"] else None,
                author_id=row["author_id"] if row["author_kind"] == "agent" else None,
                is_guarded=bool(row["is_guarded"]),
            )
            for row in rows
            if row["name"] in known
        ],
        by.id,
        in_list=in_list,
        is_planned=is_planned,
    )


async def refuse_if_moved_on(
    db: Writer, conversation: Conversation, expected_last_event: int | None, by: Agent
) -> None:
    """Raise Conflict when others said something after the event that this person saw last."""
    if await moved_on(db, conversation, expected_last_event, by):
        raise Conflict(Refusal.MOVED_ON)
