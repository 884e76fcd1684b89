"""How a search goes back in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from inbox.search.back import Step, first, further

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
FLOOR = datetime(2026, 9, 20, tzinfo=UTC)


def steps(found_a_day: float, floor: datetime | None = None) -> list[Step]:
    all_of_them = [first(NOW, floor)]
    while step := further(all_of_them[-1], round(found_a_day * all_of_them[-1].days), floor):
        all_of_them.append(step)
    return all_of_them


def test_steps_touch_and_the_last_is_all_the_rest() -> None:
    for found in (0, 1):
        walked = steps(found)
        assert [one.end for one in walked[1:]] == [one.begin for one in walked[:-1]]
        assert walked[-1].begin is None
        assert walked[-1].tokens == ""


def test_of_a_word_that_stands_everywhere_it_asks_for_little_at_once() -> None:
    step, taken = first(NOW, None), 0
    for _ in range(10):
        following = further(step, 20_000 * step.days, None)
        assert following is not None
        step, taken = following, taken + 1
    assert step.days <= 1


def test_of_a_rare_word_it_asks_for_years() -> None:
    assert len(steps(0)) <= 4


def test_it_goes_no_further_than_is_asked() -> None:
    walked = steps(0, FLOOR)
    assert walked[-1].begin == FLOOR
    assert first(NOW, NOW - timedelta(hours=1)).begin == NOW - timedelta(hours=1)


def test_days_and_months_of_a_step_are_named() -> None:
    step = Step(datetime(2026, 9, 29, tzinfo=UTC), datetime(2026, 11, 2, 8, tzinfo=UTC))
    assert step.tokens == "'#d20260929' | '#d20260930' | '#m202610' | '#d20261101' | '#d20261102'"


def test_it_asks_for_no_more_than_is_likely_to_fill_a_page() -> None:
    step = Step(NOW - timedelta(days=20), NOW)
    following = [further(step, 100, None, enough=enough) for enough in (1, 300, 9_999)]
    days = [one.days for one in following if one]
    assert days == sorted(days)
    assert days[0] <= 41 < days[1] < days[2]


def test_it_asks_for_no_more_than_there_is_time_for() -> None:
    """Of a phrase the index gives all messages with its words: little is found, and much read."""
    step = Step(NOW - timedelta(days=20), NOW)
    following = [further(step, 5, None, room=room) for room in (-1.0, 0.5, 3.0, 99.0)]
    days = [one.days for one in following if one]
    assert days[0] == days[1] <= 21
    assert 3 * days[0] <= days[2] + 31 < days[3]


def test_what_stands_nowhere_is_looked_for_everywhere_if_there_is_time() -> None:
    step = Step(NOW - timedelta(days=90), NOW)
    slow, quick = further(step, 0, None, room=-1.0), further(step, 0, None)
    assert slow is not None
    assert slow.days >= 2 * step.days  # 0 would be all
    assert quick == Step(None, NOW - timedelta(days=90))
