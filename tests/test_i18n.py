from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from inbox import i18n
from inbox.i18n import LANGUAGES, negotiate, translations


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de", "de"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("fr-FR,fr;q=0.9,it;q=0.4", "it"),
        ("en;q=0.5, ja;q=0.9", "ja"),
        ("ru;q=0, it;q=0.1", "it"),
        ("pt_BR, RU", "ru"),
        ("*, de;q=0.5", "en"),
        ("fr", "en"),
        ("de;q=nonsense", "en"),
        ("", "en"),
        (None, "en"),
        (",;;=,q", "en"),
        ("de;q=0.1," * 100_000, "de"),
    ],
)
def test_best_language_for_a_browser(header: str | None, language: str) -> None:
    assert negotiate(header) == language


def test_source_language_needs_no_catalogue() -> None:
    assert translations("en").gettext("Good day") == "Good day"
    assert translations("en").ngettext("%(n)s mail", "%(n)s mails", 2) == "%(n)s mails"


def test_unknown_language_is_english() -> None:
    assert translations("tlh-Latn") is translations("en")


def test_regional_form_uses_the_language() -> None:
    assert translations("de_CH") is translations("de")


def test_every_language_can_be_read() -> None:
    for language in LANGUAGES:
        assert translations(language).gettext("a text that nobody wrote") == (
            "a text that nobody wrote"
        )


def test_plurals_of_russian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ru.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "%(n)s mail"\nmsgid_plural "%(n)s mails"\n'
        'msgstr[0] "%(n)s письмо"\nmsgstr[1] "%(n)s письма"\nmsgstr[2] "%(n)s писем"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(i18n, "CATALOGUES", tmp_path)
    i18n._catalogue.cache_clear()
    try:
        ngettext = translations("ru").ngettext
        forms = [ngettext("%(n)s mail", "%(n)s mails", n) % {"n": n} for n in (1, 3, 5, 21)]
    finally:
        i18n._catalogue.cache_clear()
    assert forms == ["1 письмо", "3 письма", "5 писем", "21 письмо"]


def _forms(message: Message) -> list[str]:
    said = message.string
    return list(said) if isinstance(said, tuple | list) else [said or ""]


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_each_catalogue_is_in_its_own_letters(language: str) -> None:
    letters = {"ru": re.compile("[а-яё]", re.I), "ja": re.compile("[ぁ-んァ-ヶ一-龥]")}
    foreign = [one for name, one in letters.items() if name != language]
    with (i18n.CATALOGUES / f"{language}.po").open("rb") as file:
        said = [form for message in read_po(file) if message.id for form in _forms(message)]
    assert [one for one in said if any(letter.search(one) for letter in foreign)] == []
    if own := letters.get(language):
        assert len([one for one in said if own.search(one)]) > 0.9 * len(said)


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_no_translation_says_the_same_twice(language: str) -> None:
    """As those do whose lines were joined where two people had changed one."""
    with (i18n.CATALOGUES / f"{language}.po").open("rb") as file:
        said = [form for message in read_po(file) if message.id for form in _forms(message)]
    assert not [one for one in said if re.search(r"(.{20,})\s*\1", one, re.DOTALL)]


# What `docs/design.md` has another word for, and the tone that each language keeps.
_OTHER_WORDS = {
    "de": r"\bUnterhaltung|\bVorgang|\b[Dd]u\b|\b[Dd]ir\b|\b[Dd]ein",
    "it": r"\bticket\b",
    "ru": r"разговор|\bтикет",
    "ja": r"会話|やり取り|顧客|協力者|チケット|ログアウト",
}


@pytest.mark.parametrize("language", _OTHER_WORDS)
def test_one_word_stands_for_one_thing(language: str) -> None:
    with (i18n.CATALOGUES / f"{language}.po").open("rb") as file:
        said = [one for message in read_po(file) if message.id for one in _forms(message)]
    assert not [one for one in said if re.search(_OTHER_WORDS[language], one)]
