"""Targets in words, as somebody types them, and back; and the policy that they are a part of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from inbox.model.marks import Urgency
from inbox.sla.calendar import Span
from inbox.sla.deadlines import Targets
from inbox.sla.policy import read_policy
from inbox.sla.targets import (
    read_targets,
    targets_in_cells,
    targets_in_words,
    targets_of_cells,
)

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", ""),
        ("first 24h next 24", ""),
        ("FIRST 4h, next=8h  solution 40h", "first 4h next 8h solution 40h"),
        ("urgent: first 30m; first 4h", "first 4h; urgent: first 30m"),
        ("first 90m; high: first 90m", "first 1h30m"),
        ("next none; low: first none next 48h", "next none; low: first none next 48h"),
    ],
)
def test_targets(typed: str, shown: str) -> None:
    found = read_targets(typed)
    assert targets_in_words(found) == shown
    assert read_targets(shown) == found


def test_a_table_of_them_says_the_same() -> None:
    found = read_targets("first 4h solution 40h; urgent: first 30m solution none; low: next 48h")
    cells = targets_in_cells(found)
    assert cells == {
        Urgency.NORMAL: ["4h", "", "40h"],
        Urgency.URGENT: ["30m", "", "none"],
        Urgency.HIGH: ["", "", ""],
        Urgency.LOW: ["", "48h", ""],
    }
    typed = [cell for row in cells.values() for cell in row]
    assert read_targets(targets_of_cells(typed)) == found
    assert targets_of_cells([" 1 h 30 m ", *[""] * 11]) == "first 1h30m"
    assert targets_of_cells([""] * 12) == ""
    for wrong in (["4h"] * 11, ["4h"] * 13, []):
        with pytest.raises(ValueError, match=r"."):
            targets_of_cells(wrong)
    for cell in ("4h; high: first 1h", "4h next 1h", "4d"):
        with pytest.raises(ValueError, match=r"."):
            read_targets(targets_of_cells([cell, *["1h"] * 11]))


def test_what_is_of_one_priority_stands_on_what_is_of_all() -> None:
    found = read_targets("first 4h; urgent: next 1h")
    assert found[Urgency.URGENT] == Targets(first_answer=4 * HOUR, next_answer=HOUR)
    assert found[Urgency.LOW] == Targets(first_answer=4 * HOUR)


@pytest.mark.parametrize(
    "typed",
    [
        *("first", "4h", "first 4d", "first 0h", "first 4h first 5h", "soon 4h", "first 1001h"),
        *("hot: first 1h", "urgent:", "first 1h; next 1h", "first -4h", "x" * 1001),
    ],
)
def test_what_are_no_targets(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_targets(typed)


def test_a_holiday_is_closed_unless_the_department_says_otherwise() -> None:
    holidays = {"2026-12-24": "Heiligabend", "2026-12-25": "Weihnachten"}
    said = {"time_zone": "Europe/Berlin", "own_days": "2026-12-24 9-12", "targets": ""}
    office = read_policy(hours="mo-fr 9-18", holidays=holidays, **said)
    assert office.hours.of(date(2026, 12, 24)) == (Span(540, 720),)
    assert office.hours.of(date(2026, 12, 25)) == ()
    night_and_day = read_policy(hours="", holidays=holidays, **said)
    assert night_and_day.hours.of(date(2026, 12, 25)) == (Span(0, 1440),)
    assert night_and_day.is_always
