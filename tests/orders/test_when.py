"""What people write for a day or a time is understood in the languages that we speak."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.orders.calendar_words import LANGUAGES, words_of
from inbox.orders.when import FARTHEST, moment, when

ROME = ZoneInfo("Europe/Rome")
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # a Wednesday, ten in the morning

# Looked at one by one: what each phrase means at that moment.
PHRASES = {
    "en": {
        "2026-11-25 10:05": ["5 minutes"],
        "2026-11-25 10:30": ["half an hour", "half an hour"],
        "2026-11-25 11:00": ["in an hour", "wednesday 11:00"],
        "2026-11-25 11:30": ["an hour and a half"],
        "2026-11-25 12:00": ["in 2 hours", "noon", "12 pm"],
        "2026-11-25 12:30": ["2h 30m", "2h 30m"],
        "2026-11-25 13:00": ["later"],
        "2026-11-25 18:00": ["tonight", "this evening"],
        "2026-11-26 08:00": ["at 8"],
        "2026-11-26 09:00": ["tomorrow", "tomorrow at 9", "9:00", "9am"],
        "2026-11-26 09:30": ["9.30"],
        "2026-11-26 12:00": ["tomorrow at noon"],
        "2026-11-26 17:00": ["tomorrow 5pm"],
        "2026-11-27 09:00": ["the day after tomorrow", "this friday"],
        "2026-11-27 17:00": ["friday 5 pm"],
        "2026-11-28 09:00": ["3 days", "3d", "3-days", "weekend"],
        "2026-11-30 09:00": [
            "monday 9:00",
            "monday-9",
            "in 3 business days",
            "next week",
            "end of month",
            "monday morning",
            "monday next week",
            "30 nov",
            "monday, 30 november 9:00",
        ],
        "2026-11-30 09:30": ["monday 9.30"],
        "2026-11-30 14:30": ["next monday 14:30"],
        "2026-11-30 17:30": ["nov 30th at 5:30 pm"],
        "2026-12-01 09:00": ["next month"],
        "2026-12-02 09:00": ["a week", "wednesday"],
        "2026-12-03 09:00": ["the 3rd", "on the 3 at 9"],
        "2026-12-04 09:00": ["next friday"],
        "2026-12-07 09:00": ["in 2 weeks on monday"],
        "2026-12-09 09:00": ["in two weeks"],
        "2026-12-25 09:00": [
            "25.12.",
            "12/25",
            "25/12",
            "25th",
            "december 25",
            "25 dec 2026",
            "2026-12-25",
            "1 month",
            "2026/12/25",
        ],
        "2026-12-25 10:00": ["Dec 25, 2026 at 10am"],
        "2026-12-25 14:00": ["25/12/26 14:00"],
        "2026-12-25 14:30": ["2026-12-25T14:30"],
        "2027-03-04 09:00": ["03/04"],
    },
    "ru": {
        "2026-11-25 10:30": ["полчаса", "через полчаса"],
        "2026-11-25 12:00": ["через два часа"],
        "2026-11-25 15:00": ["в 3 часа дня", "в 3 часа дня", "в 3 дня"],
        "2026-11-25 17:00": ["в 5 вечера"],
        "2026-11-26 09:00": ["завтра", "завтра в 9 утра", "в 9 часов утра", "в 9 часов"],
        "2026-11-26 18:00": ["завтра вечером"],
        "2026-11-27 09:00": ["послезавтра", "до пятницы", "в пятницу утром"],
        "2026-11-28 09:00": ["через 3 дня"],
        "2026-11-30 09:00": [
            "в понедельник в 9",
            "пн 9:00",
            "на следующей неделе",
            "3 рабочих дня",
            "в конце месяца",
        ],
        "2026-11-30 10:00": ["следующий понедельник 10:00"],
        "2026-12-01 09:00": ["в ближайший вторник"],
        "2026-12-01 14:30": ["во вторник в 14.30"],
        "2026-12-02 09:00": ["через неделю", "неделю"],
        "2026-12-04 09:00": ["в следующую пятницу"],
        "2026-12-25 09:00": ["25 декабря", "25-го", "25 числа", "через месяц"],
    },
    "it": {
        "2026-11-25 10:30": ["mezz'ora"],
        "2026-11-25 11:00": ["tra un'ora"],
        "2026-11-25 11:30": ["un'ora e mezza"],
        "2026-11-25 15:00": ["mercoledi alle 15"],
        "2026-11-25 18:00": ["stasera"],
        "2026-11-26 09:00": ["domani", "domani mattina"],
        "2026-11-26 15:00": ["domani pomeriggio alle 3"],
        "2026-11-27 09:00": ["venerdì prossimo", "dopodomani"],
        "2026-11-28 09:00": ["fra 3 giorni", "3 gg"],
        "2026-11-30 09:00": [
            "lunedì alle 9",
            "la settimana prossima",
            "fine mese",
            "lun 9:00",
            "tre giorni lavorativi",
        ],
        "2026-11-30 09:30": ["lunedì prossimo alle 9.30"],
        "2026-12-02 09:00": ["tra una settimana"],
        "2026-12-25 09:00": ["25 dicembre", "il 25", "25/12", "il 25", "il 25 alle 9"],
    },
    "de": {
        "2026-11-25 10:30": ["in einer halben Stunde", "in einer halben Stunde"],
        "2026-11-25 12:00": ["in zwei Stunden"],
        "2026-11-25 18:00": ["heute abend"],
        "2026-11-26 08:30": ["halb neun", "morgen um halb 9"],
        "2026-11-26 09:00": ["morgen", "morgen früh"],
        "2026-11-26 09:30": ["9 Uhr 30"],
        "2026-11-26 14:00": ["morgen nachmittag"],
        "2026-11-27 09:00": ["übermorgen um 9 Uhr", "kommenden Freitag", "Fr", "am Freitag"],
        "2026-11-27 14:30": ["Freitag um 14.30 Uhr"],
        "2026-11-28 09:00": ["in 3 Tagen"],
        "2026-11-30 09:00": [
            "nächsten Montag",
            "Montag 9 Uhr",
            "Montag morgen",
            "nächste Woche",
            "3 Werktage",
            "Monatsende",
            "Montag nächster Woche",
        ],
        "2026-11-30 09:30": ["Mo 9:30"],
        "2026-12-02 09:00": ["in einer Woche"],
        "2026-12-25 09:00": ["25.12.", "am 25.", "25. Dezember", "12/25", "am 25"],
        "2026-12-25 10:00": ["am 25. um 10"],
        "2027-01-05 09:00": ["der 5. Januar"],
    },
    "ja": {
        "2026-11-25 13:00": ["三時間後"],
        "2026-11-25 18:00": ["今夜"],
        "2026-11-26 09:00": ["明日", "9時", "明日 9:00"],
        "2026-11-26 09:30": ["午前9時半"],
        "2026-11-26 15:00": ["明日の午後3時"],
        "2026-11-27 09:00": ["明後日", "二日後", "金曜"],
        "2026-11-28 09:00": ["3日後", "3日", "3日間", "３日後"],
        "2026-11-30 09:00": ["来週月曜 9時", "月曜日", "来週", "月末"],
        "2026-12-01 09:00": ["来月"],
        "2026-12-02 09:00": ["1週間後", "一週間後"],
        "2026-12-04 15:30": ["来週の金曜日の15時30分"],
        "2026-12-25 09:00": ["12月25日", "25日", "2026年12月25日"],
    },
}


# What people write besides, in the hurry of the day.
HURRIED = {
    "en": {
        "2026-11-25 10:15": ["quarter of an hour"],
        "2026-11-25 11:30": ["1.5 hours", "1,5 hours"],
        "2026-11-25 12:00": ["lunchtime", "in a couple of hours"],
        "2026-11-25 12:30": ["two and a half hours"],
        "2026-11-25 14:00": ["after lunch"],
        "2026-11-25 15:00": ["at 3", "3 today"],
        "2026-11-25 17:00": ["eod", "cob", "by today", "today"],
        "2026-11-26 08:30": ["tomorrow 0830"],
        "2026-11-26 08:45": ["tomorrow at quarter to nine"],
        "2026-11-26 09:00": ["next business day", "next workday", "first thing tomorrow"],
        "2026-11-26 09:15": ["quarter past nine"],
        "2026-11-26 12:00": ["tomorrow noon", "tomorrow lunchtime"],
        "2026-11-26 17:00": ["eod tomorrow", "end of day tomorrow", "5 tomorrow"],
        "2026-11-27 09:00": ["in a couple of days", "this week"],
        "2026-11-27 17:00": ["eod friday", "friday 1700", "fri at 5"],
        "2026-11-28 09:00": ["a few days", "3 more days"],
        "2026-11-30 09:00": [
            "after the weekend",
            "beginning of next week",
            "early next week",
            "start of the week",
            "end of november",
        ],
        "2026-12-01 09:00": ["first of december", "start of december", "beginning of the month"],
        "2026-12-02 09:00": ["another week", "weds"],
        "2026-12-02 15:00": ["next wed 3pm"],
        "2026-12-03 09:00": ["a week from tomorrow"],
        "2026-12-04 09:00": ["end of next week"],
        "2026-12-09 09:00": ["in a fortnight", "two weeks from now"],
        "2026-12-15 09:00": ["mid december", "twenty days"],
        "2026-12-25 09:00": ["1mo"],
        "2026-12-31 09:00": ["end of next month", "end of the year", "eoy", "end of december"],
        "2027-05-25 09:00": ["half a year"],
        "2027-11-25 09:00": ["a year"],
    },
    "ru": {
        "2026-11-25 11:30": ["через 1,5 часа"],
        "2026-11-25 12:00": ["через пару часов", "до обеда"],
        "2026-11-25 15:00": ["в три часа", "в 3"],
        "2026-11-25 17:00": ["до конца дня"],
        "2026-11-25 18:00": ["к вечеру"],
        "2026-11-26 09:00": ["на следующий день"],
        "2026-11-26 12:00": ["завтра к обеду"],
        "2026-11-27 09:00": ["послезавтра в 9 утра", "через пару дней"],
        "2026-11-28 09:00": ["послепослезавтра", "через трое суток", "ещё 3 дня"],
        "2026-11-30 09:00": [
            "в пн",
            "в след пн",
            "в след. понедельник",
            "на след неделе",
            "до конца месяца",
            "после выходных",
            "в начале недели",
            "в начале следующей недели",
        ],
        "2026-12-01 09:00": ["в начале месяца"],
        "2026-12-09 09:00": ["через две недели"],
        "2026-12-31 09:00": ["до конца года", "в конце декабря"],
        "2027-05-25 09:00": ["через полгода"],
    },
    "it": {
        "2026-11-25 10:15": ["un quarto d'ora"],
        "2026-11-25 12:00": ["tra un paio d'ore"],
        "2026-11-25 14:00": ["dopo pranzo"],
        "2026-11-25 15:00": ["alle tre", "ore 15"],
        "2026-11-25 15:30": ["ore 15:30"],
        "2026-11-26 09:15": ["alle 9 e un quarto"],
        "2026-11-26 09:30": ["alle nove e mezza"],
        "2026-11-27 09:00": ["dopodomani mattina", "tra un paio di giorni"],
        "2026-11-28 09:00": ["qualche giorno", "fine settimana"],
        "2026-11-30 09:00": [
            "lunedì prossimo",
            "lunedì ore 9",
            "lunedì 30",
            "alla fine del mese",
            "dopo il weekend",
            "inizio settimana",
            "lunedì 30.11",
        ],
        "2026-12-01 09:00": ["primo dicembre", "inizio dicembre"],
        "2026-12-09 09:00": ["fra due settimane"],
        "2026-12-10 09:00": ["fra quindici giorni"],
        "2026-12-15 09:00": ["metà dicembre"],
        "2026-12-31 09:00": ["fine anno", "alla fine del mese prossimo"],
    },
    "de": {
        "2026-11-25 10:15": ["in einer Viertelstunde"],
        "2026-11-25 10:45": ["in einer dreiviertel Stunde"],
        "2026-11-25 15:00": ["um drei", "um 3 Uhr"],
        "2026-11-25 15:30": ["halb vier"],
        "2026-11-25 17:00": ["bis Feierabend"],
        "2026-11-26 08:45": ["dreiviertel neun"],
        "2026-11-26 09:00": ["am nächsten Werktag"],
        "2026-11-26 09:15": ["viertel nach neun"],
        "2026-11-26 12:00": ["morgen Mittag"],
        "2026-11-27 09:00": ["übermorgen früh", "diese Woche"],
        "2026-11-27 12:00": ["bis Freitagmittag"],
        "2026-11-27 14:00": ["Freitagnachmittag"],
        "2026-11-28 09:00": ["in ein paar Tagen", "3 Tage lang"],
        "2026-11-30 09:00": [
            "Montag, 30.11.",
            "Montagmorgen",
            "Ende des Monats",
            "Anfang nächster Woche",
            "nach dem Wochenende",
        ],
        "2026-12-01 09:00": ["Anfang Dezember", "Di, 1.12.", "Dienstag 1.12", "am ersten Dezember"],
        "2026-12-02 09:00": ["nächste Woche Mittwoch", "heute in einer Woche"],
        "2026-12-04 09:00": ["Ende nächster Woche"],
        "2026-12-07 09:00": ["übernächste Woche"],
        "2026-12-09 09:00": ["in 14 Tagen", "in vierzehn Tagen"],
        "2026-12-31 09:00": ["Jahresende", "Ende des Jahres", "Ende Dezember"],
    },
    "ja": {
        "2026-11-25 10:15": ["十五分後"],
        "2026-11-25 11:30": ["1時間半", "一時間半後"],
        "2026-11-25 15:00": ["3時"],
        "2026-11-25 17:00": ["今日中"],
        "2026-11-26 09:00": ["明日の朝一", "翌営業日"],
        "2026-11-26 18:00": ["明晩"],
        "2026-11-27 09:00": ["今週中"],
        "2026-11-27 10:00": ["明後日10時"],
        "2026-11-28 09:00": ["数日後"],
        "2026-11-30 09:00": ["来週の月曜", "今月末", "週明け", "来週の頭"],
        "2026-12-01 09:00": ["来月1日", "12月1日(火)", "月初"],
        "2026-12-15 09:00": ["二十日後"],
        "2026-12-25 09:00": ["十二月二十五日", "来月25日"],
        "2026-12-31 09:00": ["年末", "来月末"],
        "2027-01-01 09:00": ["再来月"],
        "2027-05-25 09:00": ["半年後"],
    },
}


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
        ("en", "next year"),
        ("en", "midnight"),
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


@pytest.mark.parametrize("text", ["1 " * 5000, "1." * 5000, "a" * 9999, "月" * 9999, "1月1日" * 99])
def test_what_is_long_costs_nothing(text: str) -> None:
    began = time.perf_counter()
    assert when(text, now=NOW, zone=ROME, language="en") is None
    assert time.perf_counter() - began < 0.05
