"""Text of people as markup: what they wrote, and nothing that acts."""

from __future__ import annotations

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from inbox.web.words import count_lines, hue, initials, one_line, shown, size_in_words


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Pat Lee", "PL"),
        ("Anna Maria Berg", "AB"),
        ("Мария Соколова", "МС"),
        ("佐藤 花子", "佐"),
        ("pat@customer.example", "PE"),
        ("Prince", "P"),
        ("", "?"),
        ("!!!", "?"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("language", "size", "said"),
    [
        ("en", 1, "1 kB"),
        ("en", 999_499, "999 kB"),
        ("en", 1_234_567, "1.2 MB"),
        ("de", 1_234_567, "1,2 MB"),
        ("it", 1_234_567, "1,2 MB"),
        ("ru", 1_234_567, "1,2 МБ"),
        ("ja", 1_234_567, "1.2 MB"),
        ("de", 1_234_567_890, "1.234,6 MB"),
    ],
)
def test_sizes_as_their_readers_write_them(language: str, size: int, said: str) -> None:
    words = size_in_words(size, Locale(language))
    assert words.replace("\N{NO-BREAK SPACE}", " ") == said
    assert " " not in words  # a number and its unit stay in one line


def test_a_person_keeps_their_colour() -> None:
    assert hue("Pat@x.example") == hue("pat@x.example")
    assert 0 <= hue("anybody") < 12


def test_links_open_apart() -> None:
    markup = shown("See https://x.example/a?b=1&c=2.")
    assert 'href="https://x.example/a?b=1&amp;c=2"' in markup
    assert 'rel="noopener noreferrer nofollow" target="_blank"' in markup
    assert markup.endswith(".")


@given(st.text())
def test_nothing_of_theirs_becomes_an_element(text: str) -> None:
    tree = LexborHTMLParser(f"<div>{shown(text)}</div>")
    assert {node.tag for node in tree.css("div *")} <= {"a", "br"}
    for link in tree.css("a"):
        assert str(link.attributes["href"]).startswith(("http://", "https://", "mailto:"))


def test_the_beginning_in_one_line() -> None:
    assert one_line("Hello,\n\n  there") == "Hello, there"
    assert len(one_line("word " * 100)) <= 160
    assert one_line("word " * 100).endswith("…")


def test_counting_lines() -> None:
    assert count_lines("> a\n\n> b\n") == 2
