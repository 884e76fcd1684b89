"""The order by which somebody who was drawn in hears no more of a conversation."""

from __future__ import annotations

from typing import Final

from inbox.desk.leave import leave
from inbox.intake.agent_desk import Desk
from inbox.intake.deeds.deed import Around, Deed, Step
from inbox.orders.reading import Order
from inbox.orders.trouble import Trouble
from inbox.store.tables import Agent


async def _said(_desk: Desk, order: Order, around: Around, _agent: Agent) -> Step | Trouble:
    return Step(order=order, target=around.reader_id, told={"verb": order.verb.value})


async def _leave(desk: Desk, conversation_id: int, step: Step, agent: Agent) -> int:
    reader = step.target or agent.id
    return (await leave(desk.db, conversation_id, agent, reader=reader, now=desk.now)).id


LEAVE: Final = Deed(judge=_said, do=_leave)
