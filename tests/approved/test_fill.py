"""An approved text around the words of one of us, and all that customers call themselves."""

from __future__ import annotations

import pytest

from inbox.approved.fill import Filled, Form, Unfilled, Values, fill
from inbox.approved.placeholders import LONGEST, Flaw, Flawed, check

REFUND = """Dear {{ customer.name or "customer" }},

your money is on its way.

{{ agent.name }}, {{ mailbox.name }}"""
KAREN = Values(customer="Jane Doe", agent="Karen", mailbox="Support", subject="Boots")


def plain(body: str, words: str = "", values: Values = KAREN) -> str:
    return fill(body, Form.PLAIN, values, words).text


def test_words_stand_below_the_greeting_of_the_text() -> None:
    assert plain(REFUND, "I am sorry about the boots.") == (
        "Dear Jane Doe,\n\nI am sorry about the boots.\n\nyour money is on its way.\n\n"
        "Karen, Support"
    )


def test_a_greeting_of_ones_own_takes_the_place_of_the_texts() -> None:
    assert plain(REFUND, "Hi Jane,\n\nsorry again.").startswith(
        "Hi Jane,\n\nsorry again.\n\nyour money"
    )


def test_a_text_without_words_is_an_answer_by_itself() -> None:
    assert plain(REFUND).startswith("Dear Jane Doe,\n\nyour money")


def test_words_stand_where_the_text_says() -> None:
    body = "Hello!\n\nWe looked at it:\n\n{{ words }}\n\nYours"
    assert plain(body, "All fine.\n\nReally.") == (
        "Hello!\n\nWe looked at it:\n\nAll fine.\n\nReally.\n\nYours"
    )
    assert plain(body) == "Hello!\n\nWe looked at it:\n\nYours"


def test_without_a_greeting_words_come_first() -> None:
    assert plain("Your money is on its way.", "Sorry.") == "Sorry.\n\nYour money is on its way."


@pytest.mark.parametrize(
    "greeting",
    ["Hello,", "Здравствуйте, Анна!", "Gentile cliente,", "Sehr geehrte Frau Lee,", "山田様"],
)
def test_greetings_are_known_in_all_languages(greeting: str) -> None:
    assert plain(f"{greeting}\n\nx y z.", "Words.") == f"{greeting}\n\nWords.\n\nx y z."


def test_a_value_that_is_not_known_stops_the_text() -> None:
    with pytest.raises(Unfilled) as stopped:
        plain("Dear {{ customer.name }},", values=Values())
    assert stopped.value.name == "customer.name"
    with pytest.raises(Unfilled):
        plain("Dear {{ customer.name | upper }},", values=Values())


@pytest.mark.parametrize(
    "body",
    [
        'Dear {{ customer.name or "customer" }},',
        'Dear {{ customer.name | default("customer") }},',
        "Dear {% if customer.name %}{{ customer.name }}{% else %}customer{% endif %},",
        'Dear {{ customer.name if customer.name else "customer" }},',
    ],
)
def test_something_else_stands_for_what_is_not_known(body: str) -> None:
    assert plain(body, values=Values()) == "Dear customer,"
    assert plain(body) == "Dear Jane Doe,"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("{{ 7*7 }}{% for x in y %}", "{{ 7*7 }}{% for x in y %}"),
        ("Jane\r\nBcc: evil@x.example", ""),  # an address is no name
        ("Jane\r\n\r\nSubject: x", "Jane Subject: x"),
        ("\u202eenaJ\u2066\u200b", "enaJ"),
        ("Visit http://evil.example now", ""),
        ("www.evil.example", ""),
        ("\ue0f0", ""),
        ("J" * 5000, "J" * 200),
        ("\0\x1b[31mJane", "[31mJane"),
    ],
)
def test_a_customers_name_is_never_more_than_a_name(name: str, shown: str) -> None:
    said = plain("Dear {{ customer.name or '-' }},", "Words.", Values(customer=name))
    assert said == f"Dear {shown or '-'},\n\nWords."


def test_in_markdown_a_name_is_neither_markup_nor_html() -> None:
    name = "[x](//evil.example) <b>*J*</b> `c` # 1."
    found = fill("Dear {{ customer.name }},\n\n**Yes.**", Form.MARKDOWN, Values(customer=name))
    assert "<a" not in found.html
    assert "<b>" not in found.html
    assert "&lt;b&gt;*J*&lt;/b&gt;" in found.html
    assert "<strong>Yes.</strong>" in found.html
    assert name in found.text


