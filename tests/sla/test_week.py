"""Hours in words, as somebody types them, and back."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.sla.calendar import Day, Span
from inbox.sla.week import (
    day_in_words,
    days_in_words,
    read_day,
    read_days,
    read_week,
    week_in_words,
)
from tests.sla.test_calendar import a_day, weeks


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("mo-fr 9-18", "mo-fr 9:00-18:00"),
        (
            "Mo-Th 9:00-12:30 13:30-18:00; fr 9–15\nsa 10-14",
            "mo-th 9:00-12:30 13:30-18:00, fr 9:00-15:00, sa 10:00-14:00",
        ),
        ("mo-su 0-24", "mo-su 0:00-24:00"),
        ("we 13-18 8-12, mo 9-10", "mo 9:00-10:00, we 8:00-12:00 13:00-18:00"),
        ("mo-we 9-18, th closed, fr 9-18", "mo-we 9:00-18:00, fr 9:00-18:00"),
    ],
)
def test_a_week(typed: str, shown: str) -> None:
    assert week_in_words(read_week(typed)) == shown


@pytest.mark.parametrize(
    "typed",
    [
        *("", "9-18", "mo", "mo 9", "mo 18-9", "mo 9-25", "mo 9:60-12", "mo 9-12 11-14", "xx 9-12"),
        *("mo-fr 9-18, fr 9-12", "fr-mo 9-12", "mo 9-12 and so on", "mo closed", "montag 9-12"),
    ],
)
def test_what_is_no_week(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_week(typed)


def test_days_of_their_own() -> None:
    found = read_days("2026-12-31 closed, 2026-12-24 9-12")
    assert found == {date(2026, 12, 31): (), date(2026, 12, 24): (Span(540, 720),)}
    assert days_in_words(found) == "2026-12-24 9:00-12:00, 2026-12-31 closed"
    for wrong in (
        "2026-02-30 closed",
        "2026-12-24",
        "12-24 closed",
        "2026-12-24 9-12,2026-12-24 -",
    ):
        with pytest.raises(ValueError, match=r"."):
            read_days(wrong)


@given(weeks)
def test_what_is_shown_can_be_read(week: tuple[Day, ...]) -> None:
    assert read_week(week_in_words(week)) == week


@given(a_day())
def test_a_day_that_is_shown_can_be_read(day: Day) -> None:
    assert read_day(day_in_words(day)) == day


@given(st.text(alphabet="mo-tufr 0123456789:,;x–\n", max_size=40))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    with suppress(ValueError):
        assert any(read_week(typed))
    with suppress(ValueError):
        read_days(typed)
