"""Second thoughts: one of us wants to see what the customer gets, or takes back what they did.

What goes along with any of it is held and not sent: nobody who says "show", "stop" or "undo" wants
it to leave now. What came of it is said to them by mail, whatever comes of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from inbox.desk.answer import Answer
from inbox.desk.letter import Kept, Letter
from inbox.desk.stop import newest_answer, stop
from inbox.errors import Conflict
from inbox.intake.agent_desk import Desk, finish, hold_back, remember, tell
from inbox.intake.agent_orders import Wish
from inbox.intake.agent_stale import meanwhile, seen_by
from inbox.intake.agent_undoes import is_on_its_way, tell_undone
from inbox.model.held import HeldReason
from inbox.model.outcome import Outcome
from inbox.orders.judging import against, not_understood
from inbox.orders.verbs import Verb
from inbox.store.asked import newest_message
from inbox.store.tables import Agent, Outbound

_BESIDES = frozenset({Verb.NOTE, Verb.TEMPLATE, Verb.ARTICLE})  # about the words that wait
_THOUGHTS = frozenset({Verb.SHOW, Verb.STOP, Verb.UNDO})
_EACH_ALONE = tuple({one} for one in _THOUGHTS)


def thinks_again(wish: Wish) -> bool:
    """Whether a mail asks to be shown, or to be stopped."""
    return any(order.verb in _THOUGHTS for order in wish.orders)


async def think_again(
    desk: Desk,
    letter: Letter,
    rights: Sequence[Row[Any]],
    answer: Answer,
    said: Answer,
    wish: Wish,
    agent: Agent,
) -> Kept:
    """What becomes of a mail that is believed; `said` is the answer without what it asks for."""
    home = rights[0].conversation_id
    message_id: int | None = None
    verbs = {order.verb for order in wish.orders}
    if not await remember(desk, letter, home, agent, sorted(verbs)):
        return await finish(desk, letter, home, await newest_message(desk.db, home))
    if Verb.STOP in verbs or (Verb.UNDO in verbs and await is_on_its_way(desk, home, agent.id)):
        message_id = await _stopped(desk, letter, home, agent)
    elif Verb.UNDO in verbs:
        await tell_undone(desk, letter, home, agent)
    if wish.unclear or verbs - _BESIDES not in _EACH_ALONE:
        return await _too_much(desk, letter, home, answer, wish, agent)
    if said.text.strip() or said.files:
        if wish.is_note and Verb.SHOW in verbs:  # it goes to no customer: there is nothing to show
            return await _too_much(desk, letter, home, answer, wish, agent)
        reason = HeldReason.SHOWN if Verb.SHOW in verbs else HeldReason.TAKEN_BACK
        about = await meanwhile(desk, home, seen_by(rights), agent)
        reasons = [*([HeldReason.MOVED_ON] if about.get("changed") else []), reason]
        return await hold_back(
            desk, letter, home, said, agent, reasons, is_note=wish.is_note, about=about
        )
    if Verb.SHOW in verbs:
        message_id = await _shown(desk, letter, home, agent)
    return await finish(desk, letter, home, message_id or await newest_message(desk.db, home))


async def _stopped(desk: Desk, letter: Letter, home: int, agent: Agent) -> int | None:
    """The held answer that was on its way; else they are told why there is none."""
    db = desk.db
    try:
        stopped = await stop(db, home, by=agent, now=desk.now, context=desk.context)
    except Conflict:
        found = await newest_answer(db, home, agent.id)
        if found:
            draft = {"outcome": Outcome.TOO_LATE.value, **_leaving(found[1])}
            await tell(desk, letter, "outcome", agent, home, found[0].id, draft)
        return found[0].id if found else None
    if stopped is None:
        await _no_answer(desk, letter, home, agent)
    return stopped


async def _shown(desk: Desk, letter: Letter, home: int, agent: Agent) -> int | None:
    """They are shown what they answered last; it goes on its way."""
    found = await newest_answer(desk.db, home, agent.id)
    if found is None:
        await _no_answer(desk, letter, home, agent)
        return None
    message, outbound = found
    draft = {"outcome": Outcome.SHOWN.value, "outbound": outbound.id, **_leaving(outbound)}
    await tell(desk, letter, "outcome", agent, home, message.id, draft)
    return message.id


def _leaving(outbound: Outbound) -> dict[str, object]:
    at = outbound.sent_at or outbound.run_at
    return {"at": at.isoformat(), "sent": outbound.state == "sent"}


async def _no_answer(desk: Desk, letter: Letter, home: int, agent: Agent) -> None:
    newest = await newest_message(desk.db, home)
    draft = {"outcome": Outcome.NO_ANSWER.value}
    await tell(desk, letter, "outcome", agent, home, newest, draft)


async def _too_much(
    desk: Desk, letter: Letter, home: int, answer: Answer, wish: Wish, agent: Agent
) -> Kept:
    """More is asked for than can be done together: it is held as a comment, and said."""
    lines = dict.fromkeys(order.line for order in wish.asked)
    troubles = [not_understood(one) for one in wish.unclear]
    if len(lines) > 1 or not troubles:
        troubles.append(against(*lines))
    return await hold_back(
        desk,
        letter,
        home,
        answer,
        agent,
        [HeldReason.ORDERS],
        is_note=True,
        about={"orders": [one.row() for one in troubles]},
    )