def test_markdown_keeps_the_agents_words_as_they_are() -> None:
    words = "1. *not* <i>markup</i>\n    a < b\n\n# no heading"
    found = fill("# Hello,\n\n[Form](https://us.example/form)", Form.MARKDOWN, KAREN, words)
    assert words in found.text
    assert "&lt;i&gt;markup" in found.html
    assert "<h1>Hello,</h1>" in found.html
    assert found.html.index("no heading") < found.html.index("https://us.example/form")
    assert "https://us.example/form" in found.text


def test_markdown_can_do_nothing() -> None:
    body = "<script>x</script> [a](javascript:x) ![p](http://spy.example/p.png)"
    found = fill(body, Form.MARKDOWN, KAREN)
    assert "<script" not in found.html
    assert "<img" not in found.html
    assert 'href="javascript' not in found.html


def test_plain_text_has_no_html_of_its_own() -> None:
    assert fill("a < b", Form.PLAIN, KAREN) == Filled(text="a < b")


@pytest.mark.parametrize(
    ("body", "flaw", "line"),
    [
        ("", Flaw.EMPTY, 1),
        ("x" * (LONGEST + 1), Flaw.LONG, 1),
        ("Dear\n{{ customer.name", Flaw.SYNTAX, 2),
        ("Dear\n{{ customer.nmae }}", Flaw.UNKNOWN, 2),
        ("{% if customer.name %}{% else %}{{ agent.email }}{% endif %}", Flaw.UNKNOWN, 1),
        ("{{ secret }}", Flaw.UNKNOWN, 1),
        ("{{ customer }}", Flaw.UNKNOWN, 1),
        ("{{ words }} {{ words }}", Flaw.WORDS_TWICE, 1),
        ("{% for x in range(1000000000) %}x{% endfor %}", Flaw.NOT_ALLOWED, 1),
        ("{{ 'x' * 1000000000 }}", Flaw.NOT_ALLOWED, 1),
        ("{{ '%1000000000d' % 1 }}", Flaw.NOT_ALLOWED, 1),
        ("{{ 'x' | center(1000000000) }}", Flaw.NOT_ALLOWED, 1),
        ("{{ customer.name | title('x') }}", Flaw.NOT_ALLOWED, 1),
        ("{{ customer.name | title(*words) }}", Flaw.NOT_ALLOWED, 1),
        ("{{ ''.__class__.__mro__ }}", Flaw.UNKNOWN, 1),
        ("{{ customer.__class__ }}", Flaw.UNKNOWN, 1),
        ("{{ customer['name'] }}", Flaw.NOT_ALLOWED, 1),
        ("{{ customer.name.upper() }}", Flaw.NOT_ALLOWED, 1),
        ("{{ lipsum() }}", Flaw.NOT_ALLOWED, 1),
        ("Hello,\n{{ not customer.name }}", Flaw.NOT_ALLOWED, 2),
        ("{{ customer.name == 'Pat' }}", Flaw.NOT_ALLOWED, 1),
        ("{{ (customer.name or true) | upper }}", Flaw.NOT_ALLOWED, 1),
        ("{{ 'a' if customer.name else none }}", Flaw.NOT_ALLOWED, 1),
        ("{% set x = 'a' %}{{ x ~ x }}", Flaw.NOT_ALLOWED, 1),
        ("{% set customer = 'a' %}", Flaw.NOT_ALLOWED, 1),
        ("{% include 'x' %}", Flaw.NOT_ALLOWED, 1),
        ("{% import 'os' as os %}", Flaw.NOT_ALLOWED, 1),
        ("{% macro m() %}{{ m() }}{% endmacro %}", Flaw.NOT_ALLOWED, 1),
        ("{{ " + "(" * 2000 + "words" + ")" * 2000 + " }}", Flaw.NOT_ALLOWED, 1),
        ("{{ " + "not " * 3000 + "words }}", Flaw.NOT_ALLOWED, 1),
        ("{{ customer.name }}" * 1000, Flaw.NOT_ALLOWED, 1),
    ],
)
def test_a_text_that_cannot_be_is_refused_with_its_line(body: str, flaw: Flaw, line: int) -> None:
    with pytest.raises(Flawed) as refused:
        check(body)
    assert (refused.value.flaw, refused.value.line) == (flaw, line)
