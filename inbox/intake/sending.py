"""An answer that is to leave at a time: `@send tomorrow 9:00`; and one that waits, to leave now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from inbox.desk.afterwards import NOTHING_ELSE, Afterwards, Then
from inbox.desk.answer import Answer
from inbox.desk.close import refuse_incomplete
from inbox.desk.finish import NOTHING_MORE
from inbox.desk.hurry import hurry, newest_passed_on
from inbox.desk.plan import newest_planned, plan, send_now
from inbox.intake.agent_desk import Desk, refuse_unfit
from inbox.intake.agent_orders import Wish
from inbox.intake.deeds.closing import ending_of
from inbox.intake.deeds.deed import Around, Step, no
from inbox.intake.deeds.later import until
from inbox.model.closing import Need
from inbox.orders.judging import against
from inbox.orders.reading import Order
from inbox.orders.trouble import Trouble, Why
from inbox.orders.verbs import Verb
from inbox.orders.when import is_now
from inbox.store.locks import lock
from inbox.store.tables import Agent, Message

# What becomes of the conversation once the answer has left.
_THEN: Final = {Verb.CLOSE: Then.CLOSE, Verb.WAIT: Then.WAIT, Verb.SNOOZE: Then.SNOOZE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """When the words leave; or what is `planned` and to leave at once, an answer or what `passes`
    a mail on.
    """

    step: Step
    at: datetime | None = None
    planned: int | None = None
    passes: bool = False


async def leaving_of(
    desk: Desk, wish: Wish, around: Around, agent: Agent, *, speaks: bool
) -> Leaving | Trouble | None:
    """What the mail asks for when its words leave, judged; None where it asks for nothing."""
    order = next((one for one in wish.asked if one.verb is Verb.SEND), None)
    if order is None:
        return None
    if wish.is_note:
        return against(order.line)
    if is_now(order.argument):
        if speaks:
            return against(order.line)
        return await _waiting(desk, order, around.conversation_id, agent)
    step = await until(desk, order, around, agent)
    if isinstance(step, Trouble):
        return step
    if not speaks:
        return no(order, Why.NO_WORDS_TO_SEND)
    return Leaving(step=step, at=step.until)


async def _waiting(
    desk: Desk, order: Order, conversation_id: int, agent: Agent
) -> Leaving | Trouble:
    """What they wrote last of all that waits for its time."""
    planned = await newest_planned(desk.db, conversation_id, agent.id)
    passed = await newest_passed_on(desk.db, conversation_id, agent.id, now=desk.now)
    if planned is None and passed is None:
        return no(order, Why.NO_WORDS_TO_SEND)
    last = max(planned or 0, passed or 0)
    return Leaving(step=Step(order=order), planned=last, passes=last == passed)


def put_off(steps: Sequence[Step]) -> tuple[list[Step], Afterwards]:
    """The steps that are done now, and what is done once the answer leaves."""
    now = [one for one in steps if one.order.verb not in _THEN]
    for one in steps:
        if one.order.verb in _THEN:
            ending = ending_of(one) if one.order.verb is Verb.CLOSE else NOTHING_MORE
            return now, Afterwards(then=_THEN[one.order.verb], until=one.until, ending=ending)
    return now, NOTHING_ELSE


async def refuse_unfinished(desk: Desk, conversation_id: int, then: Afterwards) -> None:
    """Raises Incomplete where it could not be closed once the answer has left."""
    if then.then is not Then.CLOSE:
        return
    ending = then.ending
    said = {
        Need.ASSIGNEE: True,  # who answers has it
        Need.CATEGORY: ending.category,
        Need.COMMENT: ending.comment,
        Need.SOLUTION: ending.solution,
    }
    conversation = await lock(desk.db, conversation_id)
    await refuse_incomplete(desk.db, conversation, [one for one in said if said[one]])


async def send_later(
    desk: Desk,
    conversation_id: int,
    said: Answer,
    agent: Agent,
    leaving: Leaving,
    wish: Afterwards,
    *,
    seen: int | None,
) -> Message:
    """The words wait for their time, or what waits goes now. Raises as `say` does."""
    if leaving.planned is not None and leaving.passes:
        return await hurry(
            desk.db, leaving.planned, by=agent, now=desk.now, expected_last_event=seen
        )
    if leaving.planned is not None:
        return await send_now(
            desk.db,
            leaving.planned,
            by=agent,
            now=desk.now,
            context=desk.context,
            expected_last_event=seen,
        )
    await refuse_unfit(desk, conversation_id, said, agent)
    return await plan(
        desk.db,
        conversation_id,
        said,
        leaving.at or desk.now,
        wish=wish,
        by=agent,
        now=desk.now,
        context=desk.context,
        expected_last_event=seen,
    )


def as_told(leaving: Leaving, steps: Iterable[Step], to: str) -> list[dict[str, Any]]:
    """What is confirmed of it: when it leaves, and whether the conversation is closed then; or
    `to` whom a mail is passed on.
    """
    if leaving.at is None:
        return []
    if to:
        return [{**(leaving.step.told or {}), "then": Verb.FORWARD.value, "words": to}]
    closes = any(one.order.verb is Verb.CLOSE for one in steps)
    return [{**(leaving.step.told or {}), **({"then": "close"} if closes else {})}]
