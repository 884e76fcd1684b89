"""Orders about the writer: that they are away, and that they are here again."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

from inbox.desk.away import LONGEST, come_back, mark_away
from inbox.intake.agent_desk import Desk
from inbox.intake.deeds.deed import Around, Deed, Step, no
from inbox.mail.absence import back_on
from inbox.model.zones import zone_called
from inbox.orders.reading import Order
from inbox.orders.trouble import Trouble, Why
from inbox.orders.when import when
from inbox.store.tables import Agent, Conversation, Mailbox


async def _until(desk: Desk, order: Order, around: Around, agent: Agent) -> Step | Trouble:
    if not order.argument:
        return Step(order=order)
    conversation = await desk.db.get_one(Conversation, around.conversation_id)
    mailbox = await desk.db.get_one(Mailbox, conversation.mailbox_id)
    zone = zone_called(agent.time_zone or mailbox.time_zone)
    there = desk.now.astimezone(zone)
    # As in an out-of-office mail: a day that is named is the last one, unless they are back on it.
    back = back_on(order.argument, there.date())
    at = datetime.combine(back, time(), zone) if back else None
    at = at or when(order.argument, now=there, zone=zone, language=agent.language)
    at = at and min(at, there + LONGEST)
    if at is None or at <= there:
        return no(order, Why.NO_DAY)
    told = {"verb": order.verb.value, "until": at.isoformat(), "zone": zone.key}
    return Step(order=order, until=at, told=told)


async def _away(desk: Desk, conversation_id: int, step: Step, agent: Agent) -> int:
    await mark_away(desk.db, agent.id, step.until, now=desk.now)
    return conversation_id


async def _back(desk: Desk, conversation_id: int, _step: Step, agent: Agent) -> int:
    await come_back(desk.db, agent.id)
    return conversation_id


AWAY: Final = Deed(judge=_until, do=_away)
BACK: Final = Deed(do=_back)
