from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from inbox.mail.markup import to_html, to_lines
from tests.growth import assert_linear


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("One", "<p>One</p>"),
        ("One\ntwo\n\nthree\n", "<p>One<br>\ntwo</p>\n<p>three</p>"),
        ("One\r\n \t\r\n\r\ntwo", "<p>One</p>\n<p>two</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("  two  spaces", "<p>\u00a0\u00a0two \u00a0spaces</p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
    ],
)
def test_text_becomes_paragraphs(text: str, html: str) -> None:
    assert to_html(text) == html


@pytest.mark.parametrize(
    ("text", "href", "shown"),
    [
        ("see https://x.example/a?b=1&c=2.", "https://x.example/a?b=1&c=2", None),
        ("(see https://x.example/a_(b))", "https://x.example/a_(b)", None),
        ("<https://x.example/>", "https://x.example/", None),
        ("詳細はhttps://x.example/aをご覧ください", "https://x.example/a", None),
        ("write to pat.lee+shop@x.example, please", "mailto:pat.lee+shop@x.example", None),
        ('http://x.example/"onclick=1', "http://x.example/", None),
    ],
)
def test_links(text: str, href: str, shown: str | None) -> None:
    link = LexborHTMLParser(to_html(text)).css_first("a")
    assert link is not None
    assert link.attributes == {"href": href}
    assert link.text() == (shown or href.removeprefix("mailto:"))


@pytest.mark.parametrize("text", ["javascript:alert(1)", "http://", "a@b", "@", "https://user@x"])
def test_what_is_no_link(text: str) -> None:
    assert "<a" not in to_html(text)


def test_one_piece_for_a_place_that_is_a_block() -> None:
    assert to_lines("One\n\ntwo") == "One<br>\n<br>\ntwo"


@given(st.text(alphabet="ab.:/@<>&\"' \n()http\u00a0é"))
def test_the_words_stay_and_nothing_else_comes_in(text: str) -> None:
    tree = LexborHTMLParser(f"<body>{to_html(text)}</body>")
    assert {node.tag for node in tree.css("body *")} <= {"p", "br", "a"}
    body = tree.body
    assert body is not None
    assert "".join(body.text().split()) == "".join(text.split())


@pytest.mark.parametrize(
    "bomb",
    [
        lambda size: "a" * size,
        lambda size: "http://" * (size // 7),
        lambda size: "a@" * (size // 2),
        lambda size: "x@y." * (size // 4),
        lambda size: ")" * size,
        lambda size: " \n" * (size // 2),
        lambda size: "https://x/" + ")" * size,
        lambda size: "(" * 1000 + "https://a" * (size // 9),
    ],
)
def test_hostile_text_takes_no_longer(bomb: Callable[[int], str]) -> None:
    assert_linear(lambda size: to_html(bomb(size)), 200_000)
