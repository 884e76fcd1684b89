"""What rules want done, in the order in which they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.rules.engine import Kept, plan, read
from inbox.rules.facts import Facts

FACTS = Facts(
    mailbox="support@us.example",
    tags=frozenset({"vip"}),
    organisation="acme.example",
    language="de",
    is_new=True,
    waiting=timedelta(hours=3),
    recipients=("support@us.example", "billing@us.example"),
    sender="pat@acme.example",
    sender_name="Pat Lee",
    subject="Refund for order 77120",
    text="The shoes are too small.",
    files=("invoice.pdf",),
    headers={"x-priority": ("1 (Highest)",)},
    proof="pass",
)
NOTHING = Facts(mailbox="support@us.example")


def rule(*conditions: dict[str, Any], do: Any = None, **more: Any) -> dict[str, Any]:
    actions = do or [{"do": "tag", "add": ["found"]}]
    return {"conditions": list(conditions), "actions": actions, **more}


def kept(*documents: dict[str, Any]) -> list[Kept]:
    return [Kept.of(number, f"rule {number}", one) for number, one in enumerate(documents, start=1)]


def test_rules_do_so_much_about_one_mail_and_no_more() -> None:
    lots = rule(do=[{"do": "tag", "add": [f"t{one}"]} for one in range(50)])
    found = plan(kept(lots, lots, lots), FACTS)
    assert len(found.steps) == 100
    assert [(one.rule.id, one.why) for one in found.broken] == [
        (3, "rules would do more than 100 things")
    ]


HOLD = [
    {"about": "recipient", "any": ["billing@*"]},
    {"about": "sender", "any": ["*@other.example", "*@acme.example"]},
    {"about": "sender_name", "any": ["pat *"]},
    {"about": "organisation", "any": ["acme.example"]},
    {"about": "file", "any": ["*.pdf"]},
    {"about": "subject", "any": ["refund"]},
    {"about": "text", "any": ["too small"]},
    {"about": "words", "any": ["refund"]},
    {"about": "words", "any": ["shoes"]},
    {"about": "header", "name": "X-Priority", "any": ["1*"]},
    {"about": "header", "name": "X-Priority"},
    {"about": "tag", "any": ["VIP"]},
    {"about": "language", "any": ["de"]},
    {"about": "proof", "any": ["pass"]},
    {"about": "new"},
    {"about": "has_file"},
    {"about": "waiting", "minutes": 180},
]


@pytest.mark.parametrize("condition", HOLD, ids=str)
def test_what_can_be_asked(condition: dict[str, Any]) -> None:
    asked, turned = rule(condition), rule({**condition, "negate": True})
    assert plan(kept(asked), FACTS).matched
    assert not plan(kept(turned), FACTS).matched
    assert not plan(kept(asked), NOTHING).matched
    assert plan(kept(turned), NOTHING).matched


@pytest.mark.parametrize(
    ("condition", "facts"),
    [
        ({"about": "mailbox", "any": ["support@us.example"]}, FACTS),
        ({"about": "status", "any": ["snoozed", "open"]}, FACTS),
        ({"about": "priority", "any": ["urgent"]}, replace(FACTS, priority="urgent")),
        ({"about": "category", "any": ["refund"]}, replace(FACTS, category="Refund")),
        ({"about": "assigned"}, replace(FACTS, is_assigned=True)),
        ({"about": "open_hours"}, FACTS),
    ],
    ids=str,
)
def test_how_the_conversation_stands_can_be_asked(condition: dict[str, Any], facts: Facts) -> None:
    assert plan(kept(rule(condition)), facts).matched
    assert not plan(kept(rule({**condition, "negate": True})), facts).matched


def test_all_of_the_conditions_or_any_of_them() -> None:
    yes, no = {"about": "new"}, {"about": "assigned"}
    assert not plan(kept(rule(yes, no)), FACTS).matched
    assert plan(kept(rule(yes, no, match="any")), FACTS).matched
    # Where nothing is asked there is nothing that does not hold.
    assert len(plan(kept(rule(), rule(match="any")), FACTS).matched) == 2


def test_the_first_that_says_where_something_goes_is_heard() -> None:
    first = rule(do=[{"do": "move", "mailbox": "billing@us.example"}])
    second = rule(
        do=[
            {"do": "move", "mailbox": "sales@us.example"},
            {"do": "tag", "add": ["refund"]},
            {"do": "tag", "add": ["order"]},
        ]
    )
    steps = plan(kept(first, second), FACTS).steps
    assert [(step.rule.id, step.action.do) for step in steps] == [
        (1, "move"),
        (2, "tag"),
        (2, "tag"),
    ]


@pytest.mark.parametrize("last", [rule(stop=True), rule(do=[{"do": "spam"}])], ids=["stop", "spam"])
def test_what_ends_it(last: dict[str, Any]) -> None:
    assert [one.id for one in plan(kept(last, rule()), FACTS).matched] == [1]


def test_a_rule_about_waiting_is_asked_while_it_waits() -> None:
    late = rule({"about": "waiting", "minutes": 60}, when="time")
    assert not plan(kept(late), FACTS).matched
    assert plan(kept(late), FACTS, when="time").matched
    assert not plan(kept(rule()), FACTS, when="time").matched


BROKEN = [
    {},
    {"actions": []},
    rule({"about": "weather"}),
    rule({"about": "subject", "any": []}),
    rule({"about": "new", "any": ["x"]}),
    rule(do=[{"do": "explode"}]),
    rule(do=[{"do": "tag"}]),
    rule(do=[{"do": "webhook", "to": ""}]),
    rule(version=2),
    rule(when="time"),
    rule({"about": "waiting", "minutes": 5}, {"about": "subject", "any": ["x"]}, when="time"),
    rule(*[{"about": "new"}] * 51),
]


@pytest.mark.parametrize("document", BROKEN, ids=str)
def test_a_broken_rule_is_passed_over_and_named(document: dict[str, Any]) -> None:
    found = plan(kept(document, rule()), FACTS)
    assert [one.id for one in found.matched] == [2]
    assert [one.rule.id for one in found.broken] == [1]
    assert found.broken[0].why
    with pytest.raises(ValueError, match=r"."):
        read(document)


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
almost = st.fixed_dictionaries(
    {"actions": json, "conditions": st.lists(st.sampled_from(HOLD) | json, max_size=3)}
)


@given(almost)
def test_whatever_is_kept_stops_no_mail(document: dict[str, Any]) -> None:
    assert [one.id for one in plan(kept(document, rule()), FACTS).matched][-1:] in ([2], [1])
