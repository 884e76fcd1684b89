"""Notices that still wait for a reader who may not see any more what they are about."""

from __future__ import annotations

from inbox.store.engine import Writer
from inbox.store.followers import FOLLOWING, MEMBERSHIP
from inbox.store.statement import Statement

_WITHDRAW = Statement(f"""
update outbound set state = 'cancelled'
  from agent, conversation was, conversation c
 where outbound.agent_id = :agent_id and outbound.kind in ('notice', 'asked')
   and outbound.state = 'waiting' and agent.id = outbound.agent_id
   and was.id = outbound.conversation_id and c.id = coalesce(was.merged_into, was.id)
   and not ({MEMBERSHIP} or {FOLLOWING})
""")  # noqa: S608 - constants


async def withdraw_notices(db: Writer, agent_id: int) -> None:
    """What waits for the end of a person's night is not told where their access has ended."""
    await _WITHDRAW.rows(db, agent_id=agent_id)
