"""Orders that say where something belongs."""

from __future__ import annotations

from typing import Final

from inbox.desk.merge import merge
from inbox.desk.split import split
from inbox.intake.agent_desk import Desk
from inbox.intake.deeds.deed import Around, Deed, Step, no
from inbox.model.actor import Actor
from inbox.orders.reading import Order, named
from inbox.orders.trouble import Trouble, Why
from inbox.store.asked import offered, shown_mail, within_reach
from inbox.store.tables import Agent, Conversation


async def _other(desk: Desk, order: Order, around: Around, agent: Agent) -> Step | Trouble:
    number = named(order.argument)
    if not order.argument:
        number = await offered(desk.db, around.conversation_id, agent.id)
        if number is None:
            return no(order, Why.NOTHING_OFFERED)
    found = await within_reach(desk.db, number or 0, agent.id)
    if found is None:
        return no(order, Why.NO_CONVERSATION)
    if order.argument:
        return Step(order=order, target=found)
    # Nobody wrote which one: the notice named it, and another may have come meanwhile.
    subject = " ".join((await desk.db.get_one(Conversation, found)).subject.split())[:200]
    told = {"verb": order.verb.value, "number": found, "subject": subject}
    return Step(order=order, target=found, told=told)


async def _join(desk: Desk, conversation_id: int, step: Step, agent: Agent) -> int:
    by = Actor.agent(agent.id, agent.name)
    return (await merge(desk.db, step.target or 0, conversation_id, by=by, now=desk.now)).id


async def _mail(desk: Desk, order: Order, around: Around, _agent: Agent) -> Step | Trouble:
    mail = await shown_mail(desk.db, around.shown_event_id, around.conversation_id)
    return Step(order=order, target=mail) if mail else no(order, Why.NO_MAIL)


async def _split(desk: Desk, conversation_id: int, step: Step, agent: Agent) -> int:
    await split(
        desk.db,
        conversation_id,
        step.target or 0,
        following=False,
        by=Actor.agent(agent.id, agent.name),
        now=desk.now,
        secret=desk.context.secret,
        rng=desk.rng,
    )
    return conversation_id


SAME: Final = Deed(judge=_other, do=_join)
SPLIT: Final = Deed(judge=_mail, do=_split)
