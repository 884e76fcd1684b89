"""What is wrong with a rule, in the words of who wrote it."""

from __future__ import annotations

from gettext import NullTranslations
from typing import Any

import pytest

from inbox.i18n import LANGUAGES, translations
from inbox.rules.engine import read
from inbox.rules.faults import RuleFault, kept_fault_in_words
from inbox.rules.spelled import ABOUT, DO
from inbox.rules.wording import action_words, condition_words, said_of

SPAM = {"do": "spam"}
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"actions": []}, "A rule has to do something: choose at least one action."),
    ({}, "A rule has to do something: choose at least one action."),
    ({"actions": [SPAM] * 51}, "A rule has at most 50 conditions, and as many actions."),
    ({"actions": [{"do": "tag"}]}, "“put on the tag”: write behind it what is meant."),
    (
        {"actions": [{"do": "move", "mailbox": ""}]},
        "“move it to”: write behind it what is meant.",
    ),
    (
        {"actions": [{"do": "priority", "value": "great"}]},
        "“set the priority”: write one of these behind it: low, normal, high, urgent.",
    ),
    (
        {"actions": [{"do": "promise", "hours": 0}]},
        "Write the hours of a promise as a number from 1 to 1000.",
    ),
    (
        {"actions": [{"do": "tag", "add": ["x"] * 21}]},
        "“put on the tag”: at most 20 can stand behind it.",
    ),
    (
        {"actions": [SPAM], "conditions": [{"about": "sender", "any": ["x" * 321]}]},
        "“the sender's address is”: at most 320 characters can stand behind it.",
    ),
    (
        {"actions": [SPAM], "conditions": [{"about": "tag", "any": []}]},
        "“it has the tag”: write behind it what is meant.",
    ),
    (
        {"actions": [SPAM], "when": "time"},
        "A rule for while a customer waits needs the condition “the customer has waited for”.",
    ),
    (
        {"actions": [SPAM], "when": "time", "conditions": [{"about": "new"}]},
        "While a customer waits there is no mail to look at. Take these out:"
        " it begins a conversation.",
    ),
]


@pytest.mark.parametrize(("document", "said"), WRONG)
def test_a_rule_that_cannot_be_kept(document: dict[str, Any], said: str) -> None:
    with pytest.raises(RuleFault) as wrong:
        read(document)
    assert wrong.value.public == said
    assert said not in [wrong.value.said(translations(one)) for one in LANGUAGES[1:]]


def test_what_there_is_has_words_in_the_order_of_the_list() -> None:
    english = NullTranslations()
    assert tuple(one.key for one in condition_words(english)) == ABOUT
    assert tuple(one.key for one in action_words(english)) == DO
    assert said_of("conditions.priority", english) != said_of("actions.priority", english)


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("move: There is no mailbox a@b.example.", "verschieben nach: Es gibt kein Postfach"),
        ("assign: There is nobody with the address a@b.example.", "der Reihe nach geben an: "),
        ("assign: Nobody has the skill routers.", "der Reihe nach geben an: Niemand"),
        ("something: else", "something: else"),
        ("", ""),
    ],
)
def test_why_a_rule_was_not_followed(kept: str, said: str) -> None:
    found = kept_fault_in_words(kept, translations("de"))
    assert found.startswith(said)
    assert not {"There", "Nobody"} & set(found.split())
