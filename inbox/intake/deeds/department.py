"""The order that gives a conversation to another department."""

from __future__ import annotations

from typing import Final

from inbox.desk.move import move
from inbox.errors import Invalid
from inbox.intake.agent_desk import Desk
from inbox.intake.deeds.deed import Around, Deed, Step, no, which
from inbox.model.actor import Actor
from inbox.orders.names import is_literal, meant
from inbox.orders.reading import Order
from inbox.orders.telling import without_tell
from inbox.orders.trouble import Trouble, Why
from inbox.refusals import Refusal
from inbox.store.asked import home_of, mailboxes_there, takes_part
from inbox.store.tables import Agent


async def _mailbox(desk: Desk, order: Order, around: Around, agent: Agent) -> Step | Trouble:
    home, address = await home_of(desk.db, around.conversation_id)
    there = await mailboxes_there(desk.db)
    said, tells = order.argument, False
    if not meant(said, there):
        said, tells = without_tell(said)
    words = ("tell",) if tells else ()
    match meant(said, there):
        case []:
            return no(order, Why.NOWHERE, (one.name for one in there))
        case [one] if one.id == home:
            return no(order, Why.THERE_ALREADY)
        case [one]:
            if is_literal(said, one):
                return Step(order=order, target=one.id, words=words)
            is_theirs = await takes_part(desk.db, agent.id, one.id)
            told = {"verb": order.verb.value, "name": one.name, "back": address * is_theirs}
            return Step(order=order, target=one.id, words=words, told=told)
        case several:
            return which(order, several)


async def _move(desk: Desk, conversation_id: int, step: Step, agent: Agent) -> int:
    if step.target is None:
        raise Invalid(Refusal.NOWHERE)
    by = Actor.agent(agent.id, agent.name)
    tell = desk.context if step.words else None
    moved = await move(desk.db, conversation_id, step.target, by=by, now=desk.now, tell=tell)
    return moved.id


MOVE: Final = Deed(judge=_mailbox, do=_move)
