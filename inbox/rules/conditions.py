"""Whether a condition holds of the facts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import assert_never

from inbox.rules.facts import Facts
from inbox.rules.schema import Condition, Flag, Header, Named, Rule, Said, State, Waiting
from inbox.rules.words import any_like, says


def matches(rule: Rule, facts: Facts) -> bool:
    """Whether a rule has something to do; one without conditions always has."""
    found = (holds(one, facts) for one in rule.conditions)
    return (any(found) or not rule.conditions) if rule.match == "any" else all(found)


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether one condition holds, turned round where it says so."""
    return _holds(condition, facts) is not condition.negate


def _holds(condition: Condition, facts: Facts) -> bool:
    match condition:
        case Named():
            return any_like(_names(condition, facts), condition.any)
        case Said():
            return any(says(_words(condition, facts), one) for one in condition.any)
        case Header():
            found = facts.headers.get(condition.name.lower(), ())
            return any_like(found, condition.any) if condition.any else bool(found)
        case State():
            wanted = {one.casefold() for one in condition.any}
            return any(one.casefold() in wanted for one in _states(condition, facts))
        case Flag():
            return _is_so(condition, facts)
        case Waiting():
            least = timedelta(minutes=condition.minutes)
            return facts.waiting is not None and facts.waiting >= least
    assert_never(condition)


def _names(condition: Named, facts: Facts) -> tuple[str, ...]:
    match condition.about:
        case "recipient":
            return facts.recipients
        case "sender":
            return (facts.sender,)
        case "sender_name":
            return (facts.sender_name,)
        case "organisation":
            return (facts.organisation,)
        case "file":
            return facts.files
    assert_never(condition.about)


def _words(condition: Said, facts: Facts) -> tuple[str, ...]:
    match condition.about:
        case "subject":
            return (facts.subject,)
        case "text":
            return (facts.text,)
        case "words":
            return (facts.subject, facts.text)
    assert_never(condition.about)


def _states(condition: State, facts: Facts) -> Iterable[str]:
    return facts.tags if condition.about == "tag" else (getattr(facts, condition.about),)


def _is_so(condition: Flag, facts: Facts) -> bool:
    match condition.about:
        case "new":
            return facts.is_new
        case "assigned":
            return facts.is_assigned
        case "has_file":
            return bool(facts.files)
        case "open_hours":
            return facts.is_open_hours
    assert_never(condition.about)
