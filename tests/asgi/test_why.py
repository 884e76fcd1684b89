"""Why a mail is where it is, in sentences."""

from __future__ import annotations

import gettext
from typing import Any

import pytest

from inbox.asgi.why import conversations_in, why
from inbox.threading.verdict import Rule, Standing, Why

PLAIN = gettext.NullTranslations()


def joined(*rules: str) -> dict[str, Any]:
    return {"outcome": "joined", "evidence": [{"rule": rule} for rule in rules]}


def said(match: dict[str, Any]) -> list[str]:
    return [reason.text for reason in why(match, PLAIN)]


def test_what_decided_and_what_agrees() -> None:
    first, second = said(joined("our_id", "subject", "subject"))
    assert first == "It is here because it answers a mail of ours (its id is in the headers)."
    assert second.startswith("Also: the same person wrote about the same subject")


@pytest.mark.parametrize("rule", [rule for rule in Rule if rule is not Rule.IDENTICAL])
def test_every_rule_has_words(rule: Rule) -> None:
    assert len(said(joined(rule.value))) == 1


def test_as_what_the_sender_takes_part() -> None:
    match = {**joined("known_id"), "standing": "participant"}
    assert said(match)[1:] == ["The sender may join: they take part in the conversation."]


@pytest.mark.parametrize("standing", Standing)
def test_every_standing_has_words(standing: Standing) -> None:
    assert len(said({**joined("known_id"), "standing": standing.value})) == 2


@pytest.mark.parametrize("reason", Why)
def test_every_reason_against_a_place_has_words(reason: Why) -> None:
    assert len(said({"outcome": "new", "rejected": [{"why": reason.value}]})) == 2


def test_what_spoke_against_other_places() -> None:
    rejected = [
        {"conversation": 7, "why": "stranger"},
        {"conversation": 8, "why": "stranger"},
        {"conversation": 7, "why": "stranger"},
        {"conversation": 9, "why": "barred"},
    ]
    match = {"outcome": "new", "rejected": rejected}
    assert said(match) == [
        "It began this conversation: nothing in it leads to an earlier one.",
        "It names another conversation in which the sender takes no part.",
        "It names a conversation from which mails of this thread were taken out.",
    ]
    assert [reason.conversations for reason in why(match, PLAIN)] == [(), (7, 8), (9,)]
    assert conversations_in(match) == {7, 8, 9}


def test_what_a_person_has_put_right() -> None:
    match = {**joined("our_id"), "corrected": {"how": "moved", "by": "Ann Berg", "from": 4}}
    assert said(match) == [
        "Ann Berg moved it here from another conversation.",
        "It had come there because it answers a mail of ours (its id is in the headers).",
    ]
    assert conversations_in(match) == {4}


@pytest.mark.parametrize(
    "match", [{}, {"outcome": "joined"}, {"evidence": ["odd"], "rejected": None}]
)
def test_old_or_odd_data_says_nothing(match: dict[str, Any]) -> None:
    assert why(match, PLAIN) == []
