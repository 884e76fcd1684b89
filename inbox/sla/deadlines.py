"""By when a conversation needs what: answers, a solution, what was promised. Pure.

A customer's mail starts the clock of the answer; our answer ends it. The clock of the solution runs
from the first mail on, and stands still while we wait for the customer. Both count in the hours of
the department; what was promised is a date, whatever the hours are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from inbox.sla.calendar import Hours, NeverOpen, after, between


class Timer(StrEnum):
    """What is due."""

    FIRST_ANSWER = "first_answer"
    NEXT_ANSWER = "next_answer"
    SOLUTION = "solution"
    PROMISE = "promise"


class Alarm(StrEnum):
    """Who is told about it, in the order in which they are."""

    OWNER = "owner"  # whoever has it, while there is still time
    MANAGER = "manager"  # at once when it is over
    NEXT = "next"  # whoever stands above, when it is over for long


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """In how much of its open time a department does what; None: whenever it is done."""

    first_answer: timedelta | None = timedelta(hours=24)
    next_answer: timedelta | None = timedelta(hours=24)
    solution: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What the deadlines of a conversation hang on; nothing runs where all of it is None."""

    waiting_since: datetime | None = None  # of the customer's oldest mail that has no answer
    is_answered: bool = False  # somebody of ours has answered in it before
    promised_until: datetime | None = None
    working_since: datetime | None = None  # since it is our turn to solve it; None: a pause
    worked: timedelta = timedelta()  # open time before that


@dataclass(frozen=True, slots=True, order=True)
class Deadline:
    """When something is due, and since when its clock has run."""

    due: datetime
    timer: Timer
    since: datetime


@dataclass(frozen=True, slots=True, order=True)
class Ring:
    """At what instant who is to be told."""

    at: datetime
    alarm: Alarm
    deadline: Deadline


# A warning comes when a quarter of the time is left, and nobody stands above before so much again.
_LEFT: Final = 4
# Nobody waits for what was promised, so nothing says since when: it counts from a day before.
_BEFORE_PROMISE: Final = timedelta(days=1)


def deadlines(clock: Clock, targets: Targets, hours: Hours) -> list[Deadline]:
    """What is due, the soonest first; what never can be, for want of open hours, is not there."""
    return sorted(_deadlines(clock, targets, hours))


def pause(clock: Clock, hours: Hours, *, now: datetime) -> Clock:
    """The clock of the solution stands still: what has passed in open hours is kept."""
    if clock.working_since is None:
        return clock
    worked = clock.worked + between(hours, clock.working_since, now)
    return replace(clock, working_since=None, worked=worked)


def go_on(clock: Clock, *, now: datetime) -> Clock:
    """It runs again; one that runs is left as it is."""
    return clock if clock.working_since is not None else replace(clock, working_since=now)


def rings(deadline: Deadline, hours: Hours) -> list[Ring]:
    """Whom to tell of a deadline, and when: in open hours, but for the moment that it is over."""
    span = between(hours, deadline.since, deadline.due)
    quarter = span / _LEFT
    found = [Ring(deadline.due, Alarm.MANAGER, deadline)]
    try:
        if quarter:
            warn = after(hours, deadline.since, span - quarter)
            found.append(Ring(warn, Alarm.OWNER, deadline))
        found.append(Ring(after(hours, deadline.due, quarter), Alarm.NEXT, deadline))
    except NeverOpen:  # nobody is there any more to be told
        return sorted(found)
    return sorted(found)


def _deadlines(clock: Clock, targets: Targets, hours: Hours) -> Iterator[Deadline]:
    if clock.promised_until is not None:
        since = clock.waiting_since or clock.promised_until - _BEFORE_PROMISE
        yield Deadline(clock.promised_until, Timer.PROMISE, min(since, clock.promised_until))
    elif clock.waiting_since is not None:
        # What was promised takes the target's place: it is what the customer expects.
        timer = Timer.NEXT_ANSWER if clock.is_answered else Timer.FIRST_ANSWER
        target = targets.next_answer if clock.is_answered else targets.first_answer
        yield from _due(timer, clock.waiting_since, target, hours)
    if clock.working_since is not None and targets.solution is not None:
        left = max(timedelta(), targets.solution - clock.worked)
        yield from _due(Timer.SOLUTION, clock.working_since, left, hours)


def _due(
    timer: Timer, since: datetime, amount: timedelta | None, hours: Hours
) -> Iterator[Deadline]:
    if amount is None:
        return
    try:
        yield Deadline(after(hours, since, amount), timer, since)
    except NeverOpen:
        return
