from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.threading.subject import BaseSubject, base_subject, has_identifier, is_unusual
from tests.growth import assert_linear


@pytest.mark.parametrize(
    ("subject", "base", "is_reply"),
    [
        ("Boots", "boots", False),
        ("", "", False),
        ("Re: Boots", "boots", True),
        ("AW: [EXTERN] Boots", "boots", True),
        ("Antw.: Fwd: Boots (fwd)", "boots", True),
        ("[Support #4711] Re: Boots", "boots", True),
        ("Re-order my boots", "re-order my boots", False),
        ("RE: RE: Re[2]: re(3): Re^4: Re*5: Boots", "boots", True),
        ("Re : Boots", "boots", True),
        ("Re：Boots", "boots", True),
        ("Antw: WG: TR: RV: RES: ENC: R: I: Boots", "boots", True),
        ("SV: VS: Odp: YNT: İlt: Boots", "boots", True),
        ("Ответ: На: Отв: Сапоги", "сапоги", True),
        ("回复: 答复：回覆: 转发: 靴", "靴", True),
        ("返信: 転送: 靴", "靴", True),
        ("[boots-users] New release", "new release", False),
        ("Re: [boots-users] New release", "new release", True),
        ("【重要】 Re: 靴", "靴", True),
        ("[EXT] [boots-users] Re: Boots", "boots", True),
        ("EXTERNAL: Re: Boots", "boots", True),
        ("***SPAM*** Boots", "boots", False),
        ("*** Spamverdacht *** Re: Boots", "boots", True),
        ("2 * 3 * 4 boots", "2 * 3 * 4 boots", False),
        ("[Order 1] Invoice", "[order 1] invoice", False),
        ("Re: [Order 2] Invoice", "[order 2] invoice", True),
        ("[tag]", "[tag]", False),
        ("Automatic reply: Boots", "boots", True),
        ("Automatische Antwort: Boots", "boots", True),
        ("Автоматический ответ: Сапоги", "сапоги", True),
        ("  many \t  spaces\u200b ", "many spaces", False),
        ("Ref 12: Boots", "ref 12: boots", False),
        ("Response times: how?", "response times: how?", False),
        ("Republic: a book", "republic: a book", False),
        ("STRASSE", "strasse", False),
        ("Straße", "strasse", False),
    ],
)
def test_base_subject(subject: str, base: str, is_reply: bool) -> None:
    assert base_subject(subject) == BaseSubject(base, is_reply)


@pytest.mark.parametrize(
    "subject",
    [
        "Order 4711 damaged",
        "Printer offline since Monday",
        "Rückgabe der Winterstiefel",
        "Неисправен терминал на складе",
        "Mancato rimborso biglietto",
        "ブーツのサイズ交換について",
    ],
)
def test_unusual_subjects(subject: str) -> None:
    assert is_unusual(base_subject(subject).text)


@pytest.mark.parametrize(
    "subject",
    [
        "",
        "Question",
        "Hello",
        "(no subject)",
        "Help please",
        "Boots",
        "Frage zu meiner Bestellung",
        "Вопрос по заказу"[:6],
        "お問い合わせ",
        "質問の件",
        "Problem with my order",
        "12",
    ],
)
def test_usual_subjects(subject: str) -> None:
    assert not is_unusual(base_subject(subject).text)


@pytest.mark.parametrize(
    ("subject", "names_one"),
    [
        ("Order 4711 damaged", True),
        ("Заказ №4711 не пришёл", True),
        ("Part AB-1204X missing", True),
        ("Missing column in report", False),
        ("Invoice of November 2026", False),
        ("API returns 502", False),
        ("", False),
    ],
)
def test_subjects_that_name_one_thing(subject: str, names_one: bool) -> None:
    assert has_identifier(base_subject(subject).text) is names_one


@given(st.lists(st.sampled_from(["Re: ", "AW: ", "[x] ", "Fwd:", " ", "回复：", "boots", "4711"])))
def test_the_base_of_a_base_is_itself(parts: list[str]) -> None:
    base = base_subject("".join(parts)).text
    assert base_subject(base).text == base


@given(st.text())
def test_any_subject_may_be_read(subject: str) -> None:
    is_unusual(base_subject(subject).text)


@pytest.mark.parametrize("bomb", ["Re: ", "[", "[a] ", " "])
def test_hostile_subjects_take_no_longer(bomb: str) -> None:
    assert_linear(lambda size: base_subject(bomb * size), 200_000)
