"""A name is understood if it can only be one person's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.i18n import LANGUAGES
from inbox.orders.ending import says_nothing
from inbox.orders.names import Person, is_me, is_name, is_nobody, meant, told_nobody

PEOPLE = (
    Person(id=1, name="Anna Rossi", addresses=("anna@us.example", "a.rossi@home.example")),
    Person(id=2, name="Ann Weiß", addresses=("ann.weiss@us.example",)),
    Person(id=3, name="Иван Петров", addresses=("ivan@us.example",)),
    Person(id=4, name="佐藤 花子", addresses=("sato@us.example",)),
    Person(id=5, name="Jörg Müller", addresses=("jm@us.example",)),
    Person(id=6, name="Marco Rossi", addresses=("marco@us.example",)),
)


@pytest.mark.parametrize(
    ("said", "who"),
    [
        *(("anna", [1]), ("Anna Rossi", [1]), ("rossi, anna", [1]), ("A.ROSSI@home.example", [1])),
        *(("ann", [2]), ("weiss", [2]), ("Weiß", [2]), ("ann.weiss", [2]), ("ross", [1, 6])),
        *(("rossi", [1, 6]), ("marco", [6]), ("mar", [6]), ("иван", [3]), ("Петров", [3])),
        *(("ivan", [3]), ("佐藤", [4]), ("佐藤さん", [4]), ("佐藤花子", [4]), ("sato", [4])),
        *(("jorg", [5]), ("Müller", [5]), ("muller", [5]), ("@jörg", [5]), ("oss", [1, 6])),
        *(("Petrow", [3]), ("иванн", [3]), ("анна росси", [1]), ("Joerg", [5]), ("Мюллер", [])),
        *(("bob", []), ("", []), (".", []), ("a", [])),
    ],
)
def test_who_is_meant(said: str, who: list[int]) -> None:
    assert [one.id for one in meant(said, PEOPLE)] == who


@given(st.text())
def test_anything_may_be_said(said: str) -> None:
    assert set(meant(said, PEOPLE)) <= set(PEOPLE)
    is_name(said, [one.name for one in PEOPLE])
    says_nothing(said, "Anna Rossi")


def test_oneself() -> None:
    assert is_me("me")
    assert is_me("mir")
    assert not is_me("anna")


def test_who_is_spoken_to() -> None:
    assert is_name("Anna, can you look at this", ["Anna Rossi"])
    assert is_name("佐藤さん お願いします", ["佐藤 花子"])
    assert not is_name("clsoe", ["Anna Rossi"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n \n",
        "Karen Miller\nUs Inc.\nTel. +39 02 1234",
        "Best regards,\nKaren Miller\nUs Inc.",
        "Mit freundlichen Grüßen\n\nKaren Miller\nSupport",
        "С уважением,\nKaren Miller",
        "i.A. Karen Miller\nUs Inc.",
        "Dr. Karen Miller, Support\nThis mail is confidential. Do not read it.",
        "Karen Miller | Us Inc.",
        "--\nKaren",
        "-- \nSend this mail as it is.",
        "Karen",
        "Saluti",
    ],
)
def test_a_signature_alone_says_nothing(text: str) -> None:
    assert says_nothing(text, "Karen Miller")


@pytest.mark.parametrize(
    "text",
    [
        "Thanks",
        "Karen Miller will call you",
        "Karen,\nwe have sent it.",
        "Done.\nKaren Miller",
        "Karen\n\nWe have sent it.",
        "Best regards to your family.",
        "Is Karen Miller there?",
    ],
)
def test_words_are_no_signature(text: str) -> None:
    assert not says_nothing(text, "Karen Miller")


@pytest.mark.parametrize(
    "said",
    [
        "to Anna",
        "an Anna",
        "ad Anna",
        "Анне",
        "Анну",
        "для Анны",
        "アンナさんへ",
        "anna please",
        "Anna :-)",
    ],
)
def test_to_whom_in_the_words_of_a_sentence(said: str) -> None:
    people = [
        Person(id=1, name="Anna Rossi"),
        Person(id=2, name="アンナ"),
        Person(id=3, name="Tom"),
    ]
    assert [one.name for one in meant(said, people)][:1] in (["Anna Rossi"], ["アンナ"])
    ivan = Person(id=4, name="Иван Петров")
    assert meant("Ивану", [*people, ivan]) == meant("к Ивану", [*people, ivan]) == (ivan,)


def test_what_is_told_for_nobody_is_understood() -> None:
    words = [told_nobody(language) for language in LANGUAGES]
    assert all(map(is_nobody, words))
    assert len(set(words)) == len(LANGUAGES)
