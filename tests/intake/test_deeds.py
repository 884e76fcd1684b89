"""Whatever can be asked for is known everywhere where it has to be."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast, get_args

from inbox.i18n import LANGUAGES, translations
from inbox.intake.deeds.table import DEEDS
from inbox.mail.tokens import Deed
from inbox.notify.commands import commands
from inbox.orders.judging import IN_ORDER, WITHOUT_DEED
from inbox.orders.verbs import Verb, told


def test_every_verb_has_a_deed_or_is_about_the_words() -> None:
    assert set(DEEDS) == set(IN_ORDER) == set(Verb) - WITHOUT_DEED
    assert len(IN_ORDER) == len(set(IN_ORDER))


def test_every_verb_but_the_note_is_an_address() -> None:
    assert set(get_args(Deed)) == set(map(str, Verb)) - {"note"}  # it is `n` and `note`


def test_everybody_is_told_of_every_verb() -> None:
    for language in LANGUAGES:
        lines: set[str] = set()
        for draft in ({}, {"guest": "comment"}):
            reading = SimpleNamespace(
                language=language,
                texts=translations(language),
                mailbox=SimpleNamespace(close_needs=[], categories=[]),
                outbound=SimpleNamespace(draft=draft),
            )
            groups = commands(cast(Any, reading))
            lines |= {one.line.split()[0] for group in groups for one in group.commands}
        assert lines == {f"@{told(verb, language)}" for verb in Verb}
