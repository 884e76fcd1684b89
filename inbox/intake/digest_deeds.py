"""What is asked for with one number of a list: all of it done by itself, or nothing of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from inbox.auth.parts import allowed_there
from inbox.auth.permissions import Permission
from inbox.desk.afterwards import NOTHING_ELSE, Afterwards
from inbox.desk.answer import Answer, AnswerFile
from inbox.desk.close import Incomplete
from inbox.desk.leaking import Leaking
from inbox.desk.letter import Letter
from inbox.desk.repeated import Repeated
from inbox.errors import Conflict, InboxError, Invalid, NotFound
from inbox.intake.agent_desk import Desk, say
from inbox.intake.agent_flood import Flooding, refuse_one_more
from inbox.intake.agent_orders import Wish, carry_out
from inbox.intake.deeds.allowed import refused
from inbox.intake.deeds.closing import why_open
from inbox.intake.deeds.deed import Around, Step
from inbox.intake.deeds.table import DEEDS
from inbox.intake.digest_item import Result
from inbox.intake.sending import Leaving, leaving_of, put_off, refuse_unfinished, send_later
from inbox.orders.judging import contradictions, not_understood, sorted_out
from inbox.orders.numbered import Part
from inbox.orders.reading import Order
from inbox.orders.trouble import Trouble, Why
from inbox.orders.verbs import Verb
from inbox.store.digests import leaves_at
from inbox.store.flood import count_answer
from inbox.store.tables import Agent, Message

_ABOUT_WORDS = frozenset({Verb.NOTE, Verb.SEND})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose mail asks for it, in which conversation, and the newest event that they were shown."""

    desk: Desk
    letter: Letter
    agent: Agent
    there: int
    shown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What is done at once, when the answer leaves if it waits, and what is done then."""

    steps: Sequence[Step]
    leaving: Leaving | None = None
    then: Afterwards = NOTHING_ELSE


async def do_all(
    ask: Asked, result: Result, parts: Sequence[Part], files: tuple[AnswerFile, ...]
) -> None:
    """Everything that `parts` say of the number, or why nothing of it is done."""
    steps, leaving, result.troubles = await _judged(ask, parts)
    if result.troubles:
        return
    words = [part for part in parts if part.words]
    if files and not words:
        words = [replace(parts[0], orders=(), words="", is_answer=False)]
    try:
        async with ask.desk.db.begin_nested():
            await _do(ask, result, words, files, _plan_of(steps, leaving))
    except Leaking:
        result.why = "leaks"
    except (Flooding, Repeated) as error:
        result.why = "flood" if isinstance(error, Flooding) else "again"
    except (Conflict, Invalid, NotFound) as error:
        _refuse(result, parts, error)
    else:
        # Days and names are understood generously: how, is told.
        done = [*steps, *([leaving.step] if leaving else [])]
        lines = [step.order.line for step in done]
        result.done = [
            {"line": _as_written(step.order, lines), **dict(step.told or {})} for step in done
        ]
        result.said = _said(words, leaving)
        result.files = tuple(one.filename for one in files)


def _as_written(order: Order, lines: Sequence[str]) -> str:
    """The line of an order; of several on one line each by itself."""
    if lines.count(order.line) > 1:
        return f"{order.verb} {order.argument}".strip()
    return order.line.lstrip("@")


def _plan_of(steps: Sequence[Step], leaving: Leaving | None) -> _Plan:
    if leaving is None or leaving.at is None:
        return _Plan(steps=steps, leaving=leaving)
    now, then = put_off(steps)
    return _Plan(steps=now, leaving=leaving, then=then)


def _refuse(result: Result, parts: Sequence[Part], error: InboxError) -> None:
    is_speech = isinstance(error, Invalid) and any(part.is_answer for part in parts)
    if is_speech and not isinstance(error, Incomplete):
        result.why = "nobody"
        return
    orders = [order for part in parts for order in part.orders]
    result.troubles = [replace(why_open(orders, error), line=parts[0].line)]


def _said(words: Sequence[Part], leaving: Leaving | None) -> str:
    if not any(part.is_answer for part in words):
        return "note" if words else ""
    return "planned" if leaving else "answer"


async def _judged(
    ask: Asked, parts: Sequence[Part]
) -> tuple[list[Step], Leaving | None, list[Trouble]]:
    """The steps of one number, and when its answer leaves; or why none of it is done."""
    desk, agent, there = ask.desk, ask.agent, ask.there
    orders = [order for part in parts for order in part.orders]
    is_answer = any(part.is_answer for part in parts)
    troubles = [not_understood(part.unclear) for part in parts if part.unclear]
    deeds = [order for order in sorted_out(orders) if order.verb in DEEDS]
    other = [one for one in orders if one.verb not in DEEDS and one.verb not in _ABOUT_WORDS]
    troubles += [Trouble(line=one.line, why=Why.NOT_IN_LIST) for one in other]
    troubles += contradictions([one for one in orders if one.verb is not Verb.NOTE])
    if is_answer and any(one.verb is Verb.SPAM for one in deeds):
        troubles.append(Trouble(line=parts[0].line, why=Why.SPAM_ANSWERED))
    allowed = await allowed_there(desk.db, agent.id, there)
    troubles += refused(orders, allowed)
    if is_answer and Permission.REPLY not in allowed:
        troubles.append(Trouble(line=parts[0].line, why=Why.NOT_THEIRS))
    around = Around(conversation_id=there, shown_event_id=ask.shown)
    steps: list[Step] = []
    for order in deeds:
        step = await DEEDS[order.verb].judge(desk, order, around, agent)
        if isinstance(step, Trouble):
            troubles.append(step)
        else:
            steps.append(step)
    is_note = not is_answer and any(part.words for part in parts)
    wish = Wish(orders=tuple(orders), words="", unclear=(), is_note=is_note)
    leaving = await leaving_of(desk, wish, around, agent, speaks=is_answer)
    if isinstance(leaving, Trouble):
        return steps, None, [*troubles, leaving]
    return steps, leaving, troubles


async def _do(
    ask: Asked,
    result: Result,
    words: Sequence[Part],
    files: tuple[AnswerFile, ...],
    plan: _Plan,
) -> None:
    for at, part in enumerate(words):
        message = await _say(ask, f"{result.number}:{at}", part, files, plan)
        at_once = await leaves_at(ask.desk.db, message.id, ask.desk.now)
        result.leaves = result.leaves or at_once
        files = ()
    if plan.leaving and plan.leaving.planned is not None:
        await _send_later(ask, Answer(text=""), plan.leaving)
    await carry_out(ask.desk, ask.there, plan.steps, ask.agent)
    await refuse_unfinished(ask.desk, ask.there, plan.then)


async def _say(
    ask: Asked, key: str, part: Part, files: tuple[AnswerFile, ...], plan: _Plan
) -> Message:
    desk, letter = ask.desk, ask.letter
    # The mail's own HTML belongs to all numbers, and so to none.
    answer = Answer(
        text=part.words,
        files=files,
        idempotency=f"digest:{letter.clues.identity.hex()}:{key}",
    )
    counts = part.is_answer and letter.submitted is not None
    if counts:
        await refuse_one_more(desk.db, letter.spool_id, desk.context.settings, desk.now)
    if part.is_answer and plan.leaving:
        message = await _send_later(ask, answer, plan.leaving, plan.then)
    else:
        message = await say(desk, ask.there, answer, ask.agent, not part.is_answer)
    if counts:
        await count_answer(desk.db, letter.spool_id, message.id)
    return message


async def _send_later(
    ask: Asked, answer: Answer, leaving: Leaving, then: Afterwards = NOTHING_ELSE
) -> Message:
    return await send_later(ask.desk, ask.there, answer, ask.agent, leaving, then, seen=None)
