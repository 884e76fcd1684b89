"""Clues and what is known of them → where a mail belongs, and why.

The first evidence that holds decides, the strongest kind first; the rest is kept beside it. A
header is no permission: all but a token must also pass the participant test. A number in a subject
is never evidence. Unsure is a new conversation: a mail in the wrong one shows one customer's words
to another.
"""

from __future__ import annotations

from datetime import datetime

from inbox.model.conversation import Status
from inbox.model.proof import Proof
from inbox.threading.candidates import Candidates, Pointer
from inbox.threading.clues import Clues
from inbox.threading.known import Conversation, Found, Known
from inbox.threading.verdict import Evidence, Match, Outcome, Policy, Rejected, Rule, Why
from inbox.threading.weigh import Weighing

_MOST_SUGGESTIONS = 3


def choose(clues: Clues, known: Known, *, proof: Proof, policy: Policy, now: datetime) -> Match:
    """The mail's place among what is known; pure, and the same for the same arguments."""
    for hit in known.of(Found.IDENTITY):
        evidence = (Evidence.of(Rule.IDENTICAL, clues.message_id),)
        return Match(
            conversation_id=hit.conversation_id, outcome=Outcome.DUPLICATE, evidence=evidence
        )
    weighing = Weighing(Candidates(clues, known, proof, policy, now))
    pointers = list(weighing.pointers())
    home = next((one for one in pointers if one.against is None), None)
    if home is None:
        return _without_home(clues, pointers, policy)
    return _with_home(weighing, home, pointers)


def _without_home(clues: Clues, pointers: list[Pointer], policy: Policy) -> Match:
    rejected = _rejected(pointers, None)
    refers = [
        one.conversation_id
        for one in rejected
        if one.why in {Why.STRANGER, Why.UNPROVED, Why.EXPIRED}
    ]
    unsure = [one.conversation_id for one in rejected if one.why is Why.AMBIGUOUS]
    opens = clues.kind in policy.opening
    return Match(
        conversation_id=None,
        outcome=Outcome.NEW if opens else Outcome.IGNORED,
        rejected=rejected,
        refers_to=next(iter(refers), None),
        suggestions=tuple(dict.fromkeys(unsure))[:_MOST_SUGGESTIONS],
    )


def _with_home(weighing: Weighing, home: Pointer, pointers: list[Pointer]) -> Match:
    about = weighing.about
    clues, known, policy, now = about.clues, about.known, about.policy, about.now
    conversation = known.conversation(home.conversation_id)
    agreeing = tuple(
        one.evidence
        for one in pointers
        if one.conversation_id == conversation.id and one.against is None
    )
    rejected = _rejected(pointers, conversation.id)
    closed = _is_gone(conversation, policy, now)
    if closed and clues.kind in policy.opening:
        return Match(
            conversation_id=None,
            outcome=Outcome.NEW,
            evidence=agreeing,
            refers_to=conversation.id,
            rejected=(Rejected(conversation.id, home.evidence.rule, closed), *rejected),
        )
    also = tuple(
        dict.fromkeys(
            one.conversation_id
            for one in pointers
            if one.evidence.rule is Rule.LATE_PARENT
            and one.against is None
            and one.conversation_id != conversation.id
            and not _is_gone(known.conversation(one.conversation_id), policy, now)
        )
    )
    return Match(
        conversation_id=conversation.id,
        outcome=Outcome.JOINED,
        evidence=agreeing,
        rejected=tuple(one for one in rejected if one.conversation_id not in also),
        also=also,
        standing=about.standing(conversation),
        is_renamed=conversation.base_subject != clues.subject.text,
    )


def _is_gone(conversation: Conversation, policy: Policy, now: datetime) -> Why | None:
    """Why a person's mail must not go there although it belongs there, if so."""
    if conversation.status is Status.SPAM:
        return Why.SPAM  # else a mail of the customer would never be seen
    closed_at = conversation.closed_at
    if conversation.status is Status.CLOSED and closed_at and policy.is_over(closed_at, now):
        return Why.OVER
    return None


def _rejected(pointers: list[Pointer], home: int | None) -> tuple[Rejected, ...]:
    return tuple(
        dict.fromkeys(
            Rejected(one.conversation_id, one.evidence.rule, one.against or Why.WEAKER)
            for one in pointers
            if one.conversation_id != home
        )
    )
