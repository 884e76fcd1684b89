"""Where a conversation stands → what of it is due, and who is told when. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from inbox.model.conversation import Status
from inbox.sla.deadlines import (
    Alarm,
    Clock,
    Deadline,
    Ring,
    Timer,
    deadlines,
    go_on,
    pause,
    rings,
)
from inbox.sla.policy import Policy

_ENDED: Final = frozenset({Status.CLOSED, Status.SPAM})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What of a conversation its deadlines hang on."""

    status: Status
    priority: int
    clock: Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is due of a conversation; nothing where all of it is None."""

    due_at: datetime | None = None
    due: Timer | None = None
    working_since: datetime | None = None
    worked: timedelta = timedelta()
    rings: tuple[datetime, ...] = ()  # when somebody is to be told, the first first; all of it


def plan(standing: Standing, policy: Policy, *, now: datetime) -> Plan:
    """What is due from `now` on, with the clock of the solution brought up to it."""
    clock = running(standing, policy, now=now)
    found = due_of(replace(standing, clock=clock), policy)
    told = sorted(ring.at for deadline in found for ring in rings(deadline, policy.hours))
    return Plan(
        due_at=found[0].due if found else None,
        due=found[0].timer if found else None,
        working_since=clock.working_since,
        worked=timedelta(seconds=int(clock.worked.total_seconds())),
        rings=tuple(told),
    )


def running(standing: Standing, policy: Policy, *, now: datetime) -> Clock:
    """The clock of the solution runs while it is our turn, also where we have put it off."""
    if standing.status in (Status.OPEN, Status.SNOOZED):
        return go_on(standing.clock, now=now)
    return pause(standing.clock, policy.hours, now=now)


def due_of(standing: Standing, policy: Policy) -> list[Deadline]:
    """All that is due of it, the soonest first; of what has ended nothing is."""
    if standing.status in _ENDED:
        return []
    return deadlines(standing.clock, policy.of(standing.priority), policy.hours)


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """That somebody was told of a deadline: the same is never told twice."""

    timer: Timer
    since: str  # what tells this deadline from the next of its kind
    alarm: Alarm


def told_as(ring: Ring) -> Told:
    """As what a ring is remembered.

    An answer is due since a mail came, whatever the targets become; a promise is another with
    another date. For a solution there is one clock, which pauses and goes on.
    """
    since = {Timer.PROMISE: str(ring.deadline.due), Timer.SOLUTION: ""}
    timer = ring.deadline.timer
    return Told(timer, since.get(timer, str(ring.deadline.since)), ring.alarm)


def ringing(
    found: Iterable[Deadline], policy: Policy, told: Iterable[Told], *, now: datetime
) -> tuple[list[Ring], datetime | None]:
    """What is to be told now, and when the next is. Who could only be told late of what is over
    already is not warned of it any more.
    """
    known = set(told)
    waiting = [
        ring
        for deadline in found
        for ring in rings(deadline, policy.hours)
        if told_as(ring) not in known
    ]
    now_due = [
        ring
        for ring in waiting
        if ring.at <= now and not (ring.alarm is Alarm.OWNER and ring.deadline.due <= now)
    ]
    return sorted(now_due), min((ring.at for ring in waiting if ring.at > now), default=None)
