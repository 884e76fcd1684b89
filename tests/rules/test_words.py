"""Words that are sought, in the scripts that people write."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.rules.words import any_like, says
from tests.growth import assert_linear


@pytest.mark.parametrize(
    ("value", "pattern", "expected"),
    [
        ("Pat@ACME.example", "*@acme.example", True),
        ("pat@acme.example.evil.test", "*@acme.example", False),
        ("pat@sub.acme.example", "*@*.acme.example", True),
        ("billing+x@us.example", "billing+*", True),
        ("rechnung[1].pdf", "*[1].pdf", True),
        ("rechnung1.pdf", "*[1].pdf", False),
        ("a.pdf", "?.pdf", False),
        ("bücher@straße.example", "BÜCHER@STRASSE.example", True),
        ("", "*", True),
    ],
)
def test_what_is_like_a_pattern(value: str, pattern: str, expected: bool) -> None:
    assert any_like([value], [pattern]) is expected


@pytest.mark.parametrize(
    ("text", "sought", "expected"),
    [
        ("I want a refund, please", "refund", True),
        ("I want two refunds", "refund", False),
        ("I want two refunds", "refund*", True),
        ("Prepaid card", "paid", False),
        ("Prepaid card", "*paid card", True),
        ("Please CANCEL my\n contract", "cancel my contract", True),
        ("cancel a contract of my own", "cancel my contract", False),
        ("Rückgabe der Straßenschuhe", "STRASSEN*", True),
        ("Отмените заказ", "отмен* заказ", True),
        ("返品の方法について", "返品", True),
        ("返金をお願いします", "返品", False),
        ("ｒｅｆｕｎｄ", "refund", True),
        ("the wrong bill of the wrong boots", "the wrong boots", True),
        ("the wrong bill of the wrong boots", "boots the", False),
        ("a prepaid card of mine", "*pai* card", True),
        ("one two", "one two three", False),
        ("anything", "*", False),
        ("anything", "!?", False),
    ],
)
def test_what_a_text_says(text: str, sought: str, expected: bool) -> None:
    assert says((text,), sought) is expected


@given(st.text(max_size=60), st.text(max_size=12))
def test_any_words_are_sought_in_any_text(text: str, sought: str) -> None:
    assert says((text,), sought) in (True, False)
    assert any_like([text], [text.replace("*", "")]) or "*" in text


def test_a_pattern_of_stars_takes_no_time() -> None:
    assert not any_like(["a" * 50_000], ["*a" * 100 + "b"])
    assert not says(("a " * 5_000,), "a a a a a a a b")


def test_words_are_sought_in_a_time_that_grows_with_the_text() -> None:
    assert_linear(lambda length: says(("a " * length,), "a b"), 24_000)


def test_each_of_many_words_is_sought_without_reading_the_text_again() -> None:
    def seek(many: int) -> None:
        text = (" ".join(f"w{number}" for number in range(many)),)
        for number in range(many):
            sought = ("q{}", "x{}*", "*y{}", "w{} q")[number % 4].format(number)
            assert not says(text, sought)

    assert_linear(seek, 8_000)


@given(st.text("ab *", max_size=12), st.text("ab", max_size=8))
def test_stars_mean_what_they_mean_in_file_names(pattern: str, value: str) -> None:
    assert any_like([value], [pattern]) is fnmatchcase(value, pattern.strip())
