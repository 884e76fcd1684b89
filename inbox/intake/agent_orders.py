"""What one of us asks for in an answer to a notice: judged as a whole, and done as a whole.

Lines at the top and addresses that are verbs become the verbs of the web view, in the transaction
of the mail. Where one of them is not understood or not possible, none of it is done and nothing is
said to the customer. Only for mail that is proved as an answer must be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row

from inbox.desk.answer import Answer
from inbox.desk.assign import assign
from inbox.desk.close import close
from inbox.desk.letter import Letter
from inbox.desk.merge import merge
from inbox.desk.reopen import reopen
from inbox.desk.spam import mark_spam, not_spam
from inbox.desk.split import split
from inbox.intake.agent_desk import Desk
from inbox.model.actor import Actor
from inbox.orders.ending import says_nothing
from inbox.orders.judging import contradictions, not_understood, sorted_out
from inbox.orders.names import Person, is_me, is_name, meant
from inbox.orders.reading import Order, Unclear, named, read
from inbox.orders.trouble import Trouble, Why
from inbox.orders.verbs import Verb
from inbox.store.asked import offered, people_of_ours, said_outside, shown_mail, within_reach
from inbox.store.tables import Agent

_ANSWERS = frozenset("rnxb")
_BY_ADDRESS = "+…@"  # how an address is shown, without its token


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a mail asks for besides its words, and what is left of these."""

    orders: tuple[Order, ...]
    words: str
    unclear: Unclear | None
    is_note: bool  # the words are for us alone

    @property
    def deeds(self) -> tuple[Order, ...]:
        """What is to be done, in its order."""
        return sorted_out(self.orders)

    @property
    def wants_help(self) -> bool:
        """Whether it asks what can be asked for."""
        return any(order.verb is Verb.HELP for order in self.orders)

    @property
    def asks(self) -> bool:
        """Whether it asks for anything, understood or not."""
        return bool(self.orders or self.unclear)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One deed, with whom or what it is about."""

    order: Order
    target: int | None = None


def wish_of(letter: Letter, text: str, keys: Collection[bytes] = (), name: str = "") -> Wish:
    """What the first lines of the text and the addresses with these tokens ask for.

    `name` of the writer: below orders their signature alone says nothing.
    """
    found = read(text)
    verbs = [one.verb for one in letter.clues.tokens if one.key in keys]
    by_address = tuple(
        Order(verb=Verb(verb), line=f"{verb}{_BY_ADDRESS}")
        for verb in verbs
        if verb not in _ANSWERS
    )
    orders = (*found.orders, *by_address)
    is_signed_only = bool(orders) and not found.unclear and says_nothing(found.rest, name)
    return Wish(
        orders=orders,
        words="" if is_signed_only else found.rest,
        unclear=found.unclear,
        # Whoever has both addresses in one mail gets the one that stays inside, and whoever wrote
        # to neither as well.
        is_note="n" in verbs
        or (bool(by_address) and "r" not in verbs)
        or any(order.verb is Verb.NOTE for order in orders),
    )


def without_orders(answer: Answer, wish: Wish) -> Answer:
    """The answer with the words alone; a picture of a signature is no answer."""
    if not wish.orders:
        return answer
    is_silent = not wish.words.strip()
    files = tuple(one for one in answer.files if not (is_silent and one.inline))
    return replace(answer, text=wish.words, files=files)


async def meant_as_words(desk: Desk, wish: Wish, conversation_id: int) -> Wish:
    """The wish, where its unclear line only speaks to somebody by name: that is no order."""
    if wish.unclear is None or wish.unclear.verb is not None:
        return wish
    ours = [one.name for one in await people_of_ours(desk.db, conversation_id)]
    _, outside = await said_outside(desk.db, conversation_id)
    is_spoken_to = is_name(wish.unclear.said, [*ours, *outside])
    return replace(wish, unclear=None) if is_spoken_to else wish


async def plan(
    desk: Desk, wish: Wish, rights: Iterable[Row[Any]], agent: Agent, *, speaks: bool
) -> tuple[list[Step], list[Trouble]]:
    """The steps that are to be done; or why none of them is. `speaks`: words go along."""
    rights = list(rights)
    right = rights[0]
    troubles = [not_understood(wish.unclear)] if wish.unclear else []
    deeds = wish.deeds
    lines = " ".join(dict.fromkeys(order.line for order in wish.orders))
    if len({one.conversation_id for one in rights}) > 1:
        troubles.append(Trouble(line=lines, why=Why.ELSEWHERE))
    if wish.wants_help and (deeds or speaks):
        troubles.append(Trouble(line=lines, why=Why.ASKED_FOR_HELP))
    troubles += contradictions([one for one in wish.orders if one.verb is not Verb.NOTE])
    if speaks and not wish.is_note and any(order.verb is Verb.SPAM for order in deeds):
        troubles.append(Trouble(line=lines, why=Why.SPAM_ANSWERED))
    troubles += await _quoted(desk, wish, right.conversation_id)
    steps = []
    for order in deeds:
        step = await _step(desk, order, right, agent)
        if isinstance(step, Trouble):
            troubles.append(step)
        else:
            steps.append(step)
    return steps, troubles


async def _quoted(desk: Desk, wish: Wish, conversation_id: int) -> list[Trouble]:
    """Orders that stand in a customer's mail as well: it may be quoted where nothing says so."""
    written = [order for order in wish.orders if not order.line.endswith(_BY_ADDRESS)]
    if not written:
        return []
    texts, _ = await said_outside(desk.db, conversation_id)
    theirs = {
        order.verb
        for text in texts
        for line in text.split("\n")
        for order in read(line.lstrip("> ")).orders
    }
    return [Trouble(line=one.line, why=Why.QUOTED) for one in written if one.verb in theirs]


