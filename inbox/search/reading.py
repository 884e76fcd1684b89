"""What somebody typed → what is looked for. Pure, and never an error.

What is not understood is named, and the rest is looked for. Words go together: all of them must
stand in one message. `OR` between two of them lets one be enough, a minus before one forbids it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from inbox.mail.language_words import SMALL_WORDS
from inbox.model.marks import tag_of
from inbox.orders.names import Person, is_me, is_nobody, meant
from inbox.orders.verbs import fold
from inbox.search.forms import fold as fold_word
from inbox.search.past import days
from inbox.search.tokens import LONGEST, Token, tokens
from inbox.search.tree import Clause, Filter, Misunderstood, Question, Term, Why
from inbox.search.vocabulary import (
    NAMES,
    PART_WORDS,
    STATE_WORDS,
    Operator,
    operator_of,
    part_of,
    state_of,
    urgency_of,
)
from inbox.search.words import words

_MOST: Final = 24  # things that are asked for
_DATE_WORDS: Final = 4  # that stand behind before: without quotes
_SMALL: Final = frozenset(
    fold_word(word) for language in ("en", "de", "it", "ru") for word in SMALL_WORDS[language]
)
_FIELDS: Final = {
    Operator.FROM: "f:",
    Operator.TO: "t:",
    Operator.SUBJECT: "s:",
    Operator.FILE: "n:",
}
_DATES: Final = frozenset({Operator.BEFORE, Operator.AFTER, Operator.ON})
# Where commas stand between several, of which one is enough; others may have them within.
_LISTS: Final = frozenset(Operator) - _DATES - {Operator.SUBJECT, Operator.FILE}
_COMMAS: Final = re.compile("[,，、]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a question is understood with."""

    now: datetime
    zone: ZoneInfo
    language: str
    me: int
    people: tuple[Person, ...] = ()
    mailboxes: tuple[Person, ...] = ()  # theirs: of others nothing is said


def read(text: str, known: Known) -> Question:
    """What is looked for; `Question.misunderstood` names what was left out."""
    reader = _Reader(known)
    if len(text) > LONGEST:
        reader.miss(f"{text[LONGEST : LONGEST + 20]}…", Why.LONG)
    reader.take(tokens(text))
    return reader.question(text[:LONGEST].strip())


