"""Events as they are told in one line; that each is, in every language, is a rule of the house."""

from __future__ import annotations

import gettext

import pytest

from inbox.web.events import Fact, sentence

ANN = 1
PLAIN = gettext.NullTranslations()


def fact(who: str = "Ann", **payload: object) -> Fact:
    people = {1: "Ann", 2: "Ben"}
    return Fact(who=who, is_own=who == "Ann", payload=payload, people=people, reader=ANN)


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("conversation.assigned", fact(to=1), "You took the conversation"),
        ("conversation.assigned", fact("Ben", to=2), "Ben took the conversation"),
        ("conversation.assigned", fact(to=2), "Ann gave the conversation to Ben"),
        ("conversation.assigned", fact(to=9), "Ann gave the conversation to ?"),
        ("conversation.closed", fact(), "Ann closed the conversation"),
        (
            "conversation.classified",
            fact(category="Refund", solution="Sent", was=["Refund", ""]),
            "Ann noted the solution: Sent",
        ),
        (
            "conversation.classified",
            fact(category="", solution="", was=["Refund", ""]),
            "Ann removed the category",
        ),
        ("conversation.split", fact(messages=[7]), "Ann made 1 message a conversation of its own"),
        ("message.moved", fact(messages=[7, 8]), "Ann moved 2 messages to another conversation"),
        (
            "customer.learned",
            fact(value="100 %@x.example"),
            "Ann added 100 %@x.example to the customer",
        ),
        ("delivery.failed", fact(), "A mail could not be delivered"),
        ("message.dropped", fact(undone=True), "Ann took an answer back before it left"),
        ("message.dropped", fact(held=3), "Ann discarded the answer that was held back"),
        ("something.newer", fact(), ""),
    ],
)
def test_what_is_told(name: str, given: Fact, told: str) -> None:
    assert sentence(name, given, PLAIN) == told
