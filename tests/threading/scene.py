"""Clues and candidates for the tests of matching: one customer, two conversations, few words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from inbox.mail.thread_index import new_root
from inbox.model.conversation import Status
from inbox.model.mail import Kind
from inbox.model.proof import Proof, Result
from inbox.threading.clues import Answered, Clues, Where
from inbox.threading.known import Conversation, Found, Hit, How, Known
from inbox.threading.match import choose
from inbox.threading.participants import organisation
from inbox.threading.references import hash_id
from inbox.threading.subject import base_subject
from inbox.threading.verdict import Match, Outcome, Policy, Rule

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
ROOT = new_root(NOW, bytes(16))
TOKEN = b"t" * 32
OWN = "own@customer.example"
PAT, LEE, EVE = "pat@customer.example", "lee@customer.example", "eve@evil.example"
CC, AGENT = "cc@partner.example", "karen@us.example"
NO_PROOF, FAILED = Proof(), Proof(dmarc=Result.FAIL)

BOOTS = Conversation(
    id=7,
    mailbox_id=1,
    status=Status.OPEN,
    customer=frozenset({PAT, "pat@gmail.com"}),
    participants=frozenset({CC}),
    base_subject="boots too small",
    last_message_at=NOW - timedelta(days=2),
)
OTHER = replace(BOOTS, id=8, base_subject="invoice paid twice")


def mail(
    *answers: str, from_: str = PAT, subject: str = "", kind: Kind = Kind.HUMAN, **more: object
) -> Clues:
    """Clues of a mail that answers these ids, the newest first."""
    clues = Clues(
        message_id=OWN,
        own_key=hash_id(OWN),
        identity=b"identity",
        kind=kind,
        author=from_,
        organisation=organisation(from_),
        recipients=frozenset(),
        sent_at=None,
        answers=tuple(
            Answered(
                message_id=one,
                key=hash_id(one),
                where=Where.REFERENCES if n else Where.IN_REPLY_TO,
                is_ours=False,
            )
            for n, one in enumerate(answers)
        ),
        subject=base_subject(subject),
    )
    return replace(clues, **more)  # type: ignore[arg-type] # names of fields


def id_hit(
    message_id: str, how: How = How.OURS, conversation: int = 7, *, is_barred: bool = False
) -> Hit:
    key = hash_id(message_id)
    return Hit(found=Found.ID, conversation_id=conversation, key=key, how=how, is_barred=is_barred)


def customer_hits(*conversations: Conversation) -> tuple[Hit, ...]:
    return tuple(Hit(found=Found.CUSTOMER, conversation_id=one.id) for one in conversations)


def place(
    clues: Clues,
    *hits: Hit,
    conversations: tuple[Conversation, ...] = (BOOTS, OTHER),
    proof: Proof = NO_PROOF,
    policy: Policy | None = None,
    ours: bool = False,
) -> Match:
    known = Known(hits=hits, conversations=conversations, author_is_ours=ours)
    return choose(clues, known, proof=proof, policy=policy or Policy(), now=NOW)


def joined(match: Match) -> tuple[int, Rule] | None:
    """The conversation and the deciding rule, or None where it was not joined."""
    if match.outcome is not Outcome.JOINED or match.conversation_id is None:
        return None
    return match.conversation_id, match.evidence[0].rule