async def _step(desk: Desk, order: Order, right: Row[Any], agent: Agent) -> Step | Trouble:
    match order.verb:
        case Verb.TAKE:
            return Step(order=order, target=agent.id)
        case Verb.ASSIGN:
            return await _person(desk, order, right.conversation_id, agent)
        case Verb.SAME:
            return await _other(desk, order, right.conversation_id, agent)
        case Verb.SPLIT:
            mail = await shown_mail(desk.db, right.shown_event_id, right.conversation_id)
            return Step(order=order, target=mail) if mail else _no(order, Why.NO_MAIL)
    return Step(order=order)


async def _person(desk: Desk, order: Order, conversation_id: int, agent: Agent) -> Step | Trouble:
    if is_me(order.argument):
        return Step(order=order, target=agent.id)
    people = await people_of_ours(desk.db, conversation_id)
    match meant(order.argument, people):
        case []:
            return _no(order, Why.NOBODY, people)
        case [one]:
            return Step(order=order, target=one.id)
        case several:
            return _no(order, Why.SEVERAL, several)


async def _other(desk: Desk, order: Order, conversation_id: int, agent: Agent) -> Step | Trouble:
    number = named(order.argument)
    if not order.argument:
        number = await offered(desk.db, conversation_id, agent.id)
        if number is None:
            return _no(order, Why.NOTHING_OFFERED)
    found = await within_reach(desk.db, number or 0, agent.id)
    return _no(order, Why.NO_CONVERSATION) if found is None else Step(order=order, target=found)


def _no(order: Order, why: Why, people: Iterable[Person] = ()) -> Trouble:
    return Trouble(line=order.line, why=why, names=tuple(one.name for one in people))


def told_of(steps: Iterable[Step], troubles: Sequence[Trouble]) -> list[Trouble]:
    """What was understood, and then what was not, each line once."""
    wrong = [word for trouble in troubles for word in trouble.line.split()]
    lines = dict.fromkeys(step.order.line for step in steps)
    fine = [line for line in lines if line.split()[0] not in wrong]
    return [*(Trouble(line=line, why=Why.FINE) for line in fine), *troubles]


async def carry_out(desk: Desk, conversation_id: int, steps: Iterable[Step], agent: Agent) -> int:
    """Do all steps, each with an event of its own; the conversation that it is now.

    Raises Invalid, NotFound.
    """
    by = Actor.agent(agent.id, agent.name)
    for step in steps:
        conversation_id = await _do(desk, conversation_id, step, by)
    return conversation_id


async def _do(desk: Desk, conversation_id: int, step: Step, by: Actor) -> int:
    db, now, target = desk.db, desk.now, step.target
    match step.order.verb:
        case Verb.CLOSE:
            await close(db, conversation_id, by=by, now=now)
        case Verb.REOPEN:
            await reopen(db, conversation_id, by=by, now=now)
        case Verb.TAKE | Verb.ASSIGN:
            await assign(db, conversation_id, target, by=by, now=now)
        case Verb.SPAM:
            await mark_spam(db, conversation_id, by=by, now=now)
        case Verb.NOT_SPAM:
            await not_spam(db, conversation_id, by=by, now=now)
        case Verb.SAME:
            return (await merge(db, target or 0, conversation_id, by=by, now=now)).id
        case Verb.SPLIT:
            await split(
                db,
                conversation_id,
                target or 0,
                following=False,
                by=by,
                now=now,
                secret=desk.context.secret,
                rng=desk.rng,
            )
    return conversation_id
