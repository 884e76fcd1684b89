"""Why a mail is where it is, in sentences."""

from __future__ import annotations

import gettext
from typing import Any

import pytest

from inbox.threading.verdict import Rule
from inbox.web.why import why

PLAIN = gettext.NullTranslations()


def joined(*rules: str) -> dict[str, Any]:
    return {"outcome": "joined", "evidence": [{"rule": rule} for rule in rules]}


def test_what_decided_and_what_agrees() -> None:
    first, second = why(joined("our_id", "subject", "subject"), PLAIN)
    assert first == "It is here because it answers a mail of ours (its id is in the headers)."
    assert second.startswith("Also: the same person wrote about the same subject")


@pytest.mark.parametrize("rule", [rule for rule in Rule if rule is not Rule.IDENTICAL])
def test_every_rule_has_words(rule: Rule) -> None:
    assert len(why(joined(rule.value), PLAIN)) == 1


def test_what_spoke_against_another_place() -> None:
    match = {"outcome": "new", "rejected": [{"why": "stranger"}, {"why": "weaker"}]}
    assert why(match, PLAIN) == [
        "It began this conversation: nothing in it leads to an earlier one.",
        "It names another conversation in which the sender takes no part.",
    ]


@pytest.mark.parametrize(
    "match", [{}, {"outcome": "joined"}, {"evidence": ["odd"], "rejected": None}]
)
def test_old_or_odd_data_says_nothing(match: dict[str, Any]) -> None:
    assert why(match, PLAIN) == []
