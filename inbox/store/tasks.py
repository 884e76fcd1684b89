"""Which invitation stands in somebody's calendar for a conversation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inbox.store.engine import Writer
from inbox.store.statement import Statement

_LAST = Statement("""
select jsonb_build_object('uid', header_id) || draft as draft,
       (select count(*) from outbound o where o.conversation_id = :conversation_id
         and o.agent_id = :agent_id and o.kind = 'task') as count
  from outbound
 where conversation_id = :conversation_id and agent_id = :agent_id and kind = 'task'
 order by id desc limit 1
""")
_IS_TASK = Statement("""
select 1 as found from outbound where header_id = :header_id and kind = 'task'
""")


async def is_task(db: Writer, header_id: str) -> bool:
    """Whether this is the Message-ID of an invitation of ours, which is its UID as well."""
    return bool(await _IS_TASK.rows(db, header_id=header_id))


async def last_task(
    db: Writer, conversation_id: int, agent_id: int
) -> tuple[Mapping[str, Any] | None, int]:
    """What the last invitation to this person said, and how many there were."""
    rows = await _LAST.rows(db, conversation_id=conversation_id, agent_id=agent_id)
    return (rows[0]["draft"], int(rows[0]["count"])) if rows else (None, 0)
