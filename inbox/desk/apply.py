"""What rules want done → done, each by the verb that people have for it, in the rule's name.

An action that cannot be done leaves nothing behind and stops nothing else: its rule is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, assert_never

from inbox.desk.assign import assign, may_have
from inbox.desk.automatic import answer_by_rule
from inbox.desk.mark import prioritize, tag
from inbox.desk.move import move
from inbox.desk.notified import notify_people
from inbox.desk.ruled_note import note_by_rule
from inbox.desk.spam import mark_spam
from inbox.desk.task import promise
from inbox.desk.webhooks import send_by_rule
from inbox.errors import InboxError, Invalid
from inbox.jobs.registry import Context
from inbox.model.actor import Actor
from inbox.model.address import Address
from inbox.model.conversation import ActorKind
from inbox.model.marks import Urgency
from inbox.refusals import Refusal
from inbox.rules.engine import Broken, Kept, Step
from inbox.rules.schema import (
    AnswerWith,
    Assign,
    Move,
    Note,
    Notify,
    Prioritize,
    Promise,
    Spam,
    Tag,
    Webhook,
)
from inbox.sla.calendar import NeverOpen, after
from inbox.store.engine import Writer
from inbox.store.hours import policy_of
from inbox.store.load import is_known, next_in_turn, who_is_there
from inbox.store.locks import lock
from inbox.store.people import agent_at_work, find_mailbox
from inbox.store.tables import Agent

# What a rule may want of a house that is otherwise by now.
_WRONG: Final = (InboxError, ValueError, LookupError, TypeError, NeverOpen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is done about which conversation, and what of the mail matters to it."""

    conversation_id: int
    message_id: int | None  # the customer's mail
    customer: Address | None  # to whom a machine may answer (RFC 3834); None: to nobody
    context: Context
    now: datetime
    rng: Callable[[int], bytes]


@dataclass(slots=True, kw_only=True)
class Applied:
    """What has come of it."""

    faults: list[Broken] = field(default_factory=list)
    has_moved: bool = False
    is_spam: bool = False
    has_answered: bool = False


async def apply(db: Writer, steps: Iterable[Step], around: Around) -> Applied:
    """Do all of it in order."""
    applied = Applied()
    for step in steps:
        try:
            async with db.begin_nested():
                await _do(db, step, around, applied)
        except _WRONG as error:
            why = error.public if isinstance(error, InboxError) else str(error)
            applied.faults.append(Broken(step.rule, f"{step.action.do}: {why}"))
    return applied


def actor_of(rule: Kept) -> Actor:
    """A rule as who does something."""
    return Actor(kind=ActorKind.RULE, id=rule.id, name=rule.name)


async def _do(db: Writer, step: Step, around: Around, applied: Applied) -> None:
    here, by, now = around.conversation_id, actor_of(step.rule), around.now
    match step.action:
        case Move(mailbox=address):
            applied.has_moved |= await _move(db, here, address, by, now)
        case Assign() as wish:
            await _assign(db, here, wish, by, now)
        case Tag(add=add, remove=remove):
            await tag(db, here, add=add, remove=remove, by=by, now=now)
        case Prioritize(value=value):
            await prioritize(db, here, Urgency.of(value) or Urgency.NORMAL, by=by, now=now)
        case Spam():
            await mark_spam(db, here, by=by, now=now)
            applied.is_spam = True
        case Promise(hours=hours):
            await _promise(db, here, hours, by, now)
        case _:
            await _say(db, step, around, by, applied)


async def _say(db: Writer, step: Step, around: Around, by: Actor, applied: Applied) -> None:
    """The actions that tell somebody something."""
    here, now = around.conversation_id, around.now
    match step.action:
        case AnswerWith(template=name):
            applied.has_answered |= await answer_by_rule(
                db,
                here,
                name,
                to=around.customer,
                by=by,
                context=around.context,
                now=now,
                rng=around.rng,
            )
        case Note(text=text):
            await note_by_rule(db, here, text, by=by, now=now, rng=around.rng)
        case Notify(whom=whom):
            people = [await _person(db, one) for one in whom]
            await notify_people(db, here, people, message_id=around.message_id, by=by, now=now)
        case Webhook(to=name):
            await send_by_rule(db, here, name, by=by, message_id=around.message_id, now=now)
        case Move() | Assign() | Tag() | Prioritize() | Spam() | Promise():
            raise TypeError(step.action.do)
        case _:
            assert_never(step.action)


async def _move(db: Writer, here: int, address: str, by: Actor, now: datetime) -> bool:
    mailbox = await find_mailbox(db, address)
    if mailbox is None:
        raise Invalid(Refusal.NO_SUCH_MAILBOX, address=address)
    before = (await lock(db, here)).mailbox_id
    return (await move(db, here, mailbox.id, by=by, now=now)).mailbox_id != before


async def _assign(db: Writer, here: int, wish: Assign, by: Actor, now: datetime) -> None:
    """To one of those who are there; to nobody where none of them is."""
    conversation = await lock(db, here)
    if conversation.assignee_id is not None and not wish.over:
        return
    chosen = [(await _person(db, one)).id for one in wish.to]
    there = await who_is_there(
        db, conversation.mailbox_id, chosen=chosen, skill=wish.skill, now=now
    )
    people = [one for one in there if await may_have(db, conversation, one.id)]
    if wish.skill and not there and not await is_known(db, wish.skill):
        raise Invalid(Refusal.NO_SUCH_SKILL, skill=wish.skill)
    if there and not people:
        raise Invalid(Refusal.NOT_A_MEMBER)
    if not people:
        return
    if wish.by == "load":
        given = min(people, key=lambda one: (one.has, one.id))
    else:
        given = await next_in_turn(db, by.id or 0, people)
    await assign(db, here, given.id, by=by, now=now)


async def _promise(db: Writer, here: int, hours: int, by: Actor, now: datetime) -> None:
    conversation = await lock(db, here)
    theirs = (await policy_of(db, conversation.mailbox_id)).hours
    due = after(theirs, now, timedelta(hours=hours))
    # What one of us has promised is theirs to keep.
    if conversation.promised_until is None or conversation.promised_until > due:
        await promise(db, here, due, by=by, now=now)


async def _person(db: Writer, address: str) -> Agent:
    found = await agent_at_work(db, address)
    if found is None:
        raise Invalid(Refusal.NO_SUCH_PERSON, address=address)
    return found
