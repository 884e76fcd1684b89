"""The verbs of rules: written, switched on and off, put in order, removed, brought back.

Each change is a version, with who and when; nothing is ever lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select

from inbox.desk.mailboxes import the_mailbox
from inbox.desk.waiting_rules import plan_waiting_rules
from inbox.errors import Invalid, NotFound
from inbox.refusals import Refusal
from inbox.rules.engine import read, weight
from inbox.rules.faults import RuleFault
from inbox.rules.schema import READ, Assign, Move, Notify
from inbox.store.engine import Reader, Writer
from inbox.store.locks import hold_rules
from inbox.store.people import agent_at_work, find_mailbox
from inbox.store.ruled import rules_of, stamp_rules
from inbox.store.tables import Agent, HouseRule, RuleVersion

LONGEST_NAME: Final = 80
MOST_RULES: Final = 500
MOST_ASKED: Final = 5_000  # words, names and other conditions of all rules: each mail is asked


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDraft:
    """A rule before it is kept."""

    name: str
    document: Mapping[str, Any]
    mailbox: str = ""  # its address; "" for the whole house


async def add_rule(db: Writer, draft: RuleDraft, *, by: Agent | None, now: datetime) -> HouseRule:
    """Keep a rule as the last of all, switched off. Raises Invalid, UnknownMailbox."""
    name, document = checked(draft)
    await hold_rules(db)
    await _has_room(db, document)
    count, last = (
        await db.execute(
            select(func.count(), func.coalesce(func.max(HouseRule.position), 0)).where(
                HouseRule.removed_at.is_(None)
            )
        )
    ).one()
    if count >= MOST_RULES:
        raise Invalid(Refusal.MANY_RULES, most=MOST_RULES)
    rule = HouseRule(
        name=name,
        mailbox_id=await _home(db, draft.mailbox),
        document=document,
        position=last + 1,
        enabled=False,
        version=0,
        changed_at=now,
    )
    db.add(rule)
    return await _keep(db, rule, by=by, now=now)


async def change_rule(
    db: Writer, rule_id: int, draft: RuleDraft, *, by: Agent | None, now: datetime
) -> HouseRule:
    """Write a rule anew; the same again changes nothing. Raises Invalid, NotFound."""
    rule = await _held(db, rule_id)
    name, document = checked(draft)
    after = (name, await _home(db, draft.mailbox), document)
    if (rule.name, rule.mailbox_id, rule.document) == after:
        return rule
    await _has_room(db, document, besides=rule_id)
    if rule.enabled:
        await _speaks_of_known(db, document)
    rule.name, rule.mailbox_id, rule.document = after
    return await _keep(db, rule, by=by, now=now)


async def switch_rule(
    db: Writer, rule_id: int, *, on: bool, by: Agent | None, now: datetime
) -> HouseRule:
    """Switch a rule on or off. Raises Invalid for one that cannot be understood, NotFound."""
    rule = await _held(db, rule_id)
    if rule.enabled == on:
        return rule
    if on:
        checked(RuleDraft(name=rule.name, document=rule.document))
        await _speaks_of_known(db, rule.document)
    rule.enabled = on
    return await _keep(db, rule, by=by, now=now)


async def place_rule(
    db: Writer, rule_id: int, place: int, *, by: Agent | None, now: datetime
) -> HouseRule:
    """Put a rule at a place among those of its mailbox, or of the house, counted from 1."""
    rule = await _held(db, rule_id)
    others = [one for one in await rules_of(db) if one.mailbox_id == rule.mailbox_id]
    there = [one.id for one in others]
    order = [one for one in others if one.id != rule.id]
    order.insert(max(0, place - 1), rule)
    if [one.id for one in order] == there:
        return rule
    for position, one in zip(sorted(one.position for one in others), order, strict=True):
        one.position = position
    return await _keep(db, rule, by=by, now=now)


async def remove_rule(db: Writer, rule_id: int, *, by: Agent | None, now: datetime) -> None:
    """It does nothing more; its versions stay. Raises NotFound."""
    rule = await _held(db, rule_id)
    rule.removed_at, rule.enabled = now, False
    await _keep(db, rule, by=by, now=now)


async def restore_rule(
    db: Writer, rule_id: int, version: int, *, by: Agent | None, now: datetime
) -> HouseRule:
    """Let a rule say again what it said in a version, switched off. Raises Invalid, NotFound."""
    rule = await _held(db, rule_id, removed=True)
    was = await the_version(db, rule_id, version)
    await _has_room(db, was.document, besides=rule_id)
    rule.name, rule.document, rule.mailbox_id = was.name, was.document, was.mailbox_id
    rule.enabled, rule.removed_at = False, None
    return await _keep(db, rule, by=by, now=now)


async def the_rule(db: Reader | Writer, rule_id: int, *, removed: bool = False) -> HouseRule:
    """The rule of this number. Raises NotFound."""
    wanted = select(HouseRule).where(HouseRule.id == rule_id)
    if not removed:
        wanted = wanted.where(HouseRule.removed_at.is_(None))
    found = await db.scalar(wanted)
    if found is None:
        raise NotFound(Refusal.NO_SUCH_RULE)
    return found


async def the_version(db: Reader | Writer, rule_id: int, version: int) -> RuleVersion:
    """What the rule of this number once said. Raises NotFound."""
    found = await db.get(RuleVersion, (rule_id, version))
    if found is None:
        raise NotFound(Refusal.NO_SUCH_RULE)
    return found


def checked(draft: RuleDraft) -> tuple[str, dict[str, Any]]:
    """Its name on one line, and its document with all that is not said in full. Raises Invalid."""
    name = " ".join(draft.name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Invalid(Refusal.RULE_NAME)
    document: dict[str, Any] = READ.dump_python(read(draft.document), mode="json")
    return name, document


async def _held(db: Writer, rule_id: int, *, removed: bool = False) -> HouseRule:
    await hold_rules(db)
    rule = await the_rule(db, rule_id, removed=removed)
    await db.refresh(rule)  # whoever asks may have read it before it was held
    return rule


async def _has_room(db: Writer, document: Mapping[str, Any], besides: int | None = None) -> None:
    """Raises Invalid where all rules together would ask for too much of each mail."""
    others = (one.document for one in await rules_of(db) if one.id != besides)
    if weight(document) + sum(map(weight, others)) > MOST_ASKED:
        raise Invalid(Refusal.MANY_RULE_WORDS, most=MOST_ASKED)


async def _speaks_of_known(db: Writer, document: Mapping[str, Any]) -> None:
    """Raises RuleFault for an address of nobody who could get something, or of no mailbox.

    Who leaves later is named then: the rule is passed over, and administrators are told.
    """
    for action in read(document).actions:
        whom: Sequence[str] = ()
        match action:
            case Assign(to=people) | Notify(whom=people):
                whom = [one for one in people if not await agent_at_work(db, one)]
            case Move(mailbox=address):
                whom = [] if await find_mailbox(db, address) else [address]
        if whom:
            line = f"actions.{action.do}"
            raise RuleFault(Refusal.RULE_NAMES, line=line, address=", ".join(whom))


async def _home(db: Writer, mailbox: str) -> int | None:
    return (await the_mailbox(db, mailbox)).id if mailbox else None


async def _keep(db: Writer, rule: HouseRule, *, by: Agent | None, now: datetime) -> HouseRule:
    rule.version += 1
    rule.changed_at, rule.fault, rule.fault_at = now, "", None
    await db.flush()
    db.add(
        RuleVersion(
            rule_id=rule.id,
            version=rule.version,
            name=rule.name,
            mailbox_id=rule.mailbox_id,
            position=rule.position,
            enabled=rule.enabled,
            is_removed=rule.removed_at is not None,
            document=dict(rule.document),
            by_id=by.id if by else None,
            by_name=by.name if by else "",
            at=now,
        )
    )
    await db.flush()
    await stamp_rules(db)
    await plan_waiting_rules(db, now=now)
    return rule
