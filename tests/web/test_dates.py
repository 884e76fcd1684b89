"""Dates as people say them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from inbox.i18n import translations
from inbox.reports.asked import Line
from inbox.store.reported import By, Figures
from inbox.web.dates import Calendar, calendar
from inbox.web.figures import named
from inbox.web.pages import Reader

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)  # a Sunday


def reads(language: str = "en", zone: str = "UTC") -> Calendar:
    return calendar(NOW, zone, language, translations(language))


@pytest.mark.parametrize(
    ("at", "short"),
    [
        (datetime(2026, 11, 22, 10, 42, tzinfo=UTC), "10:42"),
        (datetime(2026, 11, 21, 17, 5, tzinfo=UTC), "yesterday 17:05"),
        (datetime(2026, 11, 16, 9, 15, tzinfo=UTC), "Mon 09:15"),
        (datetime(2026, 5, 12, 9, 15, tzinfo=UTC), "12 May"),
        (datetime(2024, 5, 12, 9, 15, tzinfo=UTC), "12 May 2024"),
    ],
)
def test_in_english(at: datetime, short: str) -> None:
    when = reads().when(at)
    assert when.short == short
    assert when.iso == at.isoformat()


def test_exact_for_whoever_asks() -> None:
    exact = reads().when(datetime(2026, 5, 12, 9, 15, tzinfo=UTC)).exact
    assert exact in {"Tuesday, 12 May 2026, 09:15", "Tuesday 12 May 2026, 09:15"}


@pytest.mark.parametrize(
    ("language", "exact"),
    [
        ("de", "Dienstag, 12. Mai 2026, 09:15"),
        ("it", "martedì 12 maggio 2026, 09:15"),
        ("ru", "12 мая 2026 г. (вторник), 09:15"),
        ("ja", "2026年5月12日火曜日, 09:15"),
    ],
)
def test_exact_is_without_abbreviations(language: str, exact: str) -> None:
    said = reads(language).when(datetime(2026, 5, 12, 9, 15, tzinfo=UTC)).exact
    assert " ".join(said.split()) == exact  # whatever its spaces are


def test_the_day_begins_where_the_reader_is() -> None:
    late = datetime(2026, 11, 21, 15, 30, tzinfo=UTC)
    assert reads("ja", "Asia/Tokyo").when(late).short == "00:30"
    assert reads(zone="Nowhere/At_all").when(late).short == "yesterday 15:30"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=3), "1 min"),
        (timedelta(minutes=42), "42 mins"),
        (timedelta(minutes=70), "1 hr"),
        (timedelta(hours=26), "1 day"),
        (timedelta(days=16), "2 weeks"),
        (timedelta(days=40), "1 month"),
    ],
)
def test_how_long(length: timedelta, said: str) -> None:
    assert reads().duration(length) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["3 Nov", "Nov 2026"]),
        ("de", ["3. Nov.", "Nov. 2026"]),
        ("ja", ["11月3日", "2026年11月"]),
    ],
)
def test_days_of_figures_stand_in_the_order_of_the_language(language: str, said: list[str]) -> None:
    reader = Reader(language, translations(language), reads(language))
    key = int(datetime(2026, 11, 3, tzinfo=UTC).timestamp())
    line = Line(key=key, name="", figures=Figures())
    assert [named(line, by, reader) for by in (By.DAY, By.MONTH)] == said
