"""Orders as a whole: which cannot go together, and in what order they are done. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Final

from inbox.orders.reading import Order, Unclear
from inbox.orders.trouble import Trouble, Why
from inbox.orders.verbs import Verb, nearest

# What is said comes before all of them; a conversation is closed last.
IN_ORDER: Final = (
    Verb.NOT_SPAM,
    Verb.REOPEN,
    Verb.SPLIT,
    Verb.BELONGS,
    Verb.SAME,
    Verb.TAG,
    Verb.UNTAG,
    Verb.PRIORITY,
    Verb.CUSTOMER,
    Verb.FORGET,
    Verb.MOVE,
    Verb.CATEGORY,
    Verb.SOLUTION,
    Verb.TAKE,
    Verb.ASSIGN,
    Verb.REMOVE,
    Verb.FOLLOW,
    Verb.UNFOLLOW,
    Verb.PROMISE,
    Verb.NOTICES,
    Verb.WAIT,
    Verb.SNOOZE,
    Verb.CLOSE,
    Verb.SPAM,
    Verb.BACK,
    Verb.AWAY,
    Verb.LEAVE,
)
# About the words of the mail, or asking for a mail back.
WITHOUT_DEED: Final = frozenset(
    {
        Verb.NOTE,
        Verb.SHOW,
        Verb.STOP,
        Verb.UNDO,
        Verb.SEND,
        Verb.HELP,
        Verb.TEMPLATE,
        Verb.ARTICLE,
        Verb.FORWARD,
        Verb.FIND,
    }
)
# What can be asked for several times with something else behind it.
_SEVERAL: Final = frozenset({Verb.TAG, Verb.UNTAG, Verb.CUSTOMER, Verb.FORGET, Verb.REMOVE})
_AGAINST: Final = frozenset(
    {
        frozenset({Verb.CLOSE, Verb.REOPEN}),
        frozenset({Verb.TAKE, Verb.ASSIGN}),
        *map(frozenset, combinations((Verb.SPLIT, Verb.BELONGS, Verb.SAME), 2)),
        frozenset({Verb.FOLLOW, Verb.UNFOLLOW}),
        frozenset({Verb.FOLLOW, Verb.LEAVE}),
        frozenset({Verb.PROMISE, Verb.CLOSE}),
        frozenset({Verb.SEND, Verb.SPAM}),
        frozenset({Verb.SEND, Verb.SPLIT}),
        frozenset({Verb.SEND, Verb.BELONGS}),
        frozenset({Verb.AWAY, Verb.BACK}),
        frozenset({Verb.TAKE, Verb.LEAVE}),
        frozenset({Verb.TEMPLATE, Verb.ARTICLE}),
        frozenset({Verb.TEMPLATE, Verb.FORWARD}),
        frozenset({Verb.ARTICLE, Verb.FORWARD}),
        frozenset({Verb.SPLIT, Verb.FORWARD}),
        frozenset({Verb.SPAM, Verb.FORWARD}),
        *map(frozenset, combinations((Verb.CLOSE, Verb.WAIT, Verb.SNOOZE), 2)),
        *map(frozenset, combinations((Verb.REOPEN, Verb.WAIT, Verb.SNOOZE), 2)),
        *(frozenset({Verb.SPAM, other}) for other in IN_ORDER if other is not Verb.SPAM),
    }
)


def sorted_out(orders: Sequence[Order]) -> tuple[Order, ...]:
    """What is to be done, each thing once, in the order in which it is done; without notes."""
    once = {(order.verb, order.argument): order for order in reversed(orders)}
    return tuple(order for verb in IN_ORDER for order in once.values() if order.verb is verb)


def contradictions(orders: Sequence[Order]) -> list[Trouble]:
    """Orders that cannot both be done, by twos."""
    found: dict[str, Trouble] = {}
    for one, other in combinations(orders, 2):
        both = frozenset({one.verb, other.verb})
        differs = one.argument != other.argument and one.verb not in _SEVERAL
        if both in _AGAINST or (one.verb is other.verb and differs):
            found.setdefault(f"{one.line}\n{other.line}", against(one.line, other.line))
    return list(found.values())


def against(*lines: str) -> Trouble:
    """That these lines cannot all be done; a single one not with the rest of its mail."""
    each = tuple(dict.fromkeys(lines))
    return Trouble(line=" ".join(each), why=Why.AGAINST, names=each)


_WANTED: Final = {
    Verb.ASSIGN: Why.NO_NAME,
    Verb.SNOOZE: Why.NO_TIME,
    Verb.PROMISE: Why.NO_TIME,
    Verb.SEND: Why.NO_TIME,
    Verb.CATEGORY: Why.NO_CATEGORY,
    Verb.SOLUTION: Why.NO_SOLUTION,
    Verb.CUSTOMER: Why.NOTHING_NOTED,
    Verb.FORGET: Why.NOTHING_NOTED,
    Verb.REMOVE: Why.NO_NAME,
    Verb.CLOSE: Why.NO_FIELDS,
    Verb.MOVE: Why.NO_MAILBOX,
    Verb.TAG: Why.NO_TAG,
    Verb.UNTAG: Why.NO_TAG,
    Verb.PRIORITY: Why.NO_PRIORITY,
}


def not_understood(unclear: Unclear) -> Trouble:
    """Why a line that looks like an order is none."""
    if unclear.is_too_much:
        return Trouble(line=unclear.line, why=Why.REFUSED)
    match unclear.verb:
        case Verb() if unclear.verb in _WANTED:
            return Trouble(line=unclear.line, why=_WANTED[unclear.verb])
        case None:
            word = unclear.said.split(maxsplit=1)[0] if unclear.said else ""
            near = nearest(word)
            return Trouble(line=unclear.line, why=Why.UNKNOWN, names=(near,) if near else ())
    return Trouble(line=unclear.line, why=Why.EXTRA)
