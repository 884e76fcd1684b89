"""Orders that end a conversation, with all that its mailbox wants said; and each of it alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from inbox.desk.classify import category_of, classify
from inbox.desk.close import Incomplete
from inbox.desk.finish import Ending, finish
from inbox.errors import InboxError, Invalid
from inbox.intake.agent_desk import Desk
from inbox.intake.deeds.deed import Around, Deed, Step, as_words, not_done
from inbox.intake.deeds.holder import ASSIGN
from inbox.model.actor import Actor
from inbox.model.closing import Closing
from inbox.orders.closing import Said, said_with
from inbox.orders.reading import Order
from inbox.orders.trouble import Trouble, Why
from inbox.orders.verbs import Verb
from inbox.store.asked import home_of
from inbox.store.tables import Agent, Mailbox

_TELLS: Final[dict[bool | None, str]] = {None: "", True: "tell", False: "quiet"}


async def _ending(desk: Desk, order: Order, around: Around, agent: Agent) -> Step | Trouble:
    said = said_with(order.argument) or Said()
    told: dict[str, str] = {}
    if said.category:
        category = await _known(desk, order, around, said.category)
        if isinstance(category, Trouble):
            return category
        told = _told(order, category, said.category)
        said = replace(said, category=category)
    words = (said.category, said.solution, said.comment, _TELLS[said.tells])
    step = Step(order=order, words=words, told=told)
    if not said.assignee:
        return step
    holder = await ASSIGN.judge(desk, replace(order, argument=said.assignee), around, agent)
    if isinstance(holder, Trouble):
        return replace(holder, verb="")
    named = str((holder.told or {}).get("name", ""))
    return replace(step, target=holder.target, told=_to(told, named))


def _to(told: dict[str, str], name: str) -> dict[str, str]:
    return {"verb": Verb.CLOSE.value, "category": "", **told, "name": name} if name else told


def ending_of(step: Step) -> Ending:
    """All that is said with closing."""
    category, solution, comment, tells = step.words
    return Ending(
        category=category,
        solution=solution,
        comment=comment,
        assignee_id=step.target,
        tells=next(one for one, word in _TELLS.items() if word == tells),
    )


async def _close(desk: Desk, conversation_id: int, step: Step, agent: Agent) -> int:
    return (await finish(desk.db, conversation_id, ending_of(step), by=agent, now=desk.now)).id


async def _category(desk: Desk, order: Order, around: Around, _agent: Agent) -> Step | Trouble:
    found = await _known(desk, order, around, as_words(order))
    if isinstance(found, Trouble):
        return found
    return Step(order=order, words=(found, ""), told=_told(order, found, as_words(order)))


async def _solution(_desk: Desk, order: Order, _around: Around, _agent: Agent) -> Step | Trouble:
    return Step(order=order, words=("", as_words(order)))


async def _classify(desk: Desk, conversation_id: int, step: Step, agent: Agent) -> int:
    category, solution = step.words
    said, by = Closing(category=category, solution=solution), Actor.agent(agent.id, agent.name)
    return (await classify(desk.db, conversation_id, said, by=by, now=desk.now)).id


async def _known(desk: Desk, order: Order, around: Around, said: str) -> str | Trouble:
    """The category that is meant, of those of the mailbox where it will be by then."""
    home = around.mailbox_id or (await home_of(desk.db, around.conversation_id))[0]
    known = (await desk.db.get_one(Mailbox, home)).categories
    try:
        return category_of(said, known)
    except Invalid:
        return Trouble(line=order.line, why=Why.NO_CATEGORY, names=tuple(known))


def _told(order: Order, category: str, said: str) -> dict[str, str]:
    is_literal = category.casefold() == " ".join(said.split()).casefold()
    return {} if is_literal else {"verb": order.verb.value, "category": category}


def why_open(orders: Iterable[Order], error: InboxError) -> Trouble:
    """Why what was understood could not be done; where more is wanted, what can be said."""
    lines = tuple(dict.fromkeys(order.line for order in orders))
    trouble = not_done(" ".join(lines), error)
    if not isinstance(error, Incomplete):
        return trouble
    besides = dict.fromkeys(one.line for one in orders if one.verb in _WITH_CLOSING)
    closing = [one.line for one in orders if one.verb is Verb.CLOSE and one.argument]
    return replace(trouble, choices=error.categories, said=(*besides, *closing))


# What is said again in the mail that closes it.
_WITH_CLOSING: Final = frozenset(
    {Verb.CATEGORY, Verb.SOLUTION, Verb.TAKE, Verb.ASSIGN, Verb.TAG, Verb.PRIORITY}
)
CLOSE: Final = Deed(judge=_ending, do=_close)
CATEGORY: Final = Deed(judge=_category, do=_classify)
SOLUTION: Final = Deed(judge=_solution, do=_classify)
