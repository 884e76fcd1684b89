from __future__ import annotations

import gettext

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from inbox.mail.render import render

ENGLISH = gettext.NullTranslations()
WORDS = {
    "words": "Which size?\n\nKaren <3",
    "words_html": None,
    "signature": "",
    "logo": None,
    "quote": "",
    "quote_html": "",
}


def test_a_reply_is_the_words_the_signature_and_the_quote() -> None:
    mail = render("reply", ENGLISH, **{**WORDS, "signature": "Boots Ltd", "quote": "> 42"})
    assert mail.text == "Which size?\n\nKaren <3\n\n-- \nBoots Ltd\n\n> 42\n"
    assert "<p>Which size?</p>\n<p>Karen &lt;3</p>" in mail.html
    assert "<p>Boots Ltd</p>" in mail.html


def test_values_are_escaped_unless_they_are_markup() -> None:
    assert "&lt;b&gt;" in render("reply", ENGLISH, **{**WORDS, "quote_html": "<b>"}).html
    assert "<b>" in render("reply", ENGLISH, **{**WORDS, "quote_html": Markup("<b>")}).html
    assert "<b>" in render("reply", ENGLISH, **{**WORDS, "words": "<b>"}).text


def test_a_value_that_is_not_given_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="words"):
        render("reply", ENGLISH)
