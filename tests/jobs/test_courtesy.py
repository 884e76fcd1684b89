"""Receiving goes first, but never for ever."""

from __future__ import annotations

import pytest

from inbox.jobs.courtesy import Courtesy

SHOWER = 40  # mails since the last ring


def rested(longest: float) -> Courtesy:
    """Of a worker that has worked for long when the clock says 0."""
    courtesy = Courtesy(longest)
    courtesy.wait(-100.0)
    courtesy.wait(0.0)
    return courtesy


def test_who_has_just_begun_works_first() -> None:
    courtesy = Courtesy(10.0)

    courtesy.hear(SHOWER, 1.0)

    assert courtesy.wait(1.0) == 0


def test_without_mail_nobody_stands_back() -> None:
    assert rested(10.0).wait(1.0) == 0


@pytest.mark.parametrize(("mails", "stands_back"), [(0, False), (2, False), (3, True), (99, True)])
def test_it_takes_many_mails_at_once(mails: int, stands_back: bool) -> None:
    courtesy = rested(10.0)

    courtesy.hear(mails, 1.0)

    assert (courtesy.wait(1.0) > 0) is stands_back


def test_work_goes_on_soon_after_the_last_of_them() -> None:
    courtesy = rested(10.0)

    courtesy.hear(SHOWER, 1.0)

    assert courtesy.wait(1.0 + 0.19) > 0
    assert courtesy.wait(1.0 + 0.21) == 0


def test_who_may_not_stand_back_works_through_every_shower() -> None:
    courtesy = rested(0.0)

    courtesy.hear(SHOWER, 1.0)

    assert courtesy.wait(1.0) == 0


def test_a_short_shower_is_waited_for() -> None:
    worked, stood_back = _in_a_shower_of(8.0)

    assert worked == 0
    assert stood_back == pytest.approx(8.0, abs=0.3)


def test_in_a_flood_at_least_half_of_the_time_goes_to_work() -> None:
    worked, stood_back = _in_a_shower_of(120.0)

    assert stood_back == pytest.approx(65.0, abs=1.0)  # ten seconds, and half of the rest
    assert worked == pytest.approx(55.0, abs=1.0)


def test_showers_with_short_lulls_are_a_flood() -> None:
    courtesy = rested(10.0)
    worked = stood_back = 0.0
    now = 0.0
    while now < 120:
        if now % 9 < 8.5:
            courtesy.hear(SHOWER, now)
        wait = courtesy.wait(now)
        worked, stood_back = (worked, stood_back + wait) if wait else (worked + 0.05, stood_back)
        now += wait or 0.05
    assert worked > 50


def _in_a_shower_of(seconds: float) -> tuple[float, float]:
    courtesy = rested(10.0)
    worked = stood_back = now = 0.0
    while now < seconds:
        courtesy.hear(SHOWER, now)
        wait = courtesy.wait(now)
        if wait:
            stood_back += wait
        else:
            worked += 0.05
        now += wait or 0.05
    return worked, stood_back
