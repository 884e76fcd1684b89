"""Orders that say who has a conversation."""

from __future__ import annotations

from typing import Final

from inbox.auth.parts import allowed_there
from inbox.auth.permissions import Permission
from inbox.desk.assign import assign
from inbox.desk.leave import give_back
from inbox.intake.agent_desk import Desk
from inbox.intake.deeds.deed import Around, Deed, Step, no, which
from inbox.jobs.queue import enqueue
from inbox.model.actor import Actor
from inbox.model.rank import Rank
from inbox.orders.names import Person, is_literal, is_me, is_nobody, meant
from inbox.orders.reading import Order
from inbox.orders.trouble import Trouble, Why
from inbox.store.asked import holder_of, people_of_mailbox, people_of_ours
from inbox.store.followers import can_take_over
from inbox.store.tables import Agent


async def _me(desk: Desk, order: Order, around: Around, agent: Agent) -> Step | Trouble:
    there = around.mailbox_id
    if there is not None and agent.id not in {
        one.id for one in await people_of_mailbox(desk.db, there)
    }:
        return no(order, Why.NOT_THEIRS)  # where it is moved to in the same mail
    return Step(order=order, target=agent.id)


async def _person(desk: Desk, order: Order, around: Around, agent: Agent) -> Step | Trouble:
    if is_me(order.argument):
        return await _me(desk, order, around, agent)
    people = await _people(desk, around, agent)
    match meant(order.argument, people):
        case [] if is_nobody(order.argument):
            return Step(order=order)
        case []:
            return no(order, Why.NOBODY, (one.name for one in people))
        case [one]:
            told = await _told(desk, order, around, one)
            return Step(order=order, target=one.id, told=told)
        case several:
            return which(order, several)


async def _people(desk: Desk, around: Around, agent: Agent) -> list[Person]:
    """Who can have it, there where it will be by then; for a guest whom they can hand it on to."""
    if not await _gives_out(desk, around.conversation_id, agent):
        return await can_take_over(desk.db, around.conversation_id, agent.id)
    if around.mailbox_id is not None:
        return await people_of_mailbox(desk.db, around.mailbox_id)
    return await people_of_ours(desk.db, around.conversation_id)


async def _gives_out(desk: Desk, conversation_id: int, agent: Agent) -> bool:
    return Permission.ASSIGN in await allowed_there(desk.db, agent.id, conversation_id)


async def _told(desk: Desk, order: Order, around: Around, person: Person) -> dict[str, str] | None:
    if is_literal(order.argument, person):
        return None
    before = await holder_of(desk.db, around.conversation_id) or "nobody"
    return {"verb": order.verb.value, "name": person.name, "back": before}


async def _give(desk: Desk, conversation_id: int, step: Step, agent: Agent) -> int:
    if step.target is None and not await _gives_out(desk, conversation_id, agent):
        return (await give_back(desk.db, conversation_id, agent, now=desk.now)).id
    by = Actor.agent(agent.id, agent.name)
    found = await assign(desk.db, conversation_id, step.target, by=by, now=desk.now)
    if step.target not in (None, agent.id):
        await enqueue(
            desk.db,
            "notify.given_away",
            rank=Rank.FOLLOWING,
            conversation_id=found.id,
            agent_id=agent.id,
            to=step.target,
        )
    return found.id


TAKE: Final = Deed(judge=_me, do=_give)
ASSIGN: Final = Deed(judge=_person, do=_give)
