"""What is said of a number, without any sign → the same as it is written with signs. Pure.

`take`, `to Ivan`, `Ивану`, `I'll take it`, `月曜まで待つ`: each is a line that `reading` knows, or
stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from inbox.orders.japanese import told_to, verb_last
from inbox.orders.names import Person, is_me, named
from inbox.orders.polite import plainly, unpolite
from inbox.orders.reading import read
from inbox.orders.verbs import Verb, nearest

ANSWER = re.compile(
    r"\s*@?(?:answer|reply|ответ|ответить|risposta|rispondi|antwort|antworten|返信|回答)\s*[:：]\s*",
    re.IGNORECASE,
)
_TO = re.compile(r"\s*(?:(?:to|an|a|ad|al|alla|кому)\s|[-=]+>|[→⇒])\s*(?=\S)", re.IGNORECASE)
_FOR = re.compile(r"\s*(?:for|für|per|для|на)\s+(?=[^\W\d_])", re.IGNORECASE)
_APART = re.compile(r"\s*[,;、；]\s*|\s+(?:and|und|и|e)\s+")
_MARKS: Final = " \t\xa0.,;:!?。、)(@＠"
_SHORT: Final = 3  # words that may be a name with something before it


def begins_order(said: str, people: Sequence[Person] = ()) -> bool:
    """Whether something that can be done is said first."""
    if ANSWER.match(said) or _TO.match(said) or told_to(said):
        return True
    for one in (said, plainly(said)):
        found = read(f"@{one.lstrip(' @＠')}")
        if found.orders or (found.unclear is not None and found.unclear.verb is not None):
            return True
    first = _first_word(said)
    if (to := _FOR.match(said)) and named(_first_word(said[to.end() :]), people):
        return True
    return is_me(first) or bool(named(first, people)) or _ends_in_verb(said)


def may_begin_order(said: str, *, after: str, people: Sequence[Person] = ()) -> bool:
    """Also with a slip: what comes before it is done, and this one is not.

    After something that is put off a number may count days: `3 Tage`, which is near to `tag`.
    """
    before = read(as_orders(after, people)).orders
    if before and before[-1].verb in (Verb.WAIT, Verb.SNOOZE):
        found = read(f"@{said.lstrip(' @＠')}")
        verb = found.orders[0].verb if found.orders else found.unclear and found.unclear.verb
        if ANSWER.match(said) or _TO.match(said) or verb not in (None, Verb.TAG):
            return True
        return bool(named(_first_word(said), people)) or _ends_in_verb(said)
    return begins_order(said, people) or bool(nearest(_first_word(said)))


def _first_word(said: str) -> str:
    return next(iter(said.split(maxsplit=1)), "").strip(_MARKS)


def _ends_in_verb(said: str) -> bool:
    return bool(verb_last(said.partition("、")[0]))


def as_orders(line: str, people: Sequence[Person] = ()) -> str:
    """A line without signs as it would be written with them: `take, close` is `@take @close`."""
    if not line.strip():
        return ""
    pieces = _APART.split(line.strip())
    if len(pieces) > 1 and all(begins_order(one, people) for one in pieces if one):
        return " ".join(_as_order(piece, people) for piece in pieces if piece)
    return _as_order(line, people)


def _as_order(piece: str, people: Sequence[Person]) -> str:
    if to := _TO.match(piece):
        return f"@assign {unpolite(piece[to.end() :])}"
    plain = f"@{piece.lstrip(' @＠')}"
    found = read(plain)
    if found.orders:
        return plain if found.orders[-1].verb is Verb.NOTE else unpolite(plain)
    if to_whom := told_to(piece):
        return f"@assign {to_whom}"
    if last := verb_last(piece):
        return f"@{last}"
    words = plainly(unpolite(piece)).lstrip("@＠")
    if is_me(unpolite(piece).strip(_MARKS)):
        return "@take"
    if named(words.strip(_MARKS), people):
        return f"@assign {words}"
    if (to := _FOR.match(words)) and len(words.split()) <= _SHORT:
        return f"@assign {words[to.end() :]}"
    return f"@{words}" if words and read(f"@{words}").orders else plain
