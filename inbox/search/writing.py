"""The fields of a form → the question that somebody would type, and back. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Final

from inbox.model.marks import Urgency
from inbox.search.reading import Known, date_of
from inbox.search.tokens import LONGEST, Token, tokens
from inbox.search.vocabulary import Operator, operator_of, part_of, state_of, urgency_of

_OPERATORS: Final = (
    Operator.FROM,
    Operator.TO,
    Operator.SUBJECT,
    Operator.FILE,
    Operator.CUSTOMER,
    Operator.BY,
    Operator.ASSIGNED,
    Operator.IN,
    Operator.TAG,
    Operator.IS,
    Operator.HAS,
    Operator.AFTER,
    Operator.BEFORE,
)


# Of these the form has a field in which one is chosen.
_CHOSEN: Final = frozenset({Operator.IN, Operator.IS, Operator.HAS})
_DATES: Final = frozenset({Operator.AFTER.value, Operator.BEFORE.value})
_LEAST_PREFIX: Final = 3  # letters


class Wider(StrEnum):
    """A question that finds more than another."""

    ANY_WORD = "any_word"
    BEGINNING = "beginning"
    ANY_TIME = "any_time"
    WORDS_ALONE = "words_alone"
    SPAM = "spam"


def written(fields: Mapping[str, str]) -> str:
    """`words` as they are, `without` each with a minus, and the fields named as operators."""
    found = [" ".join(fields.get("words", "").split())]
    found += [f"-{_whole(one)}" for one in fields.get("without", "").split()]
    for operator in _OPERATORS:
        if value := " ".join(fields.get(operator.value, "").split()):
            found.append(f"{operator.value}:{_whole(value)}")
    return " ".join(filter(None, found))


def fields(typed: str, known: Known) -> dict[str, str]:
    """The fields that somebody would fill in to ask for the same; `written` makes it of them.

    An operator has one field: what is asked for twice, forbidden or joined stays among the words.
    """
    found: dict[str, str] = {}
    words: list[str] = []
    without: list[str] = []
    rest = tokens(typed[:LONGEST])
    before: Token | None = None
    while rest:
        token = rest.pop(0)
        operator = operator_of(token.name) if token.name else None
        if operator and not token.value and rest and not (rest[0].name or rest[0].is_not):
            value = rest.pop(0)
            token = replace(value, name=token.name, is_not=token.is_not)
        is_joined = any(one and one.is_or for one in (before, rest[0] if rest else None))
        is_list = operator in _CHOSEN and "," in token.value
        is_field = operator in _OPERATORS and not (token.is_not or is_joined or is_list)
        if operator and is_field and operator.value not in found:
            found[operator.value] = _plainly(operator, token, rest, known)
        elif token.is_not and not (token.name or token.is_quoted or is_joined):
            without.append(token.value)
        else:
            words.append(token.said)
        before = token
    return {**found, "words": " ".join(words), "without": " ".join(without)}


def wider(asked: Mapping[str, str]) -> dict[Wider, str]:
    """What else could be asked where these fields find nothing, each as one would type it."""
    words = asked.get("words", "").split()
    plain = [one for one in words if not {*'":*|'} & {*one}]
    others = {name for name, value in asked.items() if value} - {"words", "without"}
    found: dict[Wider, str] = {}
    if len(plain) == len(words) > 1 and "OR" not in words:
        found[Wider.ANY_WORD] = written({**asked, "words": " OR ".join(words)})
    if len(words) == len(plain) == 1 and len(plain[0]) >= _LEAST_PREFIX:
        found[Wider.BEGINNING] = written({**asked, "words": f"{plain[0]}*"})
    if others & _DATES:
        found[Wider.ANY_TIME] = written({**asked, **dict.fromkeys(_DATES, "")})
    if words and others - _DATES:
        found[Wider.WORDS_ALONE] = written({"words": asked["words"]})
    if "is" not in others:
        found[Wider.SPAM] = written({**asked, "is": "spam"})
    return found


def _plainly(operator: Operator, token: Token, rest: list[Token], known: Known) -> str:
    """As the form has it, in whatever language it was typed: states by their word, days as such."""
    if operator in (Operator.AFTER, Operator.BEFORE):
        taken, days = date_of(known, token, rest)
        del rest[:taken]
        return days[0].astimezone(known.zone).date().isoformat() if days else token.value
    said = {Operator.IS: state_of, Operator.HAS: part_of}.get(operator)
    meant = said(token.value) if said else None
    if meant is None and operator is Operator.IS and (urgency := urgency_of(token.value)):
        return Urgency(urgency).word
    return str(meant.value) if meant else token.value


def _whole(value: str) -> str:
    plain = value.replace('"', "")
    return f'"{plain}"' if " " in plain else plain
