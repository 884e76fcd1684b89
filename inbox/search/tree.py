"""What a question says, as a tree: words, and what the conversation must be. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from inbox.search.vocabulary import Operator, Part, State


class Why(StrEnum):
    """Why a part of a question was not understood."""

    DATE = "date"
    PERSON = "person"
    MAILBOX = "mailbox"
    STATE = "state"
    PART = "part"
    NOTHING = "nothing"  # behind the colon
    OPERATOR = "operator"  # close to one, and none
    QUOTE = "quote"  # left open
    LONG = "long"
    OR = "or"  # between two that are not of a kind
    SIGNS = "signs"  # nothing but signs


@dataclass(frozen=True, slots=True, kw_only=True)
class Misunderstood:
    """A part of a question that was left out, or taken for words."""

    said: str
    why: Why
    near: str = ""  # what may be meant by it


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Words that must stand in a message; with a field, there."""

    text: str
    field: str = ""
    is_phrase: bool = False
    is_prefix: bool = False
    agents: frozenset[int] = frozenset()  # instead of words: which of us wrote it


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One of these, or none of them."""

    any_of: tuple[Term, ...]
    is_not: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a conversation must be, or must not."""

    operator: Operator
    state: State | None = None
    part: Part | None = None
    urgency: int | None = None
    ids: frozenset[int] = frozenset()  # mailboxes, people; nobody where there are none
    text: str = ""  # a tag, a customer
    is_not: bool = False
    others: tuple[Filter, ...] = ()  # of which one is enough instead

    @property
    def ways(self) -> tuple[Filter, ...]:
        """Itself and what is enough instead."""
        return (self, *self.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """All of it."""

    said: str
    clauses: tuple[Clause, ...] = ()
    filters: tuple[Filter, ...] = ()
    after: datetime | None = None  # messages from then on
    before: datetime | None = None  # and before then
    left_out: tuple[str, ...] = ()  # words that stand everywhere
    misunderstood: tuple[Misunderstood, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return not (self.clauses or self.filters or self.after or self.before)

    @property
    def has_words(self) -> bool:
        """Whether some words must be found; without any it is a list of conversations."""
        return any(not one.is_not for one in self.clauses)
