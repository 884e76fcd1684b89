"""The line that takes a plain order back, for the mail that confirms others done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from inbox.intake.agent_desk import Desk
from inbox.intake.deeds.deed import Step
from inbox.model.conversation import Status
from inbox.orders.verbs import Verb
from inbox.store.asked import stood
from inbox.store.tables import Agent

_OPPOSITE: Final = {
    Verb.SPAM: Verb.NOT_SPAM,
    Verb.NOT_SPAM: Verb.SPAM,
    Verb.FOLLOW: Verb.UNFOLLOW,
    Verb.UNFOLLOW: Verb.FOLLOW,
    Verb.AWAY: Verb.BACK,
    Verb.BACK: Verb.AWAY,
    Verb.WAIT: Verb.REOPEN,
    Verb.SNOOZE: Verb.REOPEN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """How a conversation stood before anything was done."""

    status: str
    holder: str  # an address, "" for nobody
    mailbox: str  # likewise
    tags: frozenset[str]
    priority: int
    category: str
    hears: str  # what the writer hears of the mailbox
    every: int  # minutes between the lists that they get


async def before(
    desk: Desk, conversation_id: int, agent: Agent, steps: Iterable[Step]
) -> Before | None:
    """How it stands; None where nothing plain is done beside what is confirmed."""
    steps = list(steps)
    if not any(one.told for one in steps) or all(one.told for one in steps):
        return None
    row = await stood(desk.db, conversation_id, agent.id)
    return Before(
        status=row["status"],
        holder=row["holder"] or "nobody",
        mailbox=row["address"],
        tags=frozenset(row["tags"]),
        priority=row["priority"],
        category=row["category"],
        hears=row["notices"] or "",
        every=row["digest_minutes"],
    )


def plainly(step: Step, stood: Before | None) -> dict[str, Any]:
    """What was done as it was written, with what takes it back where a line can."""
    line = {"line": step.order.line}
    found = _inverse(step, stood) if stood else None
    return {**line, "verb": found[0].value, "back": found[1]} if found else line


def _inverse(step: Step, stood: Before) -> tuple[Verb, str] | None:
    verb = step.order.verb
    if verb in _BEFORE:
        other, said = _BEFORE[verb]
        back = said(step, stood)
        return (other, back) if back else None
    if verb is Verb.CLOSE and stood.status != Status.CLOSED:
        return Verb.REOPEN, ""
    if verb is Verb.REOPEN and stood.status == Status.CLOSED:
        return Verb.CLOSE, ""
    return (_OPPOSITE[verb], "") if verb in _OPPOSITE else None


def _new_tags(step: Step, stood: Before) -> str:
    return ", ".join(one for one in step.words if one not in stood.tags)


def _heard(step: Step, stood: Before) -> str:
    return f"{stood.every}" if step.words[0].isdecimal() else stood.hears


# The order that puts back what was before, and how it says that.
_BEFORE: Final[Mapping[Verb, tuple[Verb, Callable[[Step, Before], str]]]] = {
    Verb.TAG: (Verb.UNTAG, _new_tags),
    Verb.UNTAG: (Verb.TAG, lambda step, _: ", ".join(step.words)),
    Verb.PRIORITY: (Verb.PRIORITY, lambda _, stood: str(stood.priority)),
    Verb.CATEGORY: (Verb.CATEGORY, lambda _, stood: stood.category),
    Verb.TAKE: (Verb.ASSIGN, lambda _, stood: stood.holder),
    Verb.ASSIGN: (Verb.ASSIGN, lambda _, stood: stood.holder),
    Verb.MOVE: (Verb.MOVE, lambda _, stood: stood.mailbox),
    Verb.NOTICES: (Verb.NOTICES, _heard),
}
