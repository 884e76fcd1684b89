"""A mail that says nothing but "stop": whoever writes that wants an answer back. Pure."""

from __future__ import annotations

from inbox.orders.ending import says_nothing
from inbox.orders.reading import Order
from inbox.orders.verbs import Verb, verb_of

_MARKS = " \t\r\xa0*_.!,:;。！"
_LONGEST = 40  # characters


def bare_stop(text: str, name: str = "") -> Order | None:
    """The order to stop, where its word is all that is said, above a signature of `name`."""
    first, _, rest = text.strip("\n").partition("\n")
    word = first.strip(_MARKS)
    if not word or len(word) > _LONGEST or verb_of(word) is not Verb.STOP:
        return None
    return Order(verb=Verb.STOP, line=word) if says_nothing(rest, name) else None
