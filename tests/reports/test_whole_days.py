"""Days are counted anew from their beginning to their end, wherever in the world they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from inbox.reports.counting import whole_days

_DAY = timedelta(days=1)


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("zone", ["Asia/Tokyo", "Pacific/Kiritimati", "America/Adak", "UTC"])
def test_no_day_is_counted_in_part(hour: int, zone: str) -> None:
    since = datetime(2026, 11, 20, hour, 59, tzinfo=UTC)
    until = since + 3 * _DAY
    first, last = whole_days(since, until)
    begins = datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(zone))
    assert begins >= since  # what was there before is not taken away
    assert until.astimezone(ZoneInfo(zone)).date() <= last
    if whole_days(since + timedelta(hours=1), until)[0] > first:
        # The last time that it is counted it was over, with room for what is kept late.
        assert begins + _DAY <= until - timedelta(hours=12)
