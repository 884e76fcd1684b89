"""Which days somebody means who looks back."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from inbox.search.past import days

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "language", "first", "end"),
    [
        ("2026", "en", "2026-01-01", "2027-01-01"),
        ("2026-10", "en", "2026-10-01", "2026-11-01"),
        ("2026-10-05", "en", "2026-10-05", "2026-10-06"),
        ("20261005", "en", "2026-10-05", "2026-10-06"),
        ("5.10.2026", "de", "2026-10-05", "2026-10-06"),
        ("10/5", "en", "2026-10-05", "2026-10-06"),
        ("10/5", "it", "2026-05-10", "2026-05-11"),
        ("25/10/2025", "en", "2025-10-25", "2025-10-26"),
        ("12/2", "en", "2025-12-02", "2025-12-03"),
        ("vorgestern", "en", "2026-11-21", "2026-11-22"),
        ("昨日", "ja", "2026-11-22", "2026-11-23"),
        ("vor 3 Wochen", "de", "2026-11-02", "2026-11-03"),
        ("2w", "en", "2026-11-09", "2026-11-10"),
        ("2 года", "ru", "2024-11-23", "2024-11-24"),
        ("last week", "en", "2026-11-16", "2026-11-23"),
        ("на прошлой неделе", "ru", "2026-11-16", "2026-11-23"),
        ("questo mese", "it", "2026-11-01", "2026-12-01"),
        ("先月", "ja", "2026-10-01", "2026-11-01"),
        ("october 2025", "en", "2025-10-01", "2025-11-01"),
        ("december", "en", "2025-12-01", "2026-01-01"),
        ("5 октября", "ru", "2026-10-05", "2026-10-06"),
        ("friday", "en", "2026-11-20", "2026-11-21"),
        ("today", "en", "2026-11-23", "2026-11-24"),
    ],
)
def test_days(said: str, language: str, first: str, end: str) -> None:
    found = days(said, now=MONDAY, zone=ZoneInfo("UTC"), language=language)
    assert found is not None
    assert [one.date().isoformat() for one in found] == [first, end]


@pytest.mark.parametrize(
    "said", ["", "soon", "9999", "2026-13", "31.2.2026", "0001-01-01", "99999d"]
)
def test_no_days(said: str) -> None:
    assert days(said, now=MONDAY, zone=ZoneInfo("UTC"), language="en") is None


def test_a_day_begins_where_they_are() -> None:
    found = days("today", now=MONDAY, zone=ZoneInfo("Asia/Tokyo"), language="ja")
    assert found is not None
    assert found[0] == datetime(2026, 11, 22, 15, tzinfo=UTC)
