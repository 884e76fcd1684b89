"""How often a conversation went from one department to another, and who decides then."""

from __future__ import annotations

from typing import Any, Final

from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement

_MOVES: Final = Statement("""
select id, at, actor_kind, actor_id, actor_name, payload -> 'names' as names
  from event
 where conversation_id = :conversation_id and name = 'conversation.moved'
   and not payload ? 'undoes'
   and not exists (select from event undone
                    where undone.conversation_id = :conversation_id
                      and undone.name = 'conversation.moved'
                      and (undone.payload ->> 'undoes')::bigint = event.id)
 order by id
""")
# Whoever gives things out in the department, as their digest says; else who leads it.
_DISPATCHERS: Final = Statement("""
select a.id from agent a join membership m on m.agent_id = a.id
 where m.mailbox_id = :mailbox_id and a.disabled_at is null and a.role <> 'colleague'
   and (m.dispatcher <> 'off' or a.role in ('manager', 'admin'))
 order by m.dispatcher = 'off', a.role <> 'manager', a.away_until is not null, a.id
""")


async def moves_of(db: Reader | Writer, conversation_id: int) -> list[dict[str, Any]]:
    """The moves of a conversation that were not undone, oldest first."""
    return [dict(row) for row in await _MOVES.rows(db, conversation_id=conversation_id)]


async def dispatchers(db: Reader | Writer, mailbox_id: int) -> list[int]:
    """Who decides in a department to whom something goes, the first to be asked first."""
    return [row["id"] for row in await _DISPATCHERS.rows(db, mailbox_id=mailbox_id)]
