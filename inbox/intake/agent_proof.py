"""Is this mail really from one of us, and may they? Pure.

Token *and* registered address, both; and whoever has passed aligned authentication once must pass
from then on. What is left open becomes a doubt, and a mail with a doubt is never published.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from inbox.auth.permissions import Permission
from inbox.desk.letter import Letter
from inbox.model.held import HeldReason
from inbox.model.mail import Kind
from inbox.model.proof import Proof, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What we know of the person at this moment, and what the mailbox asks."""

    agent_id: int
    is_enabled: bool
    is_member: bool  # of the mailbox, or drawn into the conversation
    is_registered: bool  # From is an address of theirs
    proved_at: datetime | None  # since when mail from there must be proved
    strictness: str  # of the mailbox: learned or strict
    is_guest: bool = False  # drawn in, and no more
    allowed: frozenset[Permission] = frozenset(Permission)  # in this conversation


def is_proved(proof: Proof) -> bool:
    """Whether the mail is proved as one of us must be: a signature, not only a permitted peer."""
    return proof.is_submitted or teaches(proof)


def teaches(proof: Proof) -> bool:
    """Whether from now on mail from there must be proved: who signed in may have no signature."""
    # Whoever may send through a host that our SPF permits could add a signature of their own.
    return proof.dmarc is Result.PASS and proof.is_signed


def doubts(letter: Letter, standing: Standing, *, strict: bool = False) -> tuple[HeldReason, ...]:
    """Everything that speaks against taking the mail for this person's, the plainest first."""
    return tuple(_doubts(letter, standing, strict))


def _doubts(letter: Letter, standing: Standing, strict: bool) -> Iterator[HeldReason]:
    if len(letter.mail.from_) != 1:
        yield HeldReason.MANY_SENDERS
    elif not standing.is_registered:
        yield HeldReason.UNKNOWN_SENDER
    if letter.verdict.kind is not Kind.HUMAN:
        yield HeldReason.AUTOMATIC
    if letter.proof.is_failed:
        yield HeldReason.FAILED
    elif _must_be_proved(standing, strict) and not is_proved(letter.proof):
        yield HeldReason.UNPROVED
    if not standing.is_enabled:
        yield HeldReason.DISABLED
    elif not standing.is_member:
        yield HeldReason.NOT_MEMBER


def _must_be_proved(standing: Standing, strict: bool) -> bool:
    return strict or standing.strictness == "strict" or standing.proved_at is not None
