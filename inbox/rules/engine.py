"""What the rules of a house want done, in their order. Nothing here does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from pydantic import ValidationError

from inbox.rules.conditions import matches
from inbox.rules.facts import Facts
from inbox.rules.faults import fault_of
from inbox.rules.schema import READ, Action, Rule

# What a conversation can have but one of: the first rule that says it is heard.
_ONCE: Final = frozenset({"move", "assign", "priority", "answer", "promise"})
MOST_STEPS: Final = 100  # of all rules, about one mail: each is statements, and what people see


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A rule as it is kept: its document may be of another version, or damaged."""

    id: int
    name: str
    rule: Rule | None  # None: it cannot be understood
    why: str = ""  # not, for people

    @classmethod
    def of(cls, rule_id: int, name: str, document: Mapping[str, Any]) -> Kept:
        """A rule out of its document, read once for all mails."""
        try:
            return cls(id=rule_id, name=name, rule=read(document))
        except ValueError as error:
            return cls(id=rule_id, name=name, rule=None, why=str(error))


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do, and which rule wants it."""

    rule: Kept
    action: Action


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that cannot be understood: it is passed over, and people are told."""

    rule: Kept
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done, which rules have matched, and which are broken."""

    steps: tuple[Step, ...] = ()
    matched: tuple[Kept, ...] = ()
    broken: tuple[Broken, ...] = ()


@dataclass(slots=True)
class _Draft:
    steps: list[Step] = field(default_factory=list)
    matched: list[Kept] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)

    def whole(self) -> Plan:
        return Plan(tuple(self.steps), tuple(self.matched), tuple(self.broken))


def plan(rules: Sequence[Kept], facts: Facts, *, when: Literal["mail", "time"] = "mail") -> Plan:
    """What these rules, in order, want done about a conversation; a broken one stops nothing."""
    draft = _Draft()
    for kept in rules:
        rule = kept.rule
        if rule is None:
            draft.broken.append(Broken(kept, kept.why))
            continue
        if rule.when != when or not matches(rule, facts):
            continue
        draft.matched.append(kept)
        if len(draft.steps) + len(rule.actions) > MOST_STEPS:
            draft.broken.append(Broken(kept, f"rules would do more than {MOST_STEPS} things"))
            continue
        if _take(kept, rule, draft) or rule.stop:
            break
    return draft.whole()


def read(document: Mapping[str, Any]) -> Rule:
    """The rule that a document says. Raises RuleFault with what is wrong, for people."""
    try:
        return READ.validate_python(document)
    except ValidationError as error:
        raise fault_of(error.errors(include_url=False, include_input=False)[0]) from error


def weight(document: Mapping[str, Any]) -> int:
    """How much a rule asks of each mail: its words and names, and what else it asks; 0: nothing."""
    asked = document.get("conditions")
    parts = [one for one in asked if isinstance(one, Mapping)] if isinstance(asked, list) else []
    return sum(max(1, len(one.get("any") or ())) for one in parts)


def _take(kept: Kept, rule: Rule, draft: _Draft) -> bool:
    """Adds what a rule wants that nobody has said before; whether that is the end of it."""
    said = {step.action.do for step in draft.steps} & _ONCE
    for action in rule.actions:
        if action.do in said:
            continue
        draft.steps.append(Step(kept, action))
        if action.do in _ONCE:
            said.add(action.do)
    return any(action.do == "spam" for action in rule.actions)
