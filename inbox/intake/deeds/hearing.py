"""The order that says what its writer hears: `@notices mine`, `@notices every 75 minutes`."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from inbox.desk.notices import set_notices
from inbox.intake.agent_desk import Desk
from inbox.intake.deeds.deed import Around, Deed, Step, no
from inbox.orders.hearing import minutes_of, notices_of
from inbox.orders.reading import Order
from inbox.orders.trouble import Trouble, Why
from inbox.store.tables import Agent, Conversation, Mailbox, Membership


async def _judge(_desk: Desk, order: Order, _around: Around, _agent: Agent) -> Step | Trouble:
    if wanted := notices_of(order.argument):
        return Step(order=order, words=(wanted.value,))
    minutes = minutes_of(order.argument)
    return Step(order=order, words=(f"{minutes}",)) if minutes else no(order, Why.WHICH_NOTICES)


async def _hear(desk: Desk, conversation_id: int, step: Step, agent: Agent) -> int:
    """Of the mailbox of the conversation; where they see it by another one, of all of theirs.

    How often lists come is said for all of them.
    """
    [said] = step.words
    if said.isdecimal():
        await set_notices(desk.db, agent.email, None, {"every": said}, now=desk.now)
        return conversation_id
    address = await desk.db.scalar(
        select(Mailbox.address)
        .join(Conversation, Conversation.mailbox_id == Mailbox.id)
        .join(Membership, Membership.mailbox_id == Mailbox.id)
        .where(Conversation.id == conversation_id, Membership.agent_id == agent.id)
    )
    await set_notices(desk.db, agent.email, address, {"notices": said}, now=desk.now)
    return conversation_id


NOTICES: Final = Deed(do=_hear, judge=_judge)
