"""The alarm clock of a conversation: what is due soon, or was not done in time, is told.

One event for each deadline and for whom it is told, which names them; mails and whatever else
hears of events follow from it. Customers never hear of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from inbox.clock import utcnow
from inbox.desk.record import record
from inbox.desk.stopped_clocks import set_again
from inbox.desk.timers import STANDING, ring_later, standing_of
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.model.actor import SYSTEM
from inbox.model.event import ALARMS, EventName
from inbox.sla.deadlines import Alarm, Ring, Timer
from inbox.sla.plan import Told, due_of, ringing, running, told_as
from inbox.store.engine import Writer
from inbox.store.hours import known_policy
from inbox.store.statement import Statement

# What was over so long ago was not watched then: a desk that is taken over, or was switched off.
# It stands in the lists as late, and nobody gets a mail for each of a thousand.
_STALE: Final = timedelta(days=7)

_EVENTS: Final = {
    Alarm.OWNER: EventName.DEADLINE_NEAR,
    Alarm.MANAGER: EventName.DEADLINE_PASSED,
    Alarm.NEXT: EventName.DEADLINE_LATE,
}
_ALARMS: Final = {name: alarm for alarm, name in _EVENTS.items()}
_LOCKED = Statement(f"""
select conversation.assignee_id, {STANDING}
  from conversation where conversation.id = :id and merged_into is null for update
""")  # noqa: S608 - a constant
_TOLD = Statement("""
select name, payload ->> 'timer' as timer, payload ->> 'since' as since
  from event where conversation_id = :id and name = any(cast(:names as text[]))
""")
_PEOPLE = Statement("""
select agent.id, agent.name, agent.role, m.dispatcher <> 'off' as dispatches,
       agent.email = mailbox.manager as is_manager, agent.email = mailbox.above as is_above,
       coalesce(agent.away_until > :now, false) as is_away
  from mailbox join membership m on m.mailbox_id = mailbox.id
  join agent on agent.id = m.agent_id and agent.disabled_at is null and agent.role <> 'colleague'
 where mailbox.id = :mailbox_id
 union all
select agent.id, agent.name, 'guest', false, false, false,
       coalesce(agent.away_until > :now, false)
  from agent join mailbox on mailbox.id = :mailbox_id
 where agent.id = cast(:holder_id as bigint) and agent.disabled_at is null
   and not exists (select from membership m
                    where m.agent_id = agent.id and m.mailbox_id = mailbox.id
                      and agent.role <> 'colleague')
 order by id
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    """One of ours who may be told of what is due; the columns of `_PEOPLE`."""

    id: int
    name: str
    role: str
    dispatches: bool
    is_manager: bool
    is_above: bool
    is_away: bool


@job("timers.ring", retry=INTAKE, give_up=set_again("timers.ring", "ring"))
async def ring_job(db: Writer, context: Context, *, conversation_id: int) -> None:
    """The moment has come at which somebody was to be told; whether it still counts is found out
    now.
    """
    del context
    await ring(db, conversation_id, now=utcnow())


async def ring(db: Writer, conversation_id: int, *, now: datetime) -> None:
    """Tell what is to be told by now, each once, and set the clock for what comes next."""
    rows = await _LOCKED.rows(db, id=conversation_id)
    if not rows:
        return
    row = rows[0]
    policy = await known_policy(db, row["mailbox_id"], row["hours_key"])
    standing = standing_of(row)
    standing = replace(standing, clock=running(standing, policy, now=now))
    told = [_told(one) for one in await _TOLD.rows(db, id=conversation_id, names=list(ALARMS))]
    due, later = ringing(due_of(standing, policy), policy, told, now=now)
    due = [one for one in due if one.at > now - _STALE]
    if due:
        holder_id = row["assignee_id"]
        people = await people_of(db, row["mailbox_id"], holder_id, now=now)
        for one in due:
            await _tell(db, conversation_id, one, whom(one.alarm, people, holder_id), now=now)
    if later is not None:
        await ring_later(db, conversation_id, later)


def _told(row: Any) -> Told:
    return Told(Timer(row["timer"]), row["since"], _ALARMS[EventName(row["name"])])


async def _tell(
    db: Writer, conversation_id: int, one: Ring, people: Sequence[Someone], *, now: datetime
) -> None:
    await record(
        db,
        conversation_id,
        _EVENTS[one.alarm],
        by=SYSTEM,
        now=now,
        payload={
            "timer": str(one.deadline.timer),
            "due": one.deadline.due.isoformat(),
            "since": told_as(one).since,
            "told": [each.id for each in people],
            "names": [each.name for each in people],
        },
    )


async def people_of(
    db: Writer, mailbox_id: int, holder_id: int | None = None, *, now: datetime
) -> list[Someone]:
    """Who takes part in a mailbox, and whoever has the conversation."""
    found = await _PEOPLE.rows(db, mailbox_id=mailbox_id, holder_id=holder_id, now=now)
    return [Someone(**one) for one in found]


def whom(alarm: Alarm, people: Sequence[Someone], holder_id: int | None) -> list[Someone]:
    """Who of the mailbox is told. Pure.

    A warning is for whoever has it; where nobody does, or they are away, for those who give things
    out, else for those who lead. What is over is for who leads. Somebody who is away is told only
    where nobody else is left.
    """
    ours = [one for one in people if one.role != "guest"]
    leading = _leading(ours)
    match alarm:
        case Alarm.OWNER:
            holders = [one for one in people if one.id == holder_id]
            dispatching = [one for one in ours if one.dispatches]
            return _there(holders, dispatching, leading) or holders or ours
        case Alarm.MANAGER:
            return _there(leading, _above(ours, leading)) or leading or ours
        case Alarm.NEXT:
            return _above(ours, leading)


def _leading(ours: Sequence[Someone]) -> list[Someone]:
    named = [one for one in ours if one.is_manager]
    return named or [one for one in ours if one.role == "manager"]


def _above(ours: Sequence[Someone], leading: Sequence[Someone]) -> list[Someone]:
    named = [one for one in ours if one.is_above]
    return named or [one for one in ours if one.role == "admin" and one not in leading]


def _there(*groups: Sequence[Someone]) -> list[Someone]:
    """Of the first group in which somebody is there, those who are."""
    for group in groups:
        if found := [one for one in group if not one.is_away]:
            return found
    return []
