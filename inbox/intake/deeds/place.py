"""Orders that say where something belongs."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from inbox.auth.parts import allowed_there
from inbox.auth.permissions import Permission
from inbox.desk.belong import belong
from inbox.desk.merge import merge
from inbox.desk.split import split
from inbox.intake.agent_desk import Desk
from inbox.intake.deeds.deed import Around, Deed, Step, as_words, no
from inbox.model.actor import Actor
from inbox.orders.reading import Order, named
from inbox.orders.trouble import Trouble, Why
from inbox.store.asked import of_customer, offered, shown_mail, within_reach
from inbox.store.locks import lock
from inbox.store.tables import Agent, Conversation

_SIGNS: Final = re.compile("[@\uff20\ufe6b()]")


async def _other(desk: Desk, order: Order, around: Around, agent: Agent) -> Step | Trouble:
    number = named(order.argument)
    if number is None and order.argument:
        return await _by_subject(desk, order, around, agent)
    if not order.argument:
        number = await offered(desk.db, around.conversation_id, agent.id)
        if number is None:
            return no(order, Why.NOTHING_OFFERED)
    found = await within_reach(desk.db, number or 0, agent.id)
    # Who was only drawn in there would bring all of their mailbox along.
    if found is None or not await _may_correct(desk, found, agent):
        return no(order, Why.NO_CONVERSATION)
    if order.argument:
        return Step(order=order, target=found)
    # Nobody wrote which one: the notice named it, and another may have come meanwhile.
    return _told(order, found, (await desk.db.get_one(Conversation, found)).subject)


async def _by_subject(desk: Desk, order: Order, around: Around, agent: Agent) -> Step | Trouble:
    """Of the customer's other conversations the one whose subject has these words."""
    match await of_customer(desk.db, around.conversation_id, agent.id, as_words(order)):
        case []:
            return no(order, Why.NO_CONVERSATION)
        case [(found, subject)]:
            return _told(order, found, subject)
        case several:
            # Without signs: a subject is the customer's, and must ask us for nothing.
            names = tuple(f"{one} ({_SIGNS.sub('', _short(subject))})" for one, subject in several)
            verb, why = order.verb.value, Why.SEVERAL_CONVERSATIONS
            return Trouble(line=order.line, why=why, names=names, verb=verb)


async def _may_correct(desk: Desk, conversation_id: int, agent: Agent) -> bool:
    return Permission.CORRECT in await allowed_there(desk.db, agent.id, conversation_id)


def _told(order: Order, found: int, subject: str) -> Step:
    told = {"verb": order.verb.value, "number": found, "subject": _short(subject)}
    return Step(order=order, target=found, told=told)


def _short(subject: str) -> str:
    return " ".join(subject.split())[:60]


async def _join(desk: Desk, conversation_id: int, step: Step, agent: Agent) -> int:
    by = Actor.agent(agent.id, agent.name)
    return (await merge(desk.db, step.target or 0, conversation_id, by=by, now=desk.now)).id


async def _home(desk: Desk, order: Order, around: Around, agent: Agent) -> Step | Trouble:
    mail = await shown_mail(desk.db, around.shown_event_id, around.conversation_id)
    if mail is None:
        return no(order, Why.NO_MAIL)
    found = await _other(desk, order, around, agent)
    return found if isinstance(found, Trouble) else replace(found, words=(str(mail),))


async def _belong(desk: Desk, conversation_id: int, step: Step, agent: Agent) -> int:
    await belong(
        desk.db,
        [int(step.words[0])],
        conversation_id,
        step.target or 0,
        by=Actor.agent(agent.id, agent.name),
        now=desk.now,
        secret=desk.context.secret,
    )
    return (await lock(desk.db, conversation_id)).id  # with its only mail all of it has gone


async def _mail(desk: Desk, order: Order, around: Around, _agent: Agent) -> Step | Trouble:
    mail = await shown_mail(desk.db, around.shown_event_id, around.conversation_id)
    return Step(order=order, target=mail) if mail else no(order, Why.NO_MAIL)


async def _split(desk: Desk, conversation_id: int, step: Step, agent: Agent) -> int:
    await split(
        desk.db,
        conversation_id,
        step.target or 0,
        following=bool(step.order.argument),
        by=Actor.agent(agent.id, agent.name),
        now=desk.now,
        secret=desk.context.secret,
        rng=desk.rng,
    )
    return conversation_id


SAME: Final = Deed(judge=_other, do=_join)
BELONGS: Final = Deed(judge=_home, do=_belong)
SPLIT: Final = Deed(judge=_mail, do=_split)
