from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from inbox.mail.quote import Quoted, attribution, quote_html, quote_text
from inbox.model.address import Address

ROME = ZoneInfo("Europe/Rome")
PAT = Address(name="Pat Lee", address="pat@customer.example")
MAIL = Quoted(
    author=PAT, date=datetime(2026, 11, 3, 9, 42, tzinfo=UTC), text="My boots\n\nare too small\n"
)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "On 3 November 2026 at 10:42, Pat Lee <pat@customer.example> wrote:"),
        ("ru", "3 ноября 2026\u202fг. в 10:42 Pat Lee <pat@customer.example> пишет:"),
        ("it", "Il 3 novembre 2026 alle 10:42 Pat Lee <pat@customer.example> ha scritto:"),
        ("de", "Am 3. November 2026 um 10:42 schrieb Pat Lee <pat@customer.example>:"),
        ("ja", "2026年11月3日 10:42、Pat Lee <pat@customer.example> さんのメール:"),
        ("xx", "On 3 November 2026 at 10:42, Pat Lee <pat@customer.example> wrote:"),
    ],
)
def test_attribution_in_the_readers_language(language: str, line: str) -> None:
    assert attribution(MAIL, language, ROME) == line


def test_attribution_without_a_date() -> None:
    assert attribution(Quoted(author=Address(name="Pat")), "de", ROME) == "Pat schrieb:"


def test_text_is_quoted_as_programs_do() -> None:
    quoted = quote_text([MAIL], language="en", zone=ROME)
    assert quoted.split("\n")[1:] == ["> My boots", ">", "> are too small"]


def test_deep_quotes_are_left_out() -> None:
    mail = Quoted(author=PAT, text="new\n> one\n>> two\n> > > three\n>>>> four")
    lines = quote_text([mail], language="en", zone=ROME).split("\n")
    assert lines[1:] == ["> new", ">> one", ">>> two"]


def test_several_mails_newest_first_until_the_limit() -> None:
    mails = [Quoted(author=PAT, text=f"mail {n}\n" + "x" * 80 + "\nlast") for n in range(5)]
    quoted = quote_text(mails, language="en", zone=ROME, limit=150)
    assert "mail 0" in quoted
    assert "mail 1" in quoted
    assert quoted.count("last") == 1
    assert "mail 2" not in quoted
    assert len(quoted) < 300


def test_html_quote_is_known_to_gmail_and_apple() -> None:
    html = quote_html(
        [Quoted(author=PAT, text="x", html="<p>My <b>boots</b></p>")], language="en", zone=ROME
    )
    assert '<div class="gmail_quote">' in html
    assert '<blockquote type="cite" class="gmail_quote"' in html
    assert "<p>My <b>boots</b></p></blockquote></div>" in html
    assert "Pat Lee &lt;pat@customer.example&gt; wrote:" in html


def test_html_quote_of_a_text_mail_is_escaped() -> None:
    html = quote_html([Quoted(author=PAT, text="<b>a</b>\n\nb")], language="en", zone=ROME)
    assert "<p>&lt;b&gt;a&lt;/b&gt;</p>\n<p>b</p>" in html


def test_deep_html_quotes_are_left_out_and_large_html_becomes_text() -> None:
    deep = "a<blockquote>b<blockquote>c<blockquote>d</blockquote></blockquote></blockquote>"
    html = quote_html([Quoted(author=PAT, html=deep)], language="en", zone=ROME)
    assert "b<blockquote>c</blockquote>" in html
    large = Quoted(author=PAT, text="short", html="<p>" + "x" * 500 + "</p>")
    assert "<p>short</p>" in quote_html([large], language="en", zone=ROME, limit=200)
    assert "last" not in quote_html(
        [large, Quoted(author=PAT, text="last")], language="en", zone=ROME, limit=12
    )
    bomb = Quoted(author=PAT, text="short", html="<blockquote>" * 5000)
    assert "<p>short</p>" in quote_html([bomb], language="en", zone=ROME)
