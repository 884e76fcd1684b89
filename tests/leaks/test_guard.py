"""What is only for us is found in words that are about to leave; what anybody writes is not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.leaks.courtesy import COURTESIES
from inbox.leaks.guard import Inside, Leak, Source, find_leaks
from tests.growth import assert_linear

NOTE = (
    "She has complained three times this year, so give her the twenty percent and no more.\n"
    "Our margin on these boots is about forty percent."
)
CUSTOMER = "The boots that you sent me are broken. Can you send me new ones before Thursday?"


def leaks(
    outgoing: str, note: str = NOTE, allowed: Sequence[str] = (CUSTOMER,), *, is_own: bool = False
) -> list[str]:
    inside = [Inside(text=note, source=Source.NOTE, is_own=is_own)]
    return [one.said for one in find_leaks(outgoing, inside, allowed=allowed)]


@pytest.mark.parametrize(
    "outgoing",
    [
        "Hello,\n\nOur margin on these boots is about forty percent.\n\nKaren",
        "We send new ones.\n\n> Our margin on these boots is about forty percent.",
        "We send new ones.\n\n> Our margin on these\n> boots is about\n> forty percent.",
        "OUR MARGIN on these\u00a0boots is ａｂｏｕｔ forty per\u00adcent",
        "Our&nbsp;margin&nbsp;on&nbsp;these&nbsp;boots is about forty percent",
        "She has complained four times this year, so give her the twenty percent.",
        "give her the twenty percent and no more",
    ],
    ids=["typed", "quoted", "wrapped", "disguised", "source", "one word changed", "half of it"],
)
def test_words_of_a_comment_are_found(outgoing: str) -> None:
    assert leaks(outgoing)


@pytest.mark.parametrize(
    "outgoing",
    [
        "We send new ones before Thursday.\n\nKaren",
        "> Can you send me new ones before Thursday?\n\nYes.",
        "About forty of these boots are left.",
        "She has complained. We are sorry.",
        "This year we give twenty percent to everybody.",
        "",
    ],
)
def test_words_that_merely_coincide_are_let_go(outgoing: str) -> None:
    assert leaks(outgoing) == []


@pytest.mark.parametrize(
    ("note", "outgoing"),
    [
        ("Höchstens zehn Prozent auf die nächste Bestellung, er beschwert sich dauernd.",
         "Wir geben Ihnen zehn Prozent auf die nächste Bestellung, wie versprochen."),
        ("Al massimo dieci per cento sul prossimo ordine, si lamenta sempre.",
         "Le facciamo il dieci per cento sul prossimo ordine, come promesso."),
        ("契約は十二月三十一日まで。やめたがっている。", "ご契約は十二月三十一日に終わります。"),
    ],
)  # fmt: skip
def test_an_answer_that_comes_to_the_same_is_no_leak(note: str, outgoing: str) -> None:
    assert leaks(outgoing, note) == []
    assert leaks(f"> {note}", note) != []


def test_what_the_customer_said_is_theirs_though_a_comment_repeats_it() -> None:
    note = f"See what she writes: {CUSTOMER} Do not answer before I have talked to her husband."
    assert leaks(f"> {CUSTOMER}\n\nYes.", note) == []
    assert leaks(f"{CUSTOMER}\n\nDo not answer before I have talked to her husband", note) == [
        "Do not answer before I have talked to her husband"
    ]


def test_a_short_comment_is_found_where_a_program_quotes_it() -> None:
    note = "He is difficult"
    assert leaks("We send it.\n\n> He is difficult", note) == ["He is difficult"]
    assert leaks("He is difficult to reach by telephone.", note) == []


def test_a_comment_of_ones_own_may_be_sent_as_an_answer_but_not_among_others_words() -> None:
    note = "It left our house this morning and should reach you on Thursday."
    assert leaks(note, note, is_own=True) == []
    assert leaks(f"Hello Jane,\n\n{note}\n\nBest regards\nKaren", note, is_own=True) == []
    assert leaks(note, note) == [note.rstrip(".")]
    assert leaks(f"We have looked into it for you.\n\n{note}", note, is_own=True)


@pytest.mark.parametrize(
    ("note", "outgoing", "is_leak"),
    [
        ("このお客様は三回目の苦情なので、値引きは二割まででお願いします。",
         "ご連絡ありがとうございます。このお客様は三回目の苦情なので、値引きは二割までで", True),
        ("このお客様は三回目の苦情なので、値引きは二割まででお願いします。",
         "お世話になっております。ご確認のほどよろしくお願いいたします。", False),
        ("ご確認のほどよろしくお願いいたします。在庫がありません。",
         "ご確認のほどよろしくお願いいたします。", False),
        ("这位客户今年已经投诉了三次，最多只能给百分之二十的折扣。",
         "您好，\n> 这位客户今年已经投诉了三次", True),
        ("这位客户今年已经投诉了三次，最多只能给百分之二十的折扣。", "我们会尽快给您答复。", False),
        ("Клиентка жалуется уже третий раз, больше двадцати процентов не предлагать.",
         "Больше двадцати процентов не предлагать", True),
        ("Клиентка жалуется уже третий раз, больше двадцати процентов не предлагать.",
         "Спасибо за ваше обращение, мы ответим вам в ближайшее время.", False),
        ("Die Kundin beschwert sich schon zum dritten Mal, höchstens zwanzig Prozent geben.",
         "Wir können Ihnen höchstens zwanzig Prozent geben.", False),
        ("Die Kundin beschwert sich schon zum dritten Mal, höchstens zwanzig Prozent geben.",
         "> Die Kundin beschwert sich schon zum\n> dritten Mal, höchstens", True),
    ],
)  # fmt: skip
def test_in_every_script(note: str, outgoing: str, is_leak: bool) -> None:
    assert bool(leaks(outgoing, note)) is is_leak


@pytest.mark.parametrize("phrase", COURTESIES)
def test_what_everybody_writes_tells_nothing(phrase: str) -> None:
    assert leaks(f"{phrase}.", f"Write to her: {phrase}.") == []


def test_a_customer_who_plants_a_guess_learns_nothing() -> None:
    guess = "Our margin on these boots is about forty percent."
    planted = f"Is it true that {guess}"
    held = leaks(f"> {planted}\n\nNo.", NOTE, (planted,))
    other = leaks(f"> {planted}\n\nNo.", "She is a regular customer.", (planted,))
    assert held == other == []


def test_the_leak_is_shown_as_it_is_written_and_whose_it_is() -> None:
    text = "We send it.\n\n> Our Margin on these\n> boots is about forty percent.\n"
    inside = [Inside(text=NOTE, source=Source.MAIL)]
    shown = "Our Margin on these boots is about forty percent"
    assert find_leaks(text, inside) == (Leak(said=shown, source=Source.MAIL),)


@pytest.mark.parametrize("piece", ["a ", "あ", "the boots are broken ", "x\n> "])
def test_time_grows_with_the_length_alone(piece: str) -> None:
    def read(length: int) -> object:
        text = piece * (length // len(piece))
        inside = [Inside(text=text[: length // 4], source=Source.NOTE)] * 10
        return find_leaks(text, inside, allowed=[text])

    assert_linear(read, 40_000)


def test_five_hundred_messages_are_compared_at_once() -> None:
    words = [f"word{n % 977}x{n % 31}" for n in range(60_000)]
    inside = [
        Inside(text=" ".join(words[at : at + 120]), source=Source.NOTE)
        for at in range(0, 60_000, 120)
    ]
    assert len(inside) == 500
    assert find_leaks(" ".join(words[-40:]), inside)
    assert_linear(lambda count: find_leaks(" ".join(words[-40:]), inside[:count]), 500)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=200))
def test_it_never_fails_and_never_reports_what_is_allowed(one: str, two: str, three: str) -> None:
    inside = [Inside(text=two, source=Source.NOTE)]
    find_leaks(one, inside, allowed=[three])
    assert find_leaks("", inside) == ()
