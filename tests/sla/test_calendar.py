"""Business hours: held against clocks that tick minute by minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from inbox.sla.calendar import (
    WHOLE_DAY,
    Day,
    Hours,
    NeverOpen,
    Span,
    after,
    always,
    between,
    closes,
    is_open,
    next_open,
)

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)
# Where clocks change at midnight, by half an hour, or not at all, and one that has left out a day.
ZONES = ("Europe/Berlin", "Africa/Cairo", "Australia/Lord_Howe", "Asia/Tokyo", "Pacific/Apia")


def hours_of(*words: str, zone: ZoneInfo = BERLIN, days: dict[date, Day] | None = None) -> Hours:
    """A week in which each working day is the same: "9:00-12:30"."""
    day = tuple(Span(*(minute(part) for part in one.split("-"))) for one in words)
    return Hours(zone, (day,) * 5 + ((), ()), days or {})


def minute(word: str) -> int:
    hour, _, rest = word.partition(":")
    return int(hour) * 60 + int(rest)


def at(word: str, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.fromisoformat(word).replace(tzinfo=zone)


OFFICE = hours_of("9:00-12:30", "13:30-18:00")


@pytest.mark.parametrize(
    ("since", "hours", "due"),
    [
        ("2026-11-20 10:00", 2, "2026-11-20 12:00"),
        ("2026-11-20 12:00", 1, "2026-11-20 14:00"),  # over the break
        ("2026-11-20 12:45", 0, "2026-11-20 13:30"),
        ("2026-11-20 11:00", 6, "2026-11-20 18:00"),  # the end of the day belongs to it
        ("2026-11-20 17:00", 2, "2026-11-23 10:00"),  # over the weekend
        ("2026-11-21 03:00", 8, "2026-11-23 18:00"),
        ("2026-11-23 09:00", 40, "2026-11-27 18:00"),
    ],
)
def test_when_something_is_due(since: str, hours: int, due: str) -> None:
    assert after(OFFICE, at(since), timedelta(hours=hours)) == at(due)


def test_days_of_their_own() -> None:
    eve, day = date(2026, 12, 24), date(2026, 12, 25)
    hours = hours_of("9:00-18:00", days={eve: (Span(540, 720),), day: ()})
    assert after(hours, at("2026-12-24 11:00"), timedelta(hours=2)) == at("2026-12-28 10:00")
    assert not is_open(hours, at("2026-12-24 12:00"))
    assert next_open(hours, at("2026-12-24 12:00")) == at("2026-12-28 09:00")


def test_day_and_night_is_as_long_as_the_clocks_say() -> None:
    """24 hours are 24 hours, also over a night that has 23 or 25."""
    there = always(BERLIN)
    for since in ("2026-03-28 20:00", "2026-10-24 20:00"):
        instant = at(since).astimezone(UTC)
        assert after(there, instant, timedelta(hours=24)) == instant + timedelta(hours=24)
    assert between(there, at("2026-03-29 00:00"), at("2026-03-30 00:00")) == timedelta(hours=23)
    assert between(there, at("2026-10-25 00:00"), at("2026-10-26 00:00")) == timedelta(hours=25)


def test_hours_that_the_clock_skips_or_shows_twice() -> None:
    night = Hours(BERLIN, ((Span(90, 210),),) * 7)
    spring, autumn = at("2026-03-29 00:00"), at("2026-10-25 00:00")
    assert between(night, spring, spring + timedelta(hours=12)) == timedelta(hours=1)
    assert between(night, autumn, autumn + timedelta(hours=12)) == timedelta(hours=3)


def test_who_is_never_there() -> None:
    closed: dict[date, Day] = {date(2026, 1, 1) + timedelta(days=n): () for n in range(3000)}
    with pytest.raises(NeverOpen):
        next_open(hours_of("9:00-18:00", days=closed), at("2026-11-20 10:00"))
    with pytest.raises(NeverOpen):
        after(always(BERLIN), at("9989-12-30 10:00"), timedelta(days=30))


@pytest.mark.parametrize(
    "week",
    [((),) * 7, (WHOLE_DAY,) * 6, ((Span(60, 120), Span(90, 180)),) * 7],
    ids=["closed", "six days", "overlap"],
)
def test_what_is_no_week(week: tuple[Day, ...]) -> None:
    with pytest.raises(ValueError, match=r"week|overlap"):
        Hours(BERLIN, week)


def test_what_is_no_part_of_a_day() -> None:
    for start, end in ((60, 60), (-1, 60), (60, 1441), (120, 60)):
        with pytest.raises(ValueError, match="part of a day"):
            Span(start, end)
    with pytest.raises(ValueError, match="backwards"):
        after(OFFICE, at("2026-11-20 10:00"), -MINUTE)


# Around changes of the clocks, most of all.
CHANGES = (
    datetime(2026, 3, 29, tzinfo=UTC),
    datetime(2026, 10, 25, tzinfo=UTC),
    datetime(2026, 4, 23, 22, tzinfo=UTC),
    datetime(2026, 4, 4, 15, tzinfo=UTC),
    datetime(2011, 12, 30, 10, tzinfo=UTC),
)


@st.composite
def instants(draw: st.DrawFn) -> datetime:
    return draw(st.sampled_from(CHANGES)) + draw(st.integers(-3 * 1440, 3 * 1440)) * MINUTE


@st.composite
def a_day(draw: st.DrawFn) -> Day:
    """Parts of a day in quarters of an hour, with pauses between; none: closed."""
    edges = sorted(draw(st.sets(st.integers(0, 96), max_size=6)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return tuple(Span(start * 15, end * 15) for start, end in pairs)


weeks = st.tuples(*[a_day()] * 7).filter(any)


def shows(hours: Hours, instant: datetime) -> bool:
    """What whoever stands at the door and looks at the clock would say."""
    wall = instant.astimezone(hours.zone)
    minute = wall.hour * 60 + wall.minute
    return any(one.start <= minute < one.end for one in hours.of(wall.date()))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(ZONES), weeks, instants(), st.integers(0, 1800))
def test_a_clock_that_ticks_says_the_same(
    zone: str, week: tuple[Day, ...], since: datetime, minutes: int
) -> None:
    hours = Hours(ZoneInfo(zone), week)
    assert is_open(hours, since) == shows(hours, since)
    ticked = sum(shows(hours, since + n * MINUTE) for n in range(minutes))
    until = since + minutes * MINUTE
    assert between(hours, since, until) == ticked * MINUTE
    assume(ticked)
    # By then as much has passed, and a minute before it had not.
    due = after(hours, since, ticked * MINUTE)
    assert due <= until
    assert between(hours, since, due) == ticked * MINUTE
    assert between(hours, since, due - MINUTE) == (ticked - 1) * MINUTE


def test_when_a_day_ends() -> None:
    """Breaks end no day; after the end of one comes that of the next on which somebody is there."""
    assert closes(OFFICE, at("2026-11-20 09:00")) == at("2026-11-20 18:00")
    assert closes(OFFICE, at("2026-11-20 17:59")) == at("2026-11-20 18:00")
    assert closes(OFFICE, at("2026-11-20 18:00")) == at("2026-11-23 18:00")
    assert closes(always(BERLIN), at("2026-11-21 12:00")) == at("2026-11-22 00:00")


@pytest.mark.parametrize("since", ["2026-11-23 09:00", "9985-01-01 09:00"])
def test_who_is_there_for_a_minute_a_week_never_gets_it_done(since: str) -> None:
    hours = Hours(BERLIN, ((Span(0, 1),), *((),) * 6))
    with pytest.raises(NeverOpen):
        after(hours, at(since), timedelta(hours=1000))
