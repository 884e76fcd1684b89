"""What is kept of a conversation: its days and its target, counted in the hours of the mailbox."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from inbox.model.marks import Urgency
from inbox.reports.first_answers import first_answer
from inbox.sla.policy import read_policy

POLICY = read_policy(
    time_zone="UTC",
    hours="mo-fr 9-17",
    own_days="",
    targets="first 4h; urgent: first 30m; low: first none",
    holidays={"2026-11-04": "A holiday"},
)
TUESDAY = datetime(2026, 11, 3, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("urgency", "due"),
    [
        (Urgency.NORMAL, datetime(2026, 11, 5, 12, tzinfo=UTC)),  # the holiday does not count
        (Urgency.URGENT, TUESDAY + timedelta(minutes=30)),
        (Urgency.LOW, None),
    ],
)
def test_the_target_is_that_of_the_priority(urgency: Urgency, due: datetime | None) -> None:
    assert kept(TUESDAY, None, urgency)["due_at"] == due


@pytest.mark.parametrize(
    ("asked", "working_day", "answered", "seconds"),
    [
        (TUESDAY, 3, TUESDAY + timedelta(minutes=10), 600),
        (TUESDAY, 3, TUESDAY + timedelta(days=2), 8 * 3600),
        (TUESDAY.replace(hour=17), 5, TUESDAY.replace(hour=20), 0),  # after hours, and at night
        (TUESDAY.replace(hour=8), 3, None, None),
    ],
)
def test_days_and_time_are_those_of_the_hours(
    asked: datetime, working_day: int, answered: datetime | None, seconds: int | None
) -> None:
    row = kept(asked, answered)
    assert row["working_day"] == date(2026, 11, working_day)
    assert (row["day"], row["seconds"]) == (asked.date(), seconds)
    assert row["answered_day"] == (answered and answered.date())


def kept(
    asked: datetime, answered: datetime | None, urgency: Urgency = Urgency.NORMAL
) -> dict[str, object]:
    about = {"id": 1, "mailbox_id": 1, "agent_id": 0, "priority": urgency.value}
    return first_answer(POLICY, {**about, "asked_at": asked, "answered_at": answered})
