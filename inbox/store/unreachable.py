"""Which of our own people our mails do not reach: the last of them all came back, for good."""

from __future__ import annotations

from dataclasses import dataclass

from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement

_IN_A_ROW = 3  # mails; one may come back for its own sake
# A mail counts once: what a server took and returned later stands as failed.
_FOUND = Statement("""
select agent.id, agent.name, agent.email, last.reply
  from agent, lateral (
       select count(*) as mails, bool_and(one.state = 'failed' and one.reply ~ '^5') as lost,
              (array_agg(one.reply order by one.outbound_id desc))[1] as reply
         from (select r.outbound_id, r.state, r.reply
                 from outbound_recipient r join outbound o on o.id = r.outbound_id
                where r.address = agent.email and o.agent_id = agent.id
                  and o.kind not in ('reply', 'confirmation') and r.state in ('sent', 'failed')
                order by r.outbound_id desc limit :row) as one) as last
 where agent.disabled_at is null and last.mails = :row and last.lost
   and (cast(:agent_id as bigint) is null or agent.id = :agent_id)
 order by agent.email
""")
_ABOUT = Statement("""
select o.agent_id, o.mailbox_id, o.sender from outbound o
 where o.id = :outbound_id and o.agent_id is not null and o.mailbox_id is not null
   and o.kind not in ('reply', 'confirmation', 'unreachable')
""")
# The last mail before this one did not arrive either: it was told, and nothing is new.
_AGAIN = Statement("""
select exists (select from outbound o join agent on agent.id = o.agent_id
                where o.id = :outbound_id and agent.email = :address
                  and o.kind not in ('reply', 'forward', 'confirmation'))
   and coalesce((select r.state = 'failed' from outbound_recipient r
                  where r.address = :address and r.outbound_id < :outbound_id
                    and r.state in ('sent', 'failed')
                  order by r.outbound_id desc limit 1), false) as is_again
""")
_ADMINS = Statement("""
select id, email from agent
 where role = 'admin' and disabled_at is null and id <> :agent_id order by id
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreachable:
    """Somebody of ours whom no mail reaches, and what was said of the last."""

    id: int
    name: str
    email: str
    reply: str


async def unreachable(db: Reader | Writer, agent_id: int | None = None) -> list[Unreachable]:
    """Everybody whom the last three mails did not reach, or this one alone."""
    rows = await _FOUND.rows(db, row=_IN_A_ROW, agent_id=agent_id)
    return [Unreachable(**row) for row in rows]


async def is_lost_again(db: Writer, outbound_id: int, address: str) -> bool:
    """Whether a mail to one of us did not arrive, as the one before it: that is no news there."""
    [row] = await _AGAIN.rows(db, outbound_id=outbound_id, address=address)
    return bool(row["is_again"])


async def reader_of(db: Writer, outbound_id: int) -> tuple[int, int, str] | None:
    """To whom of ours a mail went, of which mailbox, and from where; None for a customer's."""
    rows = await _ABOUT.rows(db, outbound_id=outbound_id)
    return (rows[0]["agent_id"], rows[0]["mailbox_id"], rows[0]["sender"]) if rows else None


async def administrators(db: Writer, *, besides: int) -> list[tuple[int, str]]:
    """Who sees to it: every administrator but this one."""
    rows = await _ADMINS.rows(db, agent_id=besides)
    return [(row["id"], row["email"]) for row in rows]
