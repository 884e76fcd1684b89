"""Lines at the top of a mail are orders, and everything else stays what somebody said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.model.notices import Notices
from inbox.orders.hearing import minutes_of, notices_of
from inbox.orders.judging import not_understood
from inbox.orders.reading import Order, Unclear, by_written, read
from inbox.orders.trouble import Why
from inbox.orders.verbs import TAKES, WORDS, Takes, Verb, fold, told, verb_of

WORDS_SAID = [
    (verb, word)
    for verb, languages in WORDS.items()
    for words in languages.values()
    for word in words.split()
]


def asked(text: str) -> list[tuple[str, str]]:
    return [(order.verb.value, order.argument) for order in read(text).orders]


@pytest.mark.parametrize(("verb", "word"), WORDS_SAID)
def test_every_word_is_its_verb(verb: Verb, word: str) -> None:
    behind = " anna" if TAKES.get(verb) is Takes.MUST else ""
    for written in (word, word.upper(), word.title()):
        assert asked(f"@{written}{behind}\nDone.") == [(verb.value, behind.strip())]


def test_no_word_means_two_things() -> None:
    assert {fold(word): verb for verb, word in WORDS_SAID} == {
        fold(word): verb_of(word) for _, word in WORDS_SAID
    }


@pytest.mark.parametrize("language", ["en", "ru", "it", "de", "ja", "fr"])
def test_what_people_are_told_is_understood(language: str) -> None:
    for verb in Verb:
        assert verb_of(told(verb, language)) is verb


@pytest.mark.parametrize(
    "line",
    [
        *("@close", "@Close.", "@CLOSE!", "  @close  ", "@close\r", "\uff20close", "\ufe6bclose"),
        *("@\xa0close", "\xa0@close\xa0", "@close:", "*@close*", "@ close", "\u200b@close\ufeff"),
        *("@ｃｌｏｓｅ", "@schliessen", "@SCHLIESSEN", "@Schließen.", "@閉じる。", "@закрыть!"),
    ],
)
def test_however_it_is_written(line: str) -> None:
    found = read(f"\n{line}\n\nWe are done.")
    assert [order.verb for order in found.orders] == [Verb.CLOSE]
    assert found.rest == "We are done."


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("@assign anna", "anna"),
        ("@assign: Anna Rossi.", "Anna Rossi"),
        ("@assign @Anna Rossi", "Anna Rossi"),
        ("@assign @Anna Rossi<mailto:anna@us.example>", "Anna Rossi"),
        ("@assign anna@us.example<mailto:anna@us.example>", "anna@us.example"),
        ("@assign <anna@us.example>", "anna@us.example"),
        ("@assign “Anna”", "Anna"),
        ("@担当 佐藤さん", "佐藤さん"),
        ("@担当：佐藤", "佐藤"),
        ("@担当佐藤", "佐藤"),
        ("@zuweisen\xa0Jörg", "Jörg"),
    ],
)
def test_a_name_is_taken_out_of_its_line(line: str, name: str) -> None:
    found = read(line)
    assert [order.verb for order in found.orders] == [Verb.ASSIGN]
    assert found.orders[0].argument.lstrip("@") == name


def test_several_orders_on_lines_or_on_one() -> None:
    wanted = [("take", ""), ("close", "")]
    assert asked("@take\n\n@close\nBye") == wanted
    assert asked("@take @close\nBye") == wanted
    assert asked("@take, @close\nBye") == wanted
    assert asked("@assign anna @close") == [("assign", "anna"), ("close", "")]


@pytest.mark.parametrize("word", ["@not spam", "@no spam", "@Not-Spam", "@kein Spam", "@не спам"])
def test_a_verb_of_two_words(word: str) -> None:
    assert asked(word) == [("notspam", "")]


@pytest.mark.parametrize(
    "line", ["@same 12", "@same #12", "@same https://desk.us.example/conversations/12"]
)
def test_another_conversation_is_named(line: str) -> None:
    assert [order.verb for order in read(line).orders] == [Verb.SAME]


def test_a_note_may_stand_on_its_line() -> None:
    found = read("@note: he called, see @anna\nand was glad")
    assert [order.verb for order in found.orders] == [Verb.NOTE]
    assert found.rest == "he called, see @anna\nand was glad"
    assert asked("@note @close\nGlad") == [("note", ""), ("close", "")]


@pytest.mark.parametrize(
    "text",
    [
        "Hello\n@close",
        "> @close\nno",
        "Please @close it",
        "close\n@close",
        "@ 5 pm we close",
        "@5",
        "@",
        "",
        "anna@us.example wrote",
        "@ close of business is at five",
    ],
)
def test_words_are_words(text: str) -> None:
    found = read(text)
    assert not found.orders
    assert not found.unclear
    assert found.rest == text


@pytest.mark.parametrize(
    ("line", "verb"),
    [
        ("@clsoe", None),
        ("@close tomorrow", Verb.CLOSE),
        ("@assign", Verb.ASSIGN),
        ("@promise", Verb.PROMISE),
        ("@split it up", Verb.SPLIT),
        ("@snooze", Verb.SNOOZE),
        ("@tag", Verb.TAG),
        ("@take care", Verb.TAKE),
    ],
)
def test_what_is_not_quite_an_order_is_said(line: str, verb: Verb | None) -> None:
    found = read(f"@take\n{line}\nHello")
    assert [order.verb for order in found.orders] == [Verb.TAKE]
    assert found.unclear
    assert found.unclear.line == line
    assert found.unclear.verb is verb
    assert found.rest == f"{line}\nHello"


LINES = st.sampled_from(
    [
        *("@close", "@take", "@assign anna", "@note", "@note now", "@not spam", "@clsoe", "@"),
        *("", " ", "Hello", "> @close", "\uff20完了", "@close\r", "@same 1", "@close @take"),
        *("@\xa0spam", "@担当佐藤", "*@close*", "\ufeff", "@ß", "@İ", "@ﬀ"),
    ]
)


@given(st.one_of(st.text(), st.lists(st.one_of(LINES, st.text(max_size=9))).map("\n".join)))
def test_no_word_is_swallowed(text: str) -> None:
    found = read(text)
    assert text.endswith(found.rest)
    above = text[: len(text) - len(found.rest)]
    # Read by themselves, the lines above are orders and nothing else.
    again = read(above)
    assert (again.rest, again.unclear) == ("", None)
    assert asked(above) == asked(text)


@given(st.lists(LINES.filter(lambda line: "@" not in line and "\uff20" not in line)))
def test_without_the_sign_nothing_is_read(lines: list[str]) -> None:
    found = read("\n".join(lines))
    assert not found.orders
    assert not found.unclear


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("mine", Notices.MINE),
        ("Tutto", Notices.ALL),
        ("упоминания", Notices.MENTIONS),
        ("Nichts", Notices.NONE),
        ("自分", Notices.MINE),
        ("some", None),
        ("", None),
    ],
)
def test_what_is_to_be_heard(said: str, wanted: Notices | None) -> None:
    assert notices_of(said) is wanted


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("75", 75),
        ("every 90 minutes", 90),
        ("каждые 60 минут", 60),
        ("ogni 80 minuti", 80),
        ("alle 75 Minuten", 75),
        ("７５分ごと", 75),
        ("59", None),
        ("91 minutes", None),
        ("75 hours", None),
        ("75 80", None),
        ("every minute", None),
    ],
)
def test_how_often_lists_come(said: str, minutes: int | None) -> None:
    assert minutes_of(said) == minutes


@pytest.mark.parametrize(
    "line", ["@close please", "@close, danke!", "@close per favore", "@完了 お願いします"]
)
def test_who_asks_kindly_asks_for_the_same(line: str) -> None:
    found = read(line)
    assert [(one.verb, one.argument) for one in found.orders] == [(Verb.CLOSE, "")]
    assert not found.unclear


def test_a_comment_on_the_line_of_its_order_may_be_long() -> None:
    # Outlook does not wrap what is typed: a paragraph is a line.
    for words in ("@note She complains each month. ", "@notiz Das schreibt sie jeden Monat. "):
        found = read(words + words[words.index(" ") + 1 :] * 60)
        assert [one.verb for one in found.orders] == [Verb.NOTE]
        assert found.rest.startswith(words.split()[1])
        assert len(found.rest) > 1_000


def test_what_is_too_much_is_no_order_and_never_words() -> None:
    long = read("@close\n@tag " + "vip, " * 200)
    many = read("\n".join(f"@tag vip{number}" for number in range(12)))
    for found in (long, many):
        assert found.unclear
        assert not_understood(found.unclear).why is Why.REFUSED
    said = "@anna " + "can you look at this, please? " * 40
    assert read(said).rest == said


@pytest.mark.parametrize(
    ("word", "verb", "argument"),
    [
        ("warten-3d", Verb.WAIT, "3d"),
        ("rimanda-domani", Verb.SNOOZE, "domani"),
        ("назначить-анна", Verb.ASSIGN, "анна"),
        ("待つ-3日", Verb.WAIT, "3日"),
        ("erledigt", Verb.CLOSE, ""),
        ("not-spam", Verb.NOT_SPAM, ""),
    ],
)
def test_the_verb_of_an_address_in_other_languages(word: str, verb: Verb, argument: str) -> None:
    assert by_written(word) == Order(verb=verb, argument=argument, line=f"{word}+…@")


def test_a_slip_in_the_verb_of_an_address_is_told() -> None:
    for word, near in (("wiat-3d", "wait"), ("clsoe", "close"), ("xyzzy", "")):
        found = by_written(word)
        assert isinstance(found, Unclear)
        trouble = not_understood(found)
        assert (trouble.why, trouble.names) == (Why.UNKNOWN, (near,) if near else ())
