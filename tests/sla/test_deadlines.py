"""What is due when, and whom it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from inbox.sla.calendar import always
from inbox.sla.deadlines import (
    Alarm,
    Clock,
    Deadline,
    Targets,
    Timer,
    deadlines,
    go_on,
    pause,
    rings,
)
from tests.sla.test_calendar import BERLIN, OFFICE, at

HOUR = timedelta(hours=1)
TARGETS = Targets(first_answer=2 * HOUR, next_answer=4 * HOUR, solution=16 * HOUR)
FRIDAY = at("2026-11-20 17:00")


def due(clock: Clock) -> dict[Timer, str]:
    return {
        one.timer: one.due.astimezone(BERLIN).strftime("%a %H:%M")
        for one in deadlines(clock, TARGETS, OFFICE)
    }


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        (Clock(), {}),
        (Clock(waiting_since=FRIDAY), {Timer.FIRST_ANSWER: "Mon 10:00"}),
        (Clock(waiting_since=FRIDAY, is_answered=True), {Timer.NEXT_ANSWER: "Mon 12:00"}),
        # What was promised counts by the calendar, and instead of the target.
        (
            Clock(waiting_since=FRIDAY, promised_until=at("2026-11-22 12:00")),
            {Timer.PROMISE: "Sun 12:00"},
        ),
        # Promised, though the customer waits for no answer.
        (Clock(promised_until=at("2026-11-22 12:00")), {Timer.PROMISE: "Sun 12:00"}),
        (Clock(working_since=FRIDAY), {Timer.SOLUTION: "Tue 17:00"}),
        (Clock(working_since=FRIDAY, worked=15 * HOUR), {Timer.SOLUTION: "Fri 18:00"}),
        # It took longer before than there was time: due at once.
        (Clock(working_since=FRIDAY, worked=99 * HOUR), {Timer.SOLUTION: "Fri 17:00"}),
    ],
    ids=str,
)
def test_what_is_due(clock: Clock, expected: dict[Timer, str]) -> None:
    assert due(clock) == expected


def test_a_department_without_targets_is_never_late() -> None:
    none = Targets(first_answer=None, next_answer=None)
    assert deadlines(Clock(waiting_since=FRIDAY, working_since=FRIDAY), none, OFFICE) == []


def test_the_clock_of_the_solution_stands_still_while_the_customer_is_waited_for() -> None:
    clock = go_on(Clock(), now=at("2026-11-20 09:00"))
    assert go_on(clock, now=at("2026-11-20 10:00")) == clock
    clock = pause(clock, OFFICE, now=at("2026-11-20 13:00"))
    assert (clock.working_since, clock.worked) == (None, 3.5 * HOUR)
    assert pause(clock, OFFICE, now=at("2026-11-20 17:00")) == clock
    assert due(clock) == {}
    clock = go_on(clock, now=at("2026-11-23 09:00"))
    # Eight hours on Monday, and four and a half on Tuesday.
    assert due(clock) == {Timer.SOLUTION: "Tue 14:30"}


def test_the_owner_is_warned_then_the_manager_told_then_whoever_stands_above() -> None:
    (first,) = deadlines(Clock(waiting_since=FRIDAY), TARGETS, OFFICE)
    told = [(one.alarm, one.at) for one in rings(first, OFFICE)]
    assert told == [
        (Alarm.OWNER, at("2026-11-23 09:30")),
        (Alarm.MANAGER, at("2026-11-23 10:00")),
        (Alarm.NEXT, at("2026-11-23 10:30")),
    ]


def test_what_was_promised_for_a_sunday_is_told_of_on_that_sunday() -> None:
    """A promise counts by the calendar; whoever stands above hears of it when they are there."""
    sunday = at("2026-11-22 12:00")
    (first,) = deadlines(Clock(waiting_since=FRIDAY, promised_until=sunday), TARGETS, OFFICE)
    told = {one.alarm: one.at for one in rings(first, OFFICE)}
    assert told[Alarm.MANAGER] == sunday
    assert told[Alarm.OWNER] == at("2026-11-20 17:45")
    assert told[Alarm.NEXT] == at("2026-11-23 09:15")


def test_nobody_is_warned_of_what_was_late_from_the_beginning() -> None:
    late = Deadline(FRIDAY, Timer.SOLUTION, FRIDAY)
    assert [one.alarm for one in rings(late, OFFICE)] == [Alarm.MANAGER, Alarm.NEXT]
    day_and_night = always(BERLIN)
    assert {one.at for one in rings(late, day_and_night)} == {FRIDAY}
    assert replace(late, due=FRIDAY + HOUR) > late
