"""Orders that note something at a conversation: tags, and how urgent it is."""

from __future__ import annotations

from typing import Final

from inbox.desk.mark import prioritize, tag
from inbox.intake.agent_desk import Desk
from inbox.intake.deeds.deed import Around, Deed, Step, no
from inbox.model.actor import Actor
from inbox.model.marks import MOST_TAGS, Urgency
from inbox.orders.reading import Order
from inbox.orders.tags import tags_of
from inbox.orders.trouble import Trouble, Why
from inbox.orders.urgency import urgency_of
from inbox.store.asked import tags_there
from inbox.store.tables import Agent


async def _tags(desk: Desk, order: Order, around: Around, _agent: Agent) -> Step | Trouble:
    tags = tags_of(order.argument)
    if not tags:
        return no(order, Why.NO_TAG)
    there = await tags_there(desk.db, around.conversation_id)
    if len({*there, *tags}) > MOST_TAGS:
        return no(order, Why.MANY_TAGS)
    return Step(order=order, words=tags)


async def _tags_there(desk: Desk, order: Order, around: Around, _agent: Agent) -> Step | Trouble:
    tags = tags_of(order.argument)
    if not tags:
        return no(order, Why.NO_TAG)
    there = await tags_there(desk.db, around.conversation_id)
    return (
        Step(order=order, words=tags)
        if set(tags) <= set(there)
        else no(order, Why.NOT_TAGGED, there)
    )


async def _tag(desk: Desk, conversation_id: int, step: Step, agent: Agent) -> int:
    by = Actor.agent(agent.id, agent.name)
    return (await tag(desk.db, conversation_id, add=step.words, by=by, now=desk.now)).id


async def _untag(desk: Desk, conversation_id: int, step: Step, agent: Agent) -> int:
    by = Actor.agent(agent.id, agent.name)
    return (await tag(desk.db, conversation_id, remove=step.words, by=by, now=desk.now)).id


async def _urgency(_desk: Desk, order: Order, _around: Around, _agent: Agent) -> Step | Trouble:
    urgency = urgency_of(order.argument)
    return no(order, Why.NO_PRIORITY) if urgency is None else Step(order=order, target=urgency)


async def _prioritize(desk: Desk, conversation_id: int, step: Step, agent: Agent) -> int:
    by, urgency = Actor.agent(agent.id, agent.name), Urgency(step.target or 0)
    return (await prioritize(desk.db, conversation_id, urgency, by=by, now=desk.now)).id


TAG: Final = Deed(judge=_tags, do=_tag)
UNTAG: Final = Deed(judge=_tags_there, do=_untag)
PRIORITY: Final = Deed(judge=_urgency, do=_prioritize)
