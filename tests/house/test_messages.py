"""Everything that people read is there in every language that we speak."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from babel.messages.catalog import Message

from inbox.i18n import LANGUAGES
from scripts.messages import texts, untranslated
from tests.house.catalogues import catalogue, of_the_source
from tests.house.tree import sources

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!\{)\{\w*\}(?!\})")


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_text_is_translated(language: str) -> None:
    catalog = catalogue(language)
    wanted = {(message.id, message.context) for message in texts(of_the_source())}
    present = {(message.id, message.context) for message in texts(catalog)}
    assert present == wanted, "run `make messages`"
    assert not untranslated(catalog), f"to be written in inbox/locale/{language}.po"


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_translations_keep_the_placeholders(language: str) -> None:
    catalog = catalogue(language)
    missing = set(untranslated(catalog))
    wrong = [str(m.id) for m in texts(catalog) if not _keeps_placeholders(m)]
    assert not set(wrong) - missing


def _keeps_placeholders(message: Message) -> bool:
    if not message.pluralizable:
        return _placeholders(message.string) == _placeholders(message.id)
    # A plural form may leave the number out: "one mail", "two mails".
    allowed = _placeholders(message.id[1])
    return all(_placeholders(form) <= allowed for form in message.string or ())


def _placeholders(text: object) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(str(text)))


def test_templates_are_read_as_they_are_extracted() -> None:
    # `babel.cfg` joins the lines of {% trans %}; an environment that does not finds no translation.
    untrimmed = [
        source.name
        for source in sources("inbox")
        if "jinja2.ext.i18n" in source.text and "ext.i18n.trimmed" not in source.text
    ]
    assert not untrimmed
