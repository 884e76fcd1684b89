"""Every event that there is can be told in one line."""

from __future__ import annotations

import gettext

import pytest

from inbox.i18n import LANGUAGES, translations
from inbox.model.event import EventName
from inbox.web.events import RENDERERS, Fact, sentence

ANN = 1
PLAIN = gettext.NullTranslations()


def fact(who: str = "Ann", **payload: object) -> Fact:
    people = {1: "Ann", 2: "Ben"}
    return Fact(who=who, is_own=who == "Ann", payload=payload, people=people, reader=ANN)


def test_no_event_is_forgotten() -> None:
    assert set(RENDERERS) == set(EventName)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(EventName))
def test_in_every_language(name: EventName, language: str) -> None:
    assert sentence(name, fact(to=2), translations(language))


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("conversation.assigned", fact(to=1), "You took the conversation"),
        ("conversation.assigned", fact("Ben", to=2), "Ben took the conversation"),
        ("conversation.assigned", fact(to=2), "Ann gave the conversation to Ben"),
        ("conversation.assigned", fact(to=9), "Ann gave the conversation to ?"),
        ("conversation.closed", fact(), "Ann closed the conversation"),
        ("message.dropped", fact(undone=True), "Ann took an answer back before it left"),
        ("message.dropped", fact(held=3), "Ann dropped the answer that was held back"),
        ("something.newer", fact(), ""),
    ],
)
def test_what_is_told(name: str, given: Fact, told: str) -> None:
    assert sentence(name, given, PLAIN) == told
