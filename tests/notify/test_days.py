"""Days as people say them: whoever is away until Friday is back on Saturday."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from inbox.notify.days import end_in_words, moment_in_full


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
    said = moment_in_full(datetime(2026, 11, 26, 9, tzinfo=UTC), "ja", ZoneInfo("UTC"))
    assert said == "2026年11月26日木曜日 09:00（UTC）"
