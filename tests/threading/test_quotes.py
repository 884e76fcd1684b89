from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.threading.quotes import quoted_conversations, runs, spoken
from tests.growth import assert_linear

ANSWER = """Hello Pat,

the boots of this series come up a little small. Please send them back with the label from the
parcel, and tell us which size we should send instead. The new pair leaves our store on the same
day that the old one arrives.

Kind regards
Karen Miller
"""
OTHER = """Hello Pat,

your invoice of March was paid twice, we have returned the second amount to the same account this
morning. It may take your bank up to three working days to show it.

Kind regards
Karen Miller
"""
JAPANESE = (
    "ブーツのサイズについてのお問い合わせありがとうございます。新しいサイズをお知らせください。"
)


def quote(text: str, width: int = 60) -> str:
    lines = [line for part in text.split("\n") for line in textwrap.wrap(part, width) or [""]]
    return "\n".join(f"> {line}" for line in lines)


@pytest.mark.parametrize("width", [20, 60, 200])
def test_a_quote_is_known_however_it_is_wrapped(width: int) -> None:
    sent = {7: [spoken(ANSWER)], 8: [spoken(OTHER)]}
    assert [key for key, _ in quoted_conversations(runs(quote(ANSWER, width)), sent)] == [7]


def test_a_quote_in_a_script_without_spaces() -> None:
    assert quoted_conversations(runs(quote(JAPANESE)), {7: [spoken(JAPANESE)]})[0][0] == 7


def test_a_quote_of_a_quote_and_upper_case() -> None:
    twice = quote(quote(ANSWER.upper()))
    assert quoted_conversations(runs(twice), {7: [spoken(ANSWER)]})[0][0] == 7


def test_what_stands_in_several_conversations_counts_for_none() -> None:
    sent = {7: [spoken(ANSWER)], 8: [spoken(ANSWER)]}
    assert quoted_conversations(runs(quote(ANSWER)), sent) == []


def test_a_greeting_or_a_foreign_quote_is_not_enough() -> None:
    sent = {7: [spoken(ANSWER)]}
    assert quoted_conversations(runs("> Kind regards\n> Karen Miller"), sent) == []
    assert quoted_conversations(runs(quote(OTHER)), sent) == []
    assert quoted_conversations((), sent) == []


def test_the_same_words_in_another_order_are_not_a_quote() -> None:
    words = ANSWER.split()
    backwards = " ".join(reversed(words))
    assert quoted_conversations(runs(backwards), {7: [spoken(ANSWER)]}) == []


@given(st.text(), st.lists(st.text(), max_size=3))
def test_any_text_may_be_held_against_any_other(quoted: str, sent: list[str]) -> None:
    quoted_conversations(runs(quoted), dict(enumerate([spoken(one)] for one in sent)))


def test_long_texts_are_bounded() -> None:
    def compare(count: int) -> object:
        long = "a b c d e f g " * count
        return quoted_conversations(runs(long), {n: [spoken(long)] * 5 for n in range(20)})

    assert_linear(compare, 100_000)
