"""Orders that say who hears of a conversation: its writer, or somebody who was drawn in."""

from __future__ import annotations

from typing import Final

from inbox.auth.parts import allowed_there
from inbox.auth.permissions import Permission
from inbox.desk.draw_in import remove
from inbox.desk.follow import follow, unfollow
from inbox.desk.leave import leave
from inbox.intake.agent_desk import Desk
from inbox.intake.deeds.deed import Around, Deed, Step, no, which
from inbox.model.actor import Actor
from inbox.orders.names import Person, is_literal, meant
from inbox.orders.reading import Order
from inbox.orders.trouble import Trouble, Why
from inbox.store.followers import drawn_in
from inbox.store.tables import Agent


async def _follow(desk: Desk, conversation_id: int, _step: Step, agent: Agent) -> int:
    by = Actor.agent(agent.id, agent.name)
    return (await follow(desk.db, conversation_id, agent.id, by=by, now=desk.now)).id


async def _unfollowed(desk: Desk, order: Order, around: Around, agent: Agent) -> Step | Trouble:
    # Who was asked, and wants to hear no more, goes.
    allowed = await allowed_there(desk.db, agent.id, around.conversation_id)
    reader = around.reader_id or agent.id
    return Step(order=order, target=reader if Permission.LEAVE in allowed else None)


async def _unfollow(desk: Desk, conversation_id: int, step: Step, agent: Agent) -> int:
    if step.target is not None:
        return (await leave(desk.db, conversation_id, agent, reader=step.target, now=desk.now)).id
    by = Actor.agent(agent.id, agent.name)
    return (await unfollow(desk.db, conversation_id, agent.id, by=by, now=desk.now)).id


async def _guest(desk: Desk, order: Order, around: Around, _agent: Agent) -> Step | Trouble:
    there = [
        Person(id=one.id, name=one.name, addresses=(one.email,))
        for one in await drawn_in(desk.db, around.conversation_id)
    ]
    match meant(order.argument, there):
        case []:
            return no(order, Why.NOT_DRAWN, (one.name for one in there))
        case [one]:
            told = {"verb": order.verb.value, "name": one.name}
            told = {} if is_literal(order.argument, one) else told
            return Step(order=order, target=one.id, told=told)
        case several:
            return which(order, several)


async def _remove(desk: Desk, conversation_id: int, step: Step, agent: Agent) -> int:
    by = Actor.agent(agent.id, agent.name)
    await remove(desk.db, conversation_id, step.target or 0, by=by, now=desk.now)
    return conversation_id


FOLLOW: Final = Deed(do=_follow)
UNFOLLOW: Final = Deed(judge=_unfollowed, do=_unfollow)
REMOVE: Final = Deed(judge=_guest, do=_remove)