class _Reader:
    """Goes through the parts of a question and keeps what they say."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._clauses: list[Clause] = []
        self._filters: list[Filter] = []
        self._missed: list[Misunderstood] = []
        self._signs = ""  # in which there is no word
        self._after: datetime | None = None
        self._before: datetime | None = None
        self._read: dict[Operator, Callable[[Token], None]] = {
            Operator.IN: self._in,
            Operator.BY: self._by,
            Operator.ASSIGNED: self._assigned,
            Operator.TAG: self._tag,
            Operator.CUSTOMER: self._customer,
            Operator.IS: self._is,
            Operator.HAS: self._has,
            **{one: partial(self._field, field) for one, field in _FIELDS.items()},
        }

    def miss(self, said: str, why: Why, near: str = "") -> None:
        """Remember what was not understood, and what may be meant by it."""
        self._missed.append(Misunderstood(said=said[:60], why=why, near=near))

    def take(self, found: Sequence[Token]) -> None:
        """All parts, one after the other."""
        rest = list(found)
        joins, last = False, None  # the kind of what stands before
        while rest:
            one = rest.pop(0)
            if one.is_or:
                joins = last is not None
                continue
            if len(self._clauses) + len(self._filters) >= _MOST:
                self.miss(one.said, Why.LONG)
                return
            before = self._sizes
            self._one(one, rest)
            kind = self._grown(before)
            if joins and kind is not None:
                self._join(kind, last)
            joins, last = False, kind

    def question(self, said: str) -> Question:
        """All that was understood."""
        if self._signs and not (self._missed or self._clauses or self._filters):
            self.miss(self._signs, Why.SIGNS)
        clauses, left_out = _without_small_words(self._clauses)
        return Question(
            said=said,
            clauses=tuple(clauses),
            filters=tuple(self._filters),
            after=self._after,
            before=self._before,
            left_out=tuple(left_out),
            misunderstood=tuple(self._missed),
        )

    def _one(self, token: Token, rest: list[Token]) -> None:
        if token.is_open:
            self.miss(token.said, Why.QUOTE)
        operator = operator_of(token.name) if token.name else None
        if operator is None:
            self._words(token)
            return
        if not token.value:  # from: anna
            if not rest or rest[0].name or rest[0].is_not:
                self.miss(token.said, Why.NOTHING)
                return
            token = _with(token, rest.pop(0))
        if operator in _DATES:
            self._date(operator, token, rest)
            return
        last = None
        for each in _listed(operator, token):
            before = self._sizes
            self._read[operator](each)
            kind = self._grown(before)
            if kind and last and not token.is_not:
                self._join(kind, last)
            last = kind or last

    @property
    def _sizes(self) -> tuple[int, int, datetime | None, datetime | None]:
        return len(self._clauses), len(self._filters), self._after, self._before

    def _grown(self, before: tuple[object, ...]) -> str | None:
        names = ("clause", "filter", "date", "date")
        pairs = zip(names, self._sizes, before, strict=True)
        return next((name for name, now, then in pairs if now != then), None)

    def _join(self, kind: str, last: str | None) -> None:
        """The newest and the one before it: one of them is enough."""
        if kind == last == "clause":
            self._clauses[-2:] = _either_clause(*self._clauses[-2:])
        elif kind == last == "filter" and not any(one.is_not for one in self._filters[-2:]):
            one, other = self._filters[-2:]
            self._filters[-2:] = [replace(one, others=(*one.others, *other.ways))]
        else:
            self.miss("OR", Why.OR)

    def _words(self, token: Token) -> None:
        text = token.value
        if token.name:
            if near := _near(token.name, NAMES):
                self.miss(f"{token.name}:", Why.OPERATOR, f"{near}:")
            text = f"{token.name} {text}"
        self._field("", Token(value=text, is_not=token.is_not, is_quoted=token.is_quoted))

    def _field(self, field: str, token: Token) -> None:
        if field == "f:" and not token.is_quoted and is_me(token.value):
            self._by(token)
            return
        is_prefix = token.value.endswith("*") and not token.is_quoted
        text = token.value.rstrip("*") if is_prefix else token.value
        if any(True for _ in words(text)):
            term = Term(text=text, field=field, is_phrase=token.is_quoted, is_prefix=is_prefix)
            self._clauses.append(Clause(any_of=(term,), is_not=token.is_not))
        elif field:
            self.miss(token.said, Why.NOTHING)
        else:
            self._signs = self._signs or token.said

    def _by(self, token: Token) -> None:
        if people := self._people(token):
            term = Term(text=token.value, agents=people)
            self._clauses.append(Clause(any_of=(term,), is_not=token.is_not))

    def _assigned(self, token: Token) -> None:
        if is_nobody(token.value):
            self._filters.append(Filter(operator=Operator.ASSIGNED, is_not=token.is_not))
        elif people := self._people(token):
            self._filters.append(
                Filter(operator=Operator.ASSIGNED, ids=people, is_not=token.is_not)
            )

    def _people(self, token: Token) -> frozenset[int]:
        if is_me(token.value):
            return frozenset({self._known.me})
        found = meant(token.value, self._known.people)
        if not found:
            self.miss(token.said, Why.PERSON)
        return frozenset(one.id for one in found)

    def _in(self, token: Token) -> None:
        if found := meant(token.value, self._known.mailboxes):
            ids = frozenset(one.id for one in found)
            self._filters.append(Filter(operator=Operator.IN, ids=ids, is_not=token.is_not))
        elif state_of(token.value):
            self._is(token)
        else:
            self.miss(token.said, Why.MAILBOX)

    def _tag(self, token: Token) -> None:
        if tag := tag_of(token.value):
            self._filters.append(Filter(operator=Operator.TAG, text=tag, is_not=token.is_not))
        else:
            self.miss(token.said, Why.NOTHING)

    def _customer(self, token: Token) -> None:
        self._filters.append(
            Filter(operator=Operator.CUSTOMER, text=token.value, is_not=token.is_not)
        )

    def _is(self, token: Token) -> None:
        state, urgency = state_of(token.value), urgency_of(token.value)
        if state is None and urgency is None:
            self.miss(token.said, Why.STATE, _instead(token, STATE_WORDS))
            return
        self._filters.append(
            Filter(operator=Operator.IS, state=state, urgency=urgency, is_not=token.is_not)
        )

    def _has(self, token: Token) -> None:
        if part := part_of(token.value):
            self._filters.append(Filter(operator=Operator.HAS, part=part, is_not=token.is_not))
        else:
            self.miss(token.said, Why.PART, _instead(token, PART_WORDS))

    def _date(self, operator: Operator, token: Token, rest: list[Token]) -> None:
        taken, found = date_of(self._known, token, rest)
        if found is None:
            self.miss(token.said, Why.DATE)
            return
        del rest[:taken]
        begin, end = found
        if token.is_not and operator is not Operator.ON:
            operator = Operator.BEFORE if operator is Operator.AFTER else Operator.AFTER
        if operator is not Operator.BEFORE:
            self._after = max(self._after or begin, begin)
        if operator is not Operator.AFTER:
            until = begin if operator is Operator.BEFORE else end
            self._before = min(self._before or until, until)


def date_of(
    known: Known, token: Token, rest: Sequence[Token]
) -> tuple[int, tuple[datetime, datetime] | None]:
    """As many of the words that follow as make a date: after:3 days ago. How many, and the days."""
    follow: list[str] = [token.value]
    best: tuple[int, tuple[datetime, datetime] | None] = (0, None)
    for count in range(_DATE_WORDS):
        phrase = " ".join(follow)
        if found := days(phrase, now=known.now, zone=known.zone, language=known.language):
            best = count, found
        if token.is_quoted or count >= len(rest) or not _may_follow(rest[count]):
            break
        follow.append(rest[count].value)
    return best


def _near(said: str, known: Collection[str]) -> str:
    """The known word that differs from this one as a slip of the finger does; "" for none."""
    return next(iter(get_close_matches(fold(said), sorted(known), n=1, cutoff=0.75)), "")


def _instead(token: Token, known: Collection[str]) -> str:
    near = _near(token.value, known) if token.said.endswith(token.value) else ""  # or in quotes
    return f"{token.said.removesuffix(token.value)}{near}" if near else ""


def _listed(operator: Operator, token: Token) -> list[Token]:
    if token.is_quoted or operator not in _LISTS:
        return [token]
    parts = [one for one in _COMMAS.split(token.value) if one]
    return [replace(token, value=one) for one in parts] or [token]


def _either_clause(one: Clause, other: Clause) -> list[Clause]:
    if one.is_not or other.is_not:
        return [one, other]
    return [Clause(any_of=one.any_of + other.any_of)]


def _may_follow(token: Token) -> bool:
    return not (token.name or token.is_not or token.is_quoted)


def _with(token: Token, value: Token) -> Token:
    return Token(name=token.name, value=value.value, is_not=token.is_not, is_quoted=value.is_quoted)


def _without_small_words(clauses: Sequence[Clause]) -> tuple[list[Clause], list[str]]:
    """Articles and the like are left out where there is anything else to look for."""
    kept = [one for one in clauses if not _is_small(one)]
    if not any(not one.is_not for one in kept):
        return list(clauses), []
    return kept, [one.any_of[0].text for one in clauses if _is_small(one)]


def _is_small(clause: Clause) -> bool:
    term = clause.any_of[0]
    is_word = not (term.field or term.is_phrase or term.is_prefix or term.agents)
    return is_word and len(clause.any_of) == 1 and fold_word(term.text) in _SMALL
