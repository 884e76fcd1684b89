"""By when an answer is promised, in the hours of a department and with others who wait."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.sla.calendar import Hours, always, between
from inbox.sla.expected import expected
from inbox.sla.week import read_week

ROME = ZoneInfo("Europe/Rome")
OFFICE = Hours(ROME, read_week("mo-fr 9-12:30 13:30-18"), {date(2026, 12, 8): ()})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ROME)


@pytest.mark.parametrize(
    ("since", "target", "waiting", "until"),
    [
        ("2026-11-23 10:00", 4, [], "2026-11-23 15:00"),  # the break counts for nothing
        ("2026-11-23 10:07", 2, [], "2026-11-23 12:15"),
        ("2026-11-23 17:55", 4, [], "2026-11-24 14:00"),
        ("2026-11-27 17:00", 8, [], "2026-11-30 17:00"),
        ("2026-11-28 12:00", 4, [], "2026-11-30 14:00"),  # a Saturday
        ("2026-12-07 17:00", 4, [], "2026-12-09 12:00"),  # over a holiday
        ("2026-11-23 10:00", 8, [], "2026-11-24 10:00"),
        # Half of them have waited for eight hours and a half, or more: it takes seventeen.
        ("2026-11-24 10:00", 8, ["2026-11-23 09:30", "2026-11-23 09:30", "2026-11-24 09:30"],
         "2026-11-26 11:00"),
        ("2026-11-24 10:00", 8, ["2026-11-23 09:30", "2026-11-23 09:30"], "2026-11-25 10:00"),
        ("2026-11-24 10:00", 1, ["2026-01-01 09:30"] * 9, "2026-11-25 12:00"),
    ],
)  # fmt: skip
def test_when_an_answer_comes(since: str, target: int, waiting: list[str], until: str) -> None:
    others = list(map(at, waiting))
    found = expected(OFFICE, timedelta(hours=target), others, since=at(since))
    assert found == at(until)


def test_nothing_is_said_where_nothing_is_known() -> None:
    assert expected(OFFICE, None, [], since=at("2026-11-23 10:00")) is None
    closed = Hours(ROME, read_week("mo 9-10"), {date(2026, 1, 5) + timedelta(days=7 * n): ()
                                                for n in range(200)})  # fmt: skip
    assert expected(closed, timedelta(hours=1), [], since=at("2026-11-23 10:00")) is None


@settings(max_examples=40)
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    st.integers(1, 100),
    st.lists(st.integers(0, 10_000), max_size=9),
)
def test_it_is_never_sooner_than_the_target_nor_out_of_hours(
    since: datetime, hours: int, minutes: list[int]
) -> None:
    target = timedelta(hours=hours)
    waiting = [since - timedelta(minutes=one) for one in minutes]
    for there in (OFFICE, always(ROME)):
        until = expected(there, target, waiting, since=since)
        assert until
        span = between(there, since, until)
        assert target <= span <= 10 * target + timedelta(minutes=15)
        assert between(there, until - timedelta(seconds=1), until) == timedelta(seconds=1)
