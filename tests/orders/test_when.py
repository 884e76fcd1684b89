"""What people write for a day or a time is understood in the languages that we speak."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.orders.calendar_words import LANGUAGES, words_of
from inbox.orders.when import FARTHEST, moment, when
from tests.growth import assert_linear
from tests.orders.phrases import HURRIED, PHRASES

ROME = ZoneInfo("Europe/Rome")
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # a Wednesday, ten in the morning


def said(phrase: str, language: str = "en", now: datetime = NOW, zone: ZoneInfo = ROME) -> str:
    found = when(phrase, now=now, zone=zone, language=language)
    return found.astimezone(zone).strftime("%Y-%m-%d %H:%M") if found else ""


def cases(language: str) -> list[tuple[str, str]]:
    tables = (PHRASES[language], HURRIED[language])
    return [(one, at) for table in tables for at, phrases in table.items() for one in phrases]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_means(language: str) -> None:
    wrong = {one: said(one, language) for one, at in cases(language) if said(one, language) != at}
    assert not wrong


@pytest.mark.parametrize(
    ("at", "phrases"),
    [
        ("2026-11-26 00:00", ["midnight", "tonight at midnight", "в полночь", "a mezzanotte",
                              "um Mitternacht", "heute 24 Uhr", "真夜中", "24時"]),
        ("2026-11-28 00:00", ["friday 24:00"]),
        ("2026-11-30 00:00", ["monday midnight", "Montag Mitternacht"]),
        ("2027-01-01 09:00", ["next year", "в следующем году", "l'anno prossimo",
                              "nächstes Jahr", "im nächsten Jahr", "来年"]),
        ("2026-11-26 09:30", ["half 9", "half nine", "at half past nine"]),
        ("2026-11-26 08:30", ["halb 9", "um halb neun", "в полдевятого", "в половине девятого",
                              "alle 8 e mezza", "8時半"]),
        ("2026-11-25 12:30", ["halb eins", "в половине первого"]),
        ("2026-12-14 09:00", ["2 weeks from monday", "two weeks from next monday",
                              "через 2 недели с понедельника", "2 settimane da lunedì",
                              "2 Wochen ab Montag", "zwei Wochen nach Montag",
                              "月曜から2週間", "月曜日から2週間後"]),
        ("2026-11-30 09:00", ["3 days from friday", "3 Tage ab Freitag", "3 дня с пятницы",
                              "1 business day from friday"]),
        ("2026-12-10 09:00", ["2 weeks from tomorrow"]),
        ("2026-12-09 09:00", ["2 weeks from now"]),
    ],
)  # fmt: skip
def test_from_when_and_by_halves(at: str, phrases: list[str]) -> None:
    assert {one: said(one) for one in phrases} == dict.fromkeys(phrases, at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_however_it_is_written(language: str) -> None:
    for one, at in cases(language):
        assert said(f"  {one.upper()}!", language) == at, one


# What means one thing here and another there.
DIFFERS = frozenset({"03/04", "next friday", "venerdì prossimo"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_may_write_in_every_language(language: str) -> None:
    for one, at in cases(language):
        for reader in ("en", "ja"):
            assert one in DIFFERS or said(one, reader) == at, (one, reader)


@pytest.mark.parametrize(
    ("language", "phrase"),
    [
        ("en", "yesterday"),
        ("en", "3 days ago"),
        ("en", "22.11."),
        ("ru", "вчера"),
        ("it", "ieri"),
        ("de", "vor 3 Tagen"),
        ("de", "gestern"),
        ("ja", "昨日"),
        ("ja", "3日前"),
    ],
)
def test_what_is_past(language: str, phrase: str) -> None:
    found = moment(phrase, now=NOW, zone=ROME, language=language)
    assert found
    assert found.is_past
    assert found.at is None


@pytest.mark.parametrize(
    ("language", "phrase"),
    [
        ("en", "9"),
        ("en", "31.2."),
        ("en", "blah"),
        ("en", "tomorrow blah"),
        ("en", ""),
        ("en", "3"),
        ("en", "monday tuesday"),
        ("en", "99:99"),
        ("en", "25:00"),
        ("en", "monday in 3 workdays"),
        ("en", "tomorrow next week"),
        ("en", "Tuesday, 2.12."),
        ("ja", "営業日3日後"),
        ("en", "tuesday, 30 november"),
        ("de", "Anfang"),
    ],
)
def test_what_nobody_can_understand(language: str, phrase: str) -> None:
    assert moment(phrase, now=NOW, zone=ROME, language=language) is None


def test_what_is_too_far_is_understood_but_not_planned() -> None:
    found = moment("1/1/2030", now=NOW, zone=ROME, language="en")
    assert found
    assert (found.at, found.is_past) == (None, False)


def test_a_slash_is_read_as_the_language_writes_it() -> None:
    assert said("03/04", "en") == said("03/04", "ja") == "2027-03-04 09:00"
    assert said("03/04", "it") == said("03/04", "de") == said("03/04", "ru") == "2027-04-03 09:00"


def test_next_friday_differs_as_people_do() -> None:
    assert said("next friday", "en") == said("в следующую пятницу", "ru") == "2026-12-04 09:00"
    assert said("nächsten Freitag", "de") == said("venerdì prossimo", "it") == "2026-11-27 09:00"


@pytest.mark.parametrize(
    ("zone", "at"), [("Asia/Tokyo", "2026-11-26 00:00"), ("America/Lima", "2026-11-26 14:00")]
)
def test_a_day_is_the_day_of_the_time_zone(zone: str, at: str) -> None:
    found = when("tomorrow", now=NOW, zone=ZoneInfo(zone), language="en")
    assert found
    assert found.strftime("%Y-%m-%d %H:%M") == at


def test_late_at_night_tomorrow_is_the_day_that_begins() -> None:
    now = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)  # half past midnight in Rome
    assert said("tomorrow", now=now) == "2026-11-27 09:00"


def test_the_clocks_change() -> None:
    before = datetime(2026, 10, 24, 10, 0, tzinfo=UTC)  # noon in Rome; that night has 25 hours
    assert said("tomorrow 12:00", now=before) == "2026-10-25 12:00"
    found = when("24 hours", now=before, zone=ROME, language="en")
    assert found == before + timedelta(hours=24)
    spring = datetime(2027, 3, 27, 10, 0, tzinfo=UTC)  # at two it is three
    assert said("tomorrow 02:30", now=spring) == "2027-03-28 03:30"
    assert said("3 days", now=spring) == "2027-03-30 09:00"


def test_the_end_of_months_and_years() -> None:
    end = datetime(2027, 1, 31, 9, 0, tzinfo=UTC)
    assert said("1 month", now=end) == "2027-02-28 09:00"
    assert said("the 30th", now=end) == "2027-03-30 09:00"
    assert said("29.2.", now=end) == "2028-02-29 09:00"
    assert said("29.2.") == ""  # in a year that is too far
    assert said("monday", now=datetime(2026, 12, 31, 9, 0, tzinfo=UTC)) == "2027-01-04 09:00"
    assert said("end of month", now=datetime(2026, 11, 30, 9, 0, tzinfo=UTC)) == "2026-12-31 09:00"


WORDS = sorted({word for language in LANGUAGES for word in words_of(language)} | set("0123456789"))


@given(
    st.one_of(
        st.text(max_size=300),
        st.lists(st.sampled_from([*WORDS, ".", "/", ":", "25", "9", "2026"]), max_size=30).map(
            " ".join
        ),
    ),
    st.sampled_from(LANGUAGES),
    st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2090, 1, 1)),
    st.sampled_from(["UTC", "Europe/Rome", "Asia/Tokyo", "America/St_Johns", "Pacific/Apia"]),
)
def test_whatever_is_written_it_is_a_moment_ahead_or_nothing(
    text: str, language: str, naive: datetime, zone: str
) -> None:
    now = naive.replace(tzinfo=UTC)
    found = when(text, now=now, zone=ZoneInfo(zone), language=language)
    assert found is None or now < found <= now + FARTHEST


@pytest.mark.parametrize("piece", ["1 ", "1.", "a", "月", "1月1日"])
def test_what_is_long_costs_nothing(piece: str) -> None:
    assert when(piece * 9999, now=NOW, zone=ROME, language="en") is None
    assert_linear(lambda size: when(piece * size, now=NOW, zone=ROME, language="en"), 80_000)
