"""Orders with a time: a conversation is put off until then, or an answer promised by then."""

from __future__ import annotations

from typing import Final

from inbox.desk.rest import snooze, wait
from inbox.desk.task import promise
from inbox.errors import Invalid
from inbox.intake.agent_desk import Desk
from inbox.intake.deeds.deed import Around, Deed, Step, no
from inbox.model.actor import Actor
from inbox.model.notices import Notices
from inbox.orders.calendar_joining import MORNING
from inbox.orders.calendar_sense import END_OF_DAY
from inbox.orders.hearing import notices_of
from inbox.orders.names import is_nobody
from inbox.orders.reading import Order
from inbox.orders.trouble import Trouble, Why
from inbox.orders.when import moment
from inbox.refusals import Refusal
from inbox.store.asked import zone_of
from inbox.store.tables import Agent


async def until(
    desk: Desk, order: Order, around: Around, agent: Agent, *, hour: int = MORNING
) -> Step | Trouble:
    """The moment that somebody named; for the order that needs none it may be missing. A day
    without a time is meant at this `hour`.
    """
    if not order.argument:
        return Step(order=order)
    zone = await zone_of(desk.db, around.conversation_id, agent.id)
    found = moment(order.argument, now=desk.now, zone=zone, language=agent.language, hour=hour)
    if found is None:
        return no(order, Why.NO_TIME)
    if found.at is None:
        return no(order, Why.PAST if found.is_past else Why.FAR)
    told = {"verb": order.verb.value, "until": found.at.isoformat(), "zone": zone.key}
    return Step(order=order, until=found.at, told=told)


async def _by_when(desk: Desk, order: Order, around: Around, agent: Agent) -> Step | Trouble:
    if notices_of(order.argument) is Notices.NONE or is_nobody(order.argument):
        return Step(order=order)
    # By Friday is by the evening of it, as it is where an answer says so.
    return await until(desk, order, around, agent, hour=END_OF_DAY)


async def _promise(desk: Desk, conversation_id: int, step: Step, agent: Agent) -> int:
    by = Actor.agent(agent.id, agent.name)
    return (await promise(desk.db, conversation_id, step.until, by=by, now=desk.now)).id


async def _wait(desk: Desk, conversation_id: int, step: Step, agent: Agent) -> int:
    by = Actor.agent(agent.id, agent.name)
    return (await wait(desk.db, conversation_id, step.until, by=by, now=desk.now)).id


async def _snooze(desk: Desk, conversation_id: int, step: Step, agent: Agent) -> int:
    if step.until is None:
        raise Invalid(Refusal.UNCLEAR_TIME)
    by = Actor.agent(agent.id, agent.name)
    return (await snooze(desk.db, conversation_id, step.until, by=by, now=desk.now)).id


WAIT: Final = Deed(judge=until, do=_wait)
SNOOZE: Final = Deed(judge=until, do=_snooze)
PROMISE: Final = Deed(judge=_by_when, do=_promise)
