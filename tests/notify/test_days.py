"""Days as people say them: whoever is away until Friday is back on Saturday."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from inbox.notify.days import end_in_words, moment_in_full
from inbox.notify.until import until_in_words, zone_of


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (datetime(2026, 12, 4, 23, tzinfo=UTC), "Friday, 4 December 2026"),  # midnight in Rome
        (datetime(2026, 12, 4, 10, tzinfo=UTC), "Friday, 4 December 2026 11:00"),
    ],
)
def test_what_ends_with_a_day_lasts_until_that_day(end: datetime, said: str) -> None:
    assert end_in_words(end, "en", ZoneInfo("Europe/Rome")) == said


def test_japanese_has_marks_of_its_own() -> None:
    said = moment_in_full(datetime(2026, 11, 26, 9, tzinfo=UTC), "ja", UTC, "UTC")
    assert said == "2026年11月26日木曜日 09:00（UTC）"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026-11-22T11:00+01:00", "Sunday, 22 November 2026 15:15"),  # where we are
        ("2026-11-22T15:30+05:30", "Sunday, 22 November 2026, 19:45 (UTC+5:30)"),
        ("2026-11-22T02:00-08:00", "Sunday, 22 November 2026, 06:15 (UTC-8)"),
        # Many programs write so wherever they are.
        ("2026-11-22T10:00+00:00", "Sunday, 22 November 2026, 15:15 (Europe/Rome)"),
        ("2026-11-22T10:00+23:00", "Sunday, 22 November 2026, 15:15 (Europe/Rome)"),
        (None, "Sunday, 22 November 2026, 15:15 (Europe/Rome)"),
    ],
)
def test_a_customer_reads_the_time_of_their_own_clock(written: str | None, said: str) -> None:
    rome = ZoneInfo("Europe/Rome")
    zone = zone_of(datetime.fromisoformat(written) if written else None, rome)
    until = datetime(2026, 11, 22, 14, 15, tzinfo=UTC)
    assert until_in_words(until, "en", zone, rome) == said
