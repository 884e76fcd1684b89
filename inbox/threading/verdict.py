"""The decision about a mail's place, with all that spoke for it and against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from inbox.model.mail import Kind


class Rule(StrEnum):
    """What kind of evidence it is, strongest first."""

    TOKEN = "token"  # noqa: S105 - a name
    OUR_ID = "our_id"
    KNOWN_ID = "known_id"
    SAME_ID = "same_id"
    SIBLING = "sibling"
    LATE_PARENT = "late_parent"
    ENCLOSED = "enclosed"
    THREAD_INDEX = "thread_index"
    ATTRIBUTION = "attribution"  # the line above a quote: who wrote, and when
    QUOTE = "quote"
    SUBJECT = "subject"
    SERIES = "series"  # numbered parts that somebody sends one after the other
    COLLEAGUE = "colleague"  # the subject, by somebody of the customer's organisation
    ADDRESSED = "addressed"  # the subject, by somebody who writes to the customer as well
    IDENTICAL = "identical"


CUSTOMER = "customer"  # what a token is for that a customer got
QUOTE_DAYS = 180  # how long words may be quoted that lead home


WEIGHTS = {
    Rule.IDENTICAL: 1.0,
    Rule.TOKEN: 1.0,
    Rule.OUR_ID: 0.95,
    Rule.KNOWN_ID: 0.9,
    Rule.SAME_ID: 0.85,
    Rule.ENCLOSED: 0.85,
    Rule.SIBLING: 0.8,
    Rule.LATE_PARENT: 0.8,
    Rule.THREAD_INDEX: 0.7,
    Rule.ATTRIBUTION: 0.65,
    Rule.QUOTE: 0.6,
    Rule.SUBJECT: 0.5,
    Rule.SERIES: 0.5,
    Rule.COLLEAGUE: 0.4,
    Rule.ADDRESSED: 0.4,
}

_BY_SUBJECT = frozenset({Rule.SUBJECT, Rule.SERIES, Rule.COLLEAGUE, Rule.ADDRESSED})


class Outcome(StrEnum):
    """What happens to the mail."""

    JOINED = "joined"
    NEW = "new"
    DUPLICATE = "duplicate"
    IGNORED = "ignored"  # kept, but opens no conversation: automatic and about nothing we know


class Join(StrEnum):
    """Who may join a conversation by a matching header: a setting of the mailbox."""

    PARTICIPANTS = "participants"
    ANYONE = "anyone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the mailbox wants."""

    mailbox_ids: frozenset[int] = frozenset()  # to which the mail came; empty: any
    join: Join = Join.PARTICIPANTS
    reopen_days: int = 30  # closed for longer: a new, linked conversation
    subject_days: int = 30  # how long a conversation is warm enough to be joined by its subject
    opening: frozenset[Kind] = frozenset({Kind.HUMAN})  # kinds that may open a conversation

    def is_over(self, closed_at: datetime, now: datetime) -> bool:
        """Whether a conversation has been closed for too long to be reopened."""
        return now - closed_at > timedelta(days=self.reopen_days)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason; `detail` is for people who look closely, in no language."""

    rule: Rule
    weight: float
    detail: str = ""

    @classmethod
    def of(cls, rule: Rule, detail: str = "") -> Evidence:
        """The evidence with its rule's weight."""
        return cls(rule, WEIGHTS[rule], detail)


class Why(StrEnum):
    """Why a conversation that something pointed to was not joined."""

    STRANGER = "stranger"  # the sender takes no part in it
    UNPROVED = "unproved"  # the domain of the sender says that the mail is not theirs
    EXPIRED = "expired"  # the token is out of date or revoked
    BARRED = "barred"  # somebody has taken this mail's kin out of it
    AMBIGUOUS = "ambiguous"  # as good as another
    GENERIC = "generic"  # the subject says too little
    WEAKER = "weaker"  # another has stronger evidence
    OVER = "over"  # closed for too long
    SPAM = "spam"


class Standing(StrEnum):
    """As what the author of a mail takes part in the conversation that it joins."""

    CUSTOMER = "customer"
    PARTICIPANT = "participant"
    OURS = "ours"
    COLLEAGUE = "colleague"  # of the customer's organisation


@dataclass(frozen=True, slots=True)
class Rejected:
    """A conversation that was considered, by what, and why the mail is not there."""

    conversation_id: int
    rule: Rule
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Where the mail belongs: an id only where it joins or repeats something.

    `refers_to`: the conversation that a new one is linked to. `also`: conversations that turn out
    to be the same matter as this one, because the mail is what all of them answer. `suggestions`:
    conversations that an agent may find to be the right ones. `standing`: how its author passed
    the participant test; None where only a token let them in.
    """

    conversation_id: int | None
    outcome: Outcome
    evidence: tuple[Evidence, ...] = ()
    rejected: tuple[Rejected, ...] = field(default=())
    refers_to: int | None = None
    also: tuple[int, ...] = ()
    suggestions: tuple[int, ...] = ()
    standing: Standing | None = None
    is_renamed: bool = False  # the mail's subject is not that of the conversation that it joins


def is_unsure(match: Match) -> bool:
    """Whether what is quoted may still tell where the mail belongs, or that it does not."""
    if match.outcome is Outcome.NEW:
        return True
    joined = match.outcome is Outcome.JOINED
    return joined and all(one.rule in _BY_SUBJECT for one in match.evidence)
