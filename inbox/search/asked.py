"""The words of a question → what PostgreSQL is asked (`tsquery`), and what is marked. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from inbox.search.document import quoted
from inbox.search.forms import fold
from inbox.search.tree import Clause, Question, Term
from inbox.search.words import Word, is_signs, together, words

_HOST: Final = re.compile(r"\.[^\W\d_]+\Z")
_LEAST_PREFIX: Final = 3  # letters: shorter ones begin half of all words
_OF_PEOPLE: Final = frozenset({"f:", "t:"})
_BEGINNING: Final = frozenset({"f:", "t:", "n:"})  # fields of which a beginning is enough


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What is marked in what is found."""

    tokens: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()  # as they stand, where nothing is between words


def wanted(question: Question) -> str:
    """What must stand in a message, and what not; "" for nothing that must."""
    if not question.has_words:
        return ""
    return " & ".join(
        f"!({_clause(one)})" if one.is_not else f"({_clause(one)})" for one in question.clauses
    )


def forbidden(question: Question) -> str:
    """What must stand in no message of a conversation; "" for nothing."""
    return " | ".join(f"({_clause(one)})" for one in question.clauses if one.is_not)


def marks(question: Question) -> Marks:
    """What to mark: the words that are asked for."""
    terms = [
        term
        for clause in question.clauses
        if not clause.is_not
        for term in clause.any_of
        if not term.agents
    ]
    tokens: set[str] = set()
    beginnings: list[str] = []
    signs: list[str] = []
    for term in terms:
        for word in words(term.text):
            text = term.text[word.start : word.end]
            if not is_signs(text):
                tokens.update(_meant(term, word))
        signs += [fold(one) for one in _sign_runs(term.text)]
        if term.is_prefix or term.field in _BEGINNING:
            beginnings += [one for one in (fold(term.text),) if len(one) >= _LEAST_PREFIX]
    return Marks(tokens=frozenset(tokens), beginnings=tuple(beginnings), signs=tuple(signs))


def _clause(clause: Clause) -> str:
    return " | ".join(f"({_term(one)})" for one in clause.any_of)


def _term(term: Term) -> str:
    if term.agents:
        return " | ".join(quoted(f"b:{one}") for one in sorted(term.agents))
    groups = list(_groups(term))
    if term.field in _OF_PEOPLE and not term.is_phrase:
        return " & ".join(f"({one})" for one in groups)
    return " <-> ".join(f"({one})" for one in groups)


def _groups(term: Term) -> Iterator[str]:
    """Each word that is asked for: what stands together is looked for as a whole, and in parts."""
    found = list(words(term.text))
    for (start, end), run in groupby(found, key=lambda one: together(term.text, one)):
        yield _run(term, term.text[start:end], list(run))


def _run(term: Term, said: str, run: Sequence[Word]) -> str:
    parts = [one for one in run if one.moves]
    if len(parts) > 1 and is_signs(said[-1]) and len(parts[-1].tokens[0]) == 1:
        parts = parts[:-1]  # each sign but the last begins a pair
    ways = [" <-> ".join(f"({_word(term, one)})" for one in parts)]
    whole = {fold(said), fold("".join(one for one in said if one.isalnum()))}
    for one in run:
        if not one.moves:
            ways += [_token(term, token) for token in one.tokens if token in whole]
    if len(ways) > 1 and ("@" in said or _HOST.search(said)):
        del ways[0]  # "com" stands in every address
    return " | ".join(f"({one})" for one in ways)


def _word(term: Term, word: Word) -> str:
    if is_signs(word.tokens[0]) and len(word.tokens[0]) == 1:
        return f"{quoted(term.field + word.tokens[0])}:*"
    return " | ".join(_token(term, one) for one in _meant(term, word))


def _meant(term: Term, word: Word) -> tuple[str, ...]:
    """Itself alone where it is meant as it stands: no parts of a code, no forms of a name."""
    is_code = any(sign.isdigit() for sign in word.tokens[0])
    if term.is_phrase or is_code or term.field in _OF_PEOPLE:
        return word.tokens[:1]
    return word.tokens


def _token(term: Term, token: str) -> str:
    # Whole addresses and hosts are tokens of their own; to look for their beginnings takes long.
    is_name = term.field in _BEGINNING and not (term.is_phrase or "." in token)
    begins = term.is_prefix or is_name
    star = ":*" if begins and len(token) >= _LEAST_PREFIX else ""
    return f"{quoted(term.field + token)}{star}"


def _sign_runs(text: str) -> Iterator[str]:
    for is_sign, run in groupby(text, key=is_signs):
        if is_sign:
            yield "".join(run)
