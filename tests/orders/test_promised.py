"""Dates that answers give to customers, in five languages; and what gives none."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from inbox.orders.promised import promised
from tests.growth import assert_linear

ROME = ZoneInfo("Europe/Rome")
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Hello Jane,\n\nwe will get back to you by Friday.\n\nKaren", "2026-11-27 17:00"),
        ("I'll send you the invoice tomorrow.", "2026-11-26 17:00"),
        ("You will have an answer by tomorrow at noon!", "2026-11-26 12:00"),
        ("We'll call you within 2 days.", "2026-11-27 17:00"),
        ("You should receive it no later than 4 December.", "2026-12-04 17:00"),
        ("We will let you know by the end of the week.", "2026-11-27 17:00"),
        ("Wir melden uns bis Freitag bei Ihnen.", "2026-11-27 17:00"),
        ("Ich schicke Ihnen morgen die Rechnung.", "2026-11-26 17:00"),
        ("Sie erhalten spätestens am 4. Dezember eine Antwort.", "2026-12-04 17:00"),
        ("Das werden wir innerhalb von zwei Tagen klären.", "2026-11-27 17:00"),
        ("Мы ответим вам до пятницы.", "2026-11-27 17:00"),
        ("Сообщим о результате завтра до 12:00.", "2026-11-26 12:00"),
        ("Пришлём счёт не позднее 4 декабря.", "2026-12-04 17:00"),
        ("Le risponderemo entro venerdì.", "2026-11-27 17:00"),
        ("Vi faremo sapere entro domani alle 15.", "2026-11-26 15:00"),
        ("Riceverà la fattura entro il 4 dicembre.", "2026-12-04 17:00"),
        ("金曜日までにご連絡いたします。", "2026-11-27 17:00"),
        ("明日中に回答をお送りします。", "2026-11-26 17:00"),
        ("12月4日までに発送いたします。", "2026-12-04 17:00"),
        ("お客様には来週の月曜日までにご連絡いたします。", "2026-11-30 17:00"),
        ("倉庫に確認し、明日の午後3時までにお返事いたします。", "2026-11-26 15:00"),
    ],
)
def test_dates_that_are_given(text: str, at: str) -> None:
    found = promised(text, now=NOW, zone=ROME)
    assert found
    assert f"{found.at.astimezone(ROME):%Y-%m-%d %H:%M}" == at


@pytest.mark.parametrize(
    "text",
    [
        "Please send us the form by Friday.",
        "If you answer by Friday, we will refund it.",
        "Could you tell us by Friday? We will look at it then.",
        "Your parcel left on Monday.",
        "We are open until 5 pm on Friday.",
        "We will look into it.",
        "We will not be able to do that by Friday.",
        "I will be in the office. The offer ended last Friday.",
        "We will send 2 boxes in total.",
        "Bitte antworten Sie bis Freitag.",
        "Wir haben bis Freitag geöffnet.",
        "Wir können das leider nicht bis Freitag liefern.",
        "Пришлите, пожалуйста, документы до пятницы.",
        "Магазин работает до пятницы.",
        "La preghiamo di rispondere entro venerdì.",
        "Il negozio è aperto fino a venerdì.",
        "金曜日までにご返信ください。",
        "ご連絡ありがとうございます。確認します。",
        "",
    ],
)
def test_what_gives_no_date(text: str) -> None:
    assert promised(text, now=NOW, zone=ROME) is None


@pytest.mark.parametrize(
    "unit",
    [
        "we will by ",
        "bis am wir werden ",
        "до мы ответим ",
        "に金します",
        "1日1に",
        "a.1",
        "x" * 50,
    ],
)
def test_it_takes_no_longer_than_the_answer_is(unit: str) -> None:
    def read(length: int) -> object:
        sentence = (unit * 300)[:290] + "します。"
        return promised((sentence * 14)[:length], now=NOW, zone=ROME)

    assert_linear(read, 4000)
