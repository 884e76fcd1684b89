"""When somebody is told: quiet hours over midnight, and the days on which the clock jumps."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from inbox.model.notices import Rhythm, after_quiet, next_digest, read_clock, read_quiet

ROME = ZoneInfo("Europe/Rome")
NIGHT = "22:00-07:00"


def at(said: str) -> datetime:
    """A moment, in UTC."""
    return datetime.fromisoformat(said).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("quiet", "now", "told"),
    [
        ("", "2025-03-03 23:00", "2025-03-03 23:00"),
        (NIGHT, "2025-03-03 20:59", "2025-03-03 20:59"),  # 21:59 in Rome
        (NIGHT, "2025-03-03 21:00", "2025-03-04 06:00"),
        (NIGHT, "2025-03-03 23:30", "2025-03-04 06:00"),  # past midnight
        (NIGHT, "2025-03-04 05:59", "2025-03-04 06:00"),
        (NIGHT, "2025-03-04 06:00", "2025-03-04 06:00"),
        ("12:00-13:30", "2025-03-03 11:30", "2025-03-03 12:30"),
        ("12:00-13:30", "2025-03-03 12:30", "2025-03-03 12:30"),
        # The night in which summer begins is an hour shorter, the one in which it ends longer.
        (NIGHT, "2025-03-29 23:00", "2025-03-30 05:00"),
        (NIGHT, "2025-10-25 22:00", "2025-10-26 06:00"),
        # 02:30 does not exist then: half past three is the same moment.
        ("22:00-02:30", "2025-03-30 00:30", "2025-03-30 01:30"),
        # 02:30 comes twice: at 02:10 the first time, and at 02:10 the second.
        ("22:00-02:30", "2025-10-26 00:10", "2025-10-26 00:30"),
        ("22:00-02:30", "2025-10-26 01:10", "2025-10-26 01:30"),
    ],
)
def test_what_falls_into_quiet_hours_waits_until_they_end(quiet: str, now: str, told: str) -> None:
    assert after_quiet(at(now), read_quiet(quiet), ROME) == at(told)


@pytest.mark.parametrize(
    ("rhythm", "now", "comes"),
    [
        (Rhythm.HOURLY, "2025-03-03 09:12", "2025-03-03 10:00"),
        (Rhythm.HOURLY, "2025-03-03 10:00", "2025-03-03 11:00"),
        (Rhythm.HOURLY, "2025-03-30 00:59", "2025-03-30 01:00"),
        (Rhythm.HOURLY, "2025-10-26 00:30", "2025-10-26 01:00"),
        (Rhythm.HOURLY, "2025-10-26 01:30", "2025-10-26 02:00"),
        (Rhythm.DAILY, "2025-03-03 06:59", "2025-03-03 07:00"),
        (Rhythm.DAILY, "2025-03-03 07:00", "2025-03-04 07:00"),
        (Rhythm.DAILY, "2025-03-29 07:00", "2025-03-30 06:00"),
        (Rhythm.DAILY, "2025-10-25 06:00", "2025-10-26 07:00"),
    ],
)
def test_when_the_next_digest_comes(rhythm: Rhythm, now: str, comes: str) -> None:
    assert next_digest(at(now), rhythm, time(8), ROME) == at(comes)


def test_half_hours_of_a_time_zone_count() -> None:
    india = ZoneInfo("Asia/Kolkata")
    assert next_digest(at("2025-03-03 09:12"), Rhythm.HOURLY, time(8), india) == at(
        "2025-03-03 09:30"
    )
    assert next_digest(at("2025-03-03 09:12"), Rhythm.OFF, time(8), india) is None


@pytest.mark.parametrize("value", ["22:00", "22:00-22:00", "25:00-07:00", "22-7", "22:00-07:60"])
def test_hours_that_are_none(value: str) -> None:
    with pytest.raises(ValueError, match=r"^" + value + "$"):
        read_quiet(value)


def test_hours_are_said_as_they_are_read() -> None:
    assert str(read_quiet("9:00 – 17:30")) == "09:00-17:30"
    assert read_quiet("off") is None
    assert read_clock("8:05") == time(8, 5)


def test_a_digest_comes_once_in_a_night_whose_hour_comes_twice() -> None:
    first = next_digest(at("2025-10-25 20:00"), Rhythm.DAILY, time(2, 30), ROME)
    assert first == at("2025-10-26 00:30")
    assert next_digest(first, Rhythm.DAILY, time(2, 30), ROME) == at("2025-10-27 01:30")


def test_lists_that_come_all_day_long_come_as_often_as_somebody_wants() -> None:
    nine = at("2025-03-03 09:00")
    moments = [nine]
    for _ in range(3):
        moments.append(next_digest(moments[-1], Rhythm.HOURLY, time(8), ROME, 90) or nine)
    assert [after - before for before, after in pairwise(moments[1:])] == [
        timedelta(minutes=90)
    ] * 2
    assert timedelta(0) < moments[1] - nine <= timedelta(minutes=90)
