"""Which orders somebody may not give in a conversation that they were only drawn into. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from inbox.auth.permissions import ASKS_FOR, Part, Permission, allowed_in, may_order
from inbox.orders.reading import Order
from inbox.orders.trouble import Trouble, Why
from inbox.orders.verbs import Verb

_HOLDERS: Final = allowed_in(Part.HOLDER, "assigned")


def refused(orders: Iterable[Order], allowed: frozenset[Permission]) -> list[Trouble]:
    """Why each of them is not done that is not theirs to ask for."""
    return [
        Trouble(line=one.line, why=_why(one.verb, allowed))
        for one in orders
        if not may_order(allowed, one.verb)
    ]


def _why(verb: Verb, allowed: frozenset[Permission]) -> Why:
    if verb is Verb.LEAVE:
        return Why.NOT_DRAWN_IN
    has_it = Permission.HAND_ON in allowed
    return Why.NOT_GIVEN if ASKS_FOR[verb] in _HOLDERS and not has_it else Why.NOT_THEIRS
