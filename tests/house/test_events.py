"""Everything that can happen can be told."""

from __future__ import annotations

from inbox.i18n import LANGUAGES, translations
from inbox.model.event import EventName
from inbox.web.events import RENDERERS, sentence
from inbox.web.facts import Fact


def test_every_event_has_a_renderer() -> None:
    assert set(RENDERERS) == set(EventName)


def test_every_event_is_a_sentence_in_every_language() -> None:
    fact = Fact(who="Anna", is_own=False, payload={"to": 7}, people={7: "Boris"}, reader=1)
    mute = [
        f"{name} in {language}"
        for name in EventName
        for language in LANGUAGES
        if not sentence(name, fact, translations(language)).strip()
    ]
    assert not mute
