"""Events as they are told in one line; that each is, in every language, is a rule of the house."""

from __future__ import annotations

import gettext
from dataclasses import replace

import pytest

from inbox.web.events import sentence
from inbox.web.facts import Fact

ANN = 1
PLAIN = gettext.NullTranslations()


def fact(who: str = "Ann", **payload: object) -> Fact:
    people = {1: "Ann", 2: "Ben"}
    return Fact(who=who, is_own=who == "Ann", payload=payload, people=people, reader=ANN)


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        (
            "conversation.unassigned",
            fact("Ann", **{"from": 2}),
            "Ann took the conversation from Ben; nobody has it",
        ),
        ("conversation.unassigned", fact("Ben", **{"from": 2}), "Ben gave the conversation back"),
        ("conversation.unassigned", fact(), "Ann gave the conversation back"),
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
        (
            "message.dropped",
            fact(undone=True, value="tom@garden.example"),
            "Ann took the mail to tom@garden.example back before it left",
        ),
        ("something.newer", fact(), ""),
    ],
)
def test_what_is_told(name: str, given: Fact, told: str) -> None:
    assert sentence(name, given, PLAIN) == told


@pytest.mark.parametrize(
    ("name", "undid", "told"),
    [
        ("conversation.reopened", "conversation.closed", "Ann took the closing back"),
        ("conversation.reopened", "conversation.snoozed", "Ann took back that it was put off"),
        ("conversation.closed", "conversation.reopened", "Ann took the reopening back"),
        ("conversation.assigned", "conversation.assigned", "Ann took back that Ben has it"),
        ("conversation.merged", "conversation.split", "Ann took the split back"),
        ("conversation.merged", "conversation.unmerged", "Ann took the split back"),
        (
            "conversation.unmerged",
            "conversation.merged",
            "Ann took the joined conversations apart again",
        ),
        ("message.moved", "message.moved", "Ann moved 1 message back to where it was"),
        ("conversation.not_spam", "conversation.spam", "Ann took back that this is spam"),
        ("conversation.tagged", "conversation.tagged", "Ann removed the tag late"),
    ],
)
def test_what_was_undone_is_told_as_that(name: str, undid: str, told: str) -> None:
    payload = {"from": 2, "to": 1, "messages": [7], "removed": ["late"], "undid": undid}
    undoing = replace(fact(), payload=payload)
    assert sentence(name, undoing, PLAIN) == told
