"""Until when somebody is away, as out-of-office mails say it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.mail.absence import back_on

SUNDAY = date(2026, 11, 22)
FIFTH, SIXTH, SEVENTH = date(2026, 12, 5), date(2026, 12, 6), date(2026, 12, 7)
LAST = date(2026, 11, 30)  # a Monday


@pytest.mark.parametrize(
    ("said", "back"),
    [
        ("I am out of the office and will be back on Monday 30 November.", LAST),
        ("I'm away until 12/05.", SIXTH),
        ("I am out until 5 December 2026. In urgent cases call 02 1234 5678.", SIXTH),
        ("I will be out of office from November 20th through December 5th, 2026.", SIXTH),
        ("Out of office 20 Nov - 5 Dec", SIXTH),
        ("I'll return to the office on December 7.", SEVENTH),
        ("Returning Mon, 30 Nov.", LAST),
        ("I am on leave, back on Monday.", date(2026, 11, 23)),
        ("I'm out of the office until Friday.", date(2026, 11, 28)),
        ("I am away tomorrow.", date(2026, 11, 24)),
        ("I will be back next week", date(2026, 11, 23)),
        ("I am away from 24 to 27 November, with no access to mail.", date(2026, 11, 28)),
        ("On 25 November I will be out of the office.", date(2026, 11, 26)),
        ("I am out of office till 2026-12-05. Anna can help until then.", SIXTH),
        ("I am not in the office. I will be available again from 7 December.", SEVENTH),
        ("Ich bin bis einschließlich 5.12. nicht im Büro.", SIXTH),
        ("Ich bin vom 20.11. bis 05.12.2026 nicht erreichbar.", SIXTH),
        ("Ich bin bis zum 5. Dezember im Urlaub.", SIXTH),
        ("Ab dem 7. Dezember bin ich wieder für Sie da.", SEVENTH),
        ("Am 7.12. bin ich wieder erreichbar.", SEVENTH),
        ("Ich bin am Montag, den 30. November zurück.", LAST),
        ("Bin bis Freitag außer Haus, Rückfragen bis 15.30 Uhr an Anna.", date(2026, 11, 28)),
        ("Sono fuori ufficio fino al 5 dicembre.", SIXTH),
        ("Sarò assente dal 20 novembre al 5 dicembre compresi.", SIXTH),
        ("Rientrerò lunedì 30 novembre.", LAST),
        ("Sono assente fino a venerdì.", date(2026, 11, 28)),
        ("Sarò di nuovo in ufficio il 7/12.", SEVENTH),
        ("Меня не будет до 5 декабря.", SIXTH),
        ("Я в отпуске с 20 ноября по 5 декабря включительно.", SIXTH),
        ("Вернусь в понедельник, 30 ноября.", LAST),
        ("Буду на месте 7.12.2026", SEVENTH),
        ("Отсутствую до пятницы.", date(2026, 11, 28)),
        ("12月5日まで不在にしております。", SIXTH),
        ("11月20日から12月5日(土)まで休暇をいただいております。", SIXTH),
        ("12月7日より通常通り対応いたします。", SEVENTH),
        ("月曜日に出社いたします。", date(2026, 11, 23)),
        ("2026年12月5日まで不在です。お急ぎの方は03-1234-5678まで。", SIXTH),
        ("Away until 3 January.", date(2027, 1, 4)),
        ("Ich bin bis 02.01. im Urlaub.", date(2027, 1, 3)),
    ],
)
def test_the_day_on_which_they_are_back(said: str, back: date) -> None:
    assert back_on(said, SUNDAY) == back


@pytest.mark.parametrize(
    "said",
    [
        "I am out of the office. Anna helps you: +39 02 1234 5678, Via Roma 5/12.34.",
        "Thank you for your mail. I read mail twice a day.",
        "I am in a meeting until 15:30.",
        "Ich bin bis 15.30 Uhr nicht am Platz.",
        "I am away until 20 November 2026.",  # that was last week
        "I am away until 31 February.",
        "",
    ],
)
def test_no_day_that_is_still_to_come(said: str) -> None:
    assert back_on(said, SUNDAY) is None


@pytest.mark.parametrize(
    ("sent", "back"),
    [
        (date(2026, 1, 1), date(2026, 1, 3)),  # 2 January is sooner than 1 February
        (date(2026, 1, 20), date(2026, 2, 2)),
    ],
)
def test_of_two_readings_the_one_that_is_over_sooner(sent: date, back: date) -> None:
    assert back_on("I am away until 02/01", sent) == back


@given(st.text(max_size=300), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_any_text_is_read(said: str, sent: date) -> None:
    back = back_on(said, sent)
    assert back is None or sent < back


@given(st.integers(0, 150), st.sampled_from(["until {}", "bis {}", "fino al {}", "{} まで"]))
def test_a_date_of_any_day_is_found(days: int, said: str) -> None:
    last = SUNDAY + timedelta(days=days)
    assert back_on(said.format(last.isoformat()), SUNDAY) == last + timedelta(days=1)
