"""A mail that says nothing but "stop", or "undo": whoever writes that wants it back. Pure."""

from __future__ import annotations

from inbox.orders.ending import says_nothing
from inbox.orders.reading import Order
from inbox.orders.verbs import Verb, verb_of

_MARKS = " \t\r\xa0*_.!,:;。！"
_LONGEST = 40  # characters


def bare_stop(text: str, name: str = "") -> Order | None:
    """The order to stop or undo, where its word is all that is said, above a signature."""
    first, _, rest = text.strip("\n").partition("\n")
    word = first.strip(_MARKS)
    verb = verb_of(word) if word and len(word) <= _LONGEST else None
    if verb not in (Verb.STOP, Verb.UNDO):
        return None
    return Order(verb=verb, line=word) if says_nothing(rest, name) else None
