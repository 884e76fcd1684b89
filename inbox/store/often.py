"""How often something happened lately, for what must not happen without end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from inbox.model.held import WISHED
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement

LATELY: Final = timedelta(hours=1)
_TODAY: Final = timedelta(days=1)

_HELD = Statement("""
select count(*) as in_all, count(*) filter (where m.conversation_id = :conversation_id) as here
  from held join message m on m.id = held.message_id
 where held.agent_id = :agent_id and held.created_at > :since
   and not held.reasons <@ :wished
""")
_WROTE = Statement("""
select count(*) filter (where m.kind <> 'held' and m.received_at > :since) as wrote,
       coalesce(bool_or(held.state = 'waiting' and 'too_many' = any(held.reasons)), false)
           as is_stopped,
       -- Who looked at what was stopped has begun anew.
       (select count(*) from outbound o
         where o.conversation_id = :conversation_id and o.agent_id = :agent_id
           and (o.kind = any(array['done', 'found', 'help', 'outcome'])
                -- What is held for want of a proof may be forged.
                or o.kind = 'held' and exists (
                    select from held h where h.id = (o.draft ->> 'held')::bigint
                       and h.reasons <@ array['orders', 'empty']))
           and o.created_at > greatest(
               cast(:today as timestamptz),
               max(held.ended_at) filter (where 'too_many' = any(held.reasons)))) as told
  from message m left join held on held.message_id = m.id
 where m.conversation_id = :conversation_id and m.author_kind = 'agent'
   and m.author_id = :agent_id and m.spool_id is not null
""")
_TOLD = Statement("""
select count(*) as told from outbound
 where agent_id = :agent_id and kind = :kind and created_at > :since
""")
# Nothing was said of them to anybody.
_UNTOLD = Statement("""
select c.id, c.subject, c.mailbox_id, mailbox.address, held.message_id, held.reasons,
       event.payload -> 'orders' as orders, count(*) over () as in_all
  from held
  join message m on m.id = held.message_id
  join conversation c on c.id = m.conversation_id
  join mailbox on mailbox.id = c.mailbox_id
  left join event on event.message_id = m.id and event.name = 'message.held'
 where held.agent_id = :agent_id and held.state = 'waiting' and held.send_at is null
   and held.created_at > greatest(
       :since, (select max(created_at) from outbound
                 where agent_id = :agent_id and kind = 'held_more'))
   and 'newcomer' <> all(held.reasons)
   -- A robot that answers ours would be told, and answer, for ever.
   and not ('too_many' = any(held.reasons)
            and exists (select from held other join message o on o.id = other.message_id
                         where o.conversation_id = m.conversation_id and other.id < held.id
                           and other.agent_id = held.agent_id and other.state = 'waiting'
                           and 'too_many' = any(other.reasons)))
   and not exists (select from outbound o
                    where o.conversation_id = c.id and o.agent_id = held.agent_id
                      and o.kind = 'held' and (o.draft ->> 'held')::bigint = held.id)
 order by held.id desc
 limit 200
""")


_PLACE = Statement("""
select home.id, home.mailbox_id, mailbox.address,
       (select m.id from message m where m.conversation_id = home.id
         order by m.received_at desc, m.id desc limit 1) as message_id
  from conversation c
  join conversation home on home.id = coalesce(c.merged_into, c.id)
  join mailbox on mailbox.id = home.mailbox_id
 where c.id = :conversation_id
""")
_ROBOT = Statement("""
select 1 as known from held join message m on m.id = held.message_id
 where m.conversation_id = :conversation_id and held.agent_id = :agent_id
   and held.state = 'waiting' and 'too_many' = any(held.reasons) and held.id < :held_id
 limit 1
""")


@dataclass(frozen=True, slots=True)
class HeldLately:
    """How many mails in one person's name were held, in one conversation and everywhere."""

    here: int
    in_all: int


@dataclass(frozen=True, slots=True)
class WroteLately:
    """How many mails of one person became part of a conversation, and whether that was stopped.

    `told`: how many mails they got back there within a day.
    """

    count: int
    told: int
    is_stopped: bool


async def held_lately(
    db: Writer, agent_id: int, conversation_id: int, *, now: datetime
) -> HeldLately:
    """Within the hour; what they held themselves, to see it or to stop it, does not count."""
    rows = await _HELD.rows(
        db,
        agent_id=agent_id,
        conversation_id=conversation_id,
        since=now - LATELY,
        wished=[one.value for one in WISHED],
    )
    return HeldLately(rows[0]["here"], rows[0]["in_all"])


async def is_known_robot(db: Writer, agent_id: int, conversation_id: int, held_id: int) -> bool:
    """Whether mails of theirs that came too fast there wait for them already, before this one."""
    return bool(
        await _ROBOT.rows(db, agent_id=agent_id, conversation_id=conversation_id, held_id=held_id)
    )


async def wrote_lately(
    db: Writer, agent_id: int, conversation_id: int, *, now: datetime
) -> WroteLately:
    """Within the hour. What was held is nobody's: it may be forged."""
    rows = await _WROTE.rows(
        db,
        agent_id=agent_id,
        conversation_id=conversation_id,
        since=now - LATELY,
        today=now - _TODAY,
    )
    return WroteLately(rows[0]["wrote"], rows[0]["told"], rows[0]["is_stopped"])


async def told_lately(db: Writer, agent_id: int, kind: str, *, now: datetime) -> int:
    """How many mails of one kind this person got within the hour."""
    rows = await _TOLD.rows(db, agent_id=agent_id, kind=kind, since=now - LATELY)
    return int(rows[0]["told"])


async def place_of(db: Reader | Writer, conversation_id: int) -> dict[str, Any]:
    """Where a conversation is by now: with its mailbox and newest entry, as `untold` gives them."""
    [row] = await _PLACE.rows(db, conversation_id=conversation_id)
    return dict(row)


async def untold(db: Reader | Writer, agent_id: int, since: datetime) -> list[dict[str, Any]]:
    """The newest mails in a person's name that are held and of which they were not told.

    Each with its conversation and why it is held; `in_all` how many there are.
    """
    return [dict(row) for row in await _UNTOLD.rows(db, agent_id=agent_id, since=since)]
