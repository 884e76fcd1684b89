"""What an answer to a list asks for that is about none of its numbers: what its writer hears of,
whether they are here, and what can be asked for.
"""

from __future__ import annotations

from collections.abc import Sequence

from inbox.intake.agent_desk import Desk
from inbox.intake.deeds.deed import Around
from inbox.intake.deeds.table import DEEDS
from inbox.intake.digest_item import Result
from inbox.orders.judging import contradictions, sorted_out
from inbox.orders.reading import Order
from inbox.orders.trouble import Trouble
from inbox.orders.verbs import Verb
from inbox.store.digests import mailboxes_of
from inbox.store.tables import Agent, Digest


def asks_for_help(orders: Sequence[Order]) -> bool:
    """Whether it asks what can be asked for."""
    return any(order.verb is Verb.HELP for order in orders)


async def for_all(
    desk: Desk, digest: Digest, agent: Agent, orders: Sequence[Order]
) -> list[Result]:
    """What became of each."""
    if against := contradictions(orders):
        return [Result(number=0, subject=one.line, troubles=[one]) for one in against]
    return [await _done(desk, digest, agent, order) for order in sorted_out(orders)]


async def _done(desk: Desk, digest: Digest, agent: Agent, order: Order) -> Result:
    ids = [one["conversation"] for one in digest.items]
    result, deed = Result(number=0, subject=order.line), DEEDS[order.verb]
    step = await deed.judge(desk, order, Around(conversation_id=ids[0]), agent)
    if isinstance(step, Trouble):
        result.troubles = [step]
        return result
    told = dict(step.told or {})
    if order.verb is Verb.NOTICES:  # of each mailbox of the list
        there = await mailboxes_of(desk.db, ids)
        told["names"] = [one.name for one in there]
        for one in there:
            await deed.do(desk, one.conversation, step, agent)
    else:
        await deed.do(desk, ids[0], step, agent)
    result.done = [{"line": order.line.lstrip("@"), **told}]
    return result
