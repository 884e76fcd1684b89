"""What an order becomes: judged before anything happens, and done by a verb of the web view."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inbox.desk.close import Incomplete
from inbox.errors import InboxError
from inbox.intake.agent_desk import Desk
from inbox.orders.names import Person, told_apart
from inbox.orders.reading import BY_ADDRESS, Order
from inbox.orders.trouble import Trouble, Why
from inbox.store.tables import Agent


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Where something is asked for: the conversation, and the event whose notice was answered."""

    conversation_id: int
    shown_event_id: int = 0
    reader_id: int | None = None  # whose notice was answered: perhaps a department's
    mailbox_id: int | None = None  # where it will be by then, if it is moved as well


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One deed, with whom or what it is about."""

    order: Order
    target: int | None = None
    until: datetime | None = None
    words: tuple[str, ...] = ()
    # What is told afterwards, where it was understood generously; see notify.confirmation.
    told: Mapping[str, Any] | None = None


Judge = Callable[[Desk, Order, Around, Agent], Awaitable[Step | Trouble]]
# The conversation that it is afterwards. Raises Conflict, Invalid, NotFound.
Do = Callable[[Desk, int, Step, Agent], Awaitable[int]]


async def as_it_is(_desk: Desk, order: Order, _around: Around, _agent: Agent) -> Step | Trouble:
    """A judge of orders about which nothing can be misunderstood."""
    return Step(order=order)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """How an order is judged, and how it is done."""

    do: Do
    judge: Judge = as_it_is


def as_words(order: Order) -> str:
    """What stands behind the verb; in an address there is no space."""
    is_address = order.line.endswith(BY_ADDRESS)
    return order.argument.replace("-", " ") if is_address else order.argument


def no(order: Order, why: Why, names: Iterable[str] = ()) -> Trouble:
    """Why it is not done."""
    return Trouble(line=order.line, why=why, names=tuple(names))


def which(order: Order, several: Sequence[Person]) -> Trouble:
    """That one of these is meant, and nobody knows which."""
    names = told_apart(several)
    return Trouble(line=order.line, why=Why.SEVERAL, names=names, verb=order.verb.value)


def not_done(line: str, error: InboxError) -> Trouble:
    """Why what was understood could not be done."""
    if isinstance(error, Incomplete):
        return Trouble(line=line, why=Why.CLOSING_NEEDS, names=error.needs)
    return Trouble(line=line, why=Why.REFUSED)
