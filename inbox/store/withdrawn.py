"""Notices that still wait for a reader who may not see any more what they are about."""

from __future__ import annotations

from inbox.store.engine import Reader, Writer
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
_REACHED = Statement(f"""
select 1 as is_theirs from agent, conversation was, conversation c
 where agent.id = :agent_id and agent.disabled_at is null
   and was.id = :conversation_id and c.id = coalesce(was.merged_into, was.id)
   and ({MEMBERSHIP} or {FOLLOWING})
""")  # noqa: S608 - constants


# What else waits in the same mail is told; a mail that told of nothing else does not leave.
_NOT_GIVEN = Statement("""
with waiting as (
    select id, draft ->> 'about' in ('assigned', 'undone') as is_undone,
           (select coalesce(jsonb_agg(one order by place), '[]')
              from jsonb_array_elements(coalesce(draft -> 'then', '[]'))
                   with ordinality as told(one, place)
             where one ->> 'about' <> 'assigned') as items
      from outbound
     where conversation_id = :conversation_id and agent_id = :agent_id
       and kind = 'notice' and state = 'waiting'
       and (draft ->> 'about' = 'assigned' or draft @> '{"then": [{"about": "assigned"}]}')
       for update
)
update outbound
   set draft = draft - 'then' || case when items = '[]' then '{}'
                                      else jsonb_build_object('then', items) end
       || jsonb_build_object(
           'holder', (select name from agent where id = :holder_id),
           'about', case when is_undone then 'undone' else draft ->> 'about' end),
       state = case when is_undone and items = '[]' then 'cancelled' else state end
  from waiting where outbound.id = waiting.id
""")


async def is_for_them(db: Reader, agent_id: int, conversation_id: int) -> bool:
    """Whether a person may still see what a notice tells of; it may have been moved meanwhile."""
    return bool(await _REACHED.rows(db, agent_id=agent_id, conversation_id=conversation_id))


async def withdraw_notices(db: Writer, agent_id: int) -> None:
    """What waits for the end of a person's night is not told where their access has ended."""
    await _WITHDRAW.rows(db, agent_id=agent_id)


async def withdraw_given(
    db: Writer, conversation_id: int, agent_id: int, holder_id: int | None
) -> None:
    """That a conversation was given to a person is not told once it is no longer theirs."""
    await _NOT_GIVEN.rows(
        db, conversation_id=conversation_id, agent_id=agent_id, holder_id=holder_id
    )
