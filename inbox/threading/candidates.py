"""The conversations that a mail may belong to, by who writes it and under what subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from inbox.model.proof import Proof
from inbox.threading.clues import Clues
from inbox.threading.known import Conversation, Found, Hit, How, Known
from inbox.threading.participants import is_of_organisation
from inbox.threading.subject import subject_key
from inbox.threading.verdict import Evidence, Join, Policy, Standing, Why


@dataclass(frozen=True, slots=True)
class Pointer:
    """One piece of evidence for one conversation; `against` says why it does not suffice."""

    conversation_id: int
    evidence: Evidence
    against: Why | None = None


@dataclass(frozen=True)
class Candidates:
    """What is known about a mail, as the rules ask for it."""

    clues: Clues
    known: Known
    proof: Proof
    policy: Policy
    now: datetime

    def under_subject(
        self, conversations: Iterable[Conversation], within: timedelta | None = None
    ) -> list[Conversation]:
        """Those that have the mail's base subject and are warm, the newest first."""
        text, warm = self.clues.subject.text, within or timedelta(days=self.policy.subject_days)
        named = list(self.known.of(Found.SUBJECT))
        key = subject_key(text) if named else b""
        later = {hit.conversation_id for hit in named if hit.key == key}
        same = {
            one.id: one
            for one in conversations
            if text and (one.base_subject == text or one.id in later)
        }
        return sorted((one for one in same.values() if self.age(one) <= warm), key=self.age)

    def age(self, conversation: Conversation) -> timedelta:
        """How long before the mail somebody wrote there last."""
        # A mail may say that it was written much later than it seems to have come.
        return max(self.now, self.clues.sent_at or self.now) - conversation.last_message_at

    @cached_property
    def own(self) -> tuple[Conversation, ...]:
        """Conversations in which the author takes part, in a mailbox to which the mail came."""
        return tuple(filter(self._takes_part, self._candidates(Found.CUSTOMER)))

    @cached_property
    def of_organisation(self) -> tuple[Conversation, ...]:
        """Conversations of customers of the author's organisation, likewise."""
        found = (Found.ORGANISATION, Found.SUBJECT, Found.SERIES)
        once = {one.id: one for kind in found for one in self._candidates(kind)}
        author = self.clues.author
        return tuple(one for one in once.values() if is_of_organisation(author, one.customer))

    @cached_property
    def of_others(self) -> tuple[Conversation, ...]:
        """Conversations under the same telling subject in which the author takes no part."""
        theirs = {one.id for one in (*self.own, *self.of_organisation)}
        return tuple(
            one
            for one in self._candidates(Found.SUBJECT)
            if one.id not in theirs and not self._takes_part(one)
        )

    def _takes_part(self, one: Conversation) -> bool:
        return self.clues.author in one.customer or self.clues.author in one.participants

    def _candidates(self, found: Found) -> Iterator[Conversation]:
        wanted = self.policy.mailbox_ids
        for hit in self.known.of(found):
            one = self.known.conversation(hit.conversation_id)
            if self.clues.author and not hit.is_barred and (not wanted or one.mailbox_id in wanted):
                yield one

    def stranger(self) -> Why | None:
        """What speaks against somebody who has nothing to do with a conversation."""
        return None if self.policy.join is Join.ANYONE else Why.STRANGER

    def hearsay(self) -> Why | None:
        """What speaks against a sender whom only a list names: anybody can say so."""
        return Why.UNPROVED if self.clues.real_sender else None

    def digest(self) -> Why | None:
        """What speaks against words and subjects in an answer to a digest: many matters are in it,
        and programs name none.
        """
        return Why.AMBIGUOUS if self.clues.answers_digest else None

    def unproved(self) -> Why | None:
        """What speaks against a mail that is said to be forged."""
        return Why.UNPROVED if self.proof.is_failed else None

    def against(self, hit: Hit) -> Why | None:
        """Why a hit by a header does not suffice: the participant test."""
        if hit.is_barred:
            return Why.BARRED
        if self.policy.join is Join.ANYONE:
            return None
        if self.clues.kind not in self.policy.opening and hit.how is How.OURS:
            return None  # what daemons and absent colleagues send back attaches, and does no more
        standing = self.standing(self.known.conversation(hit.conversation_id))
        return None if standing else Why.STRANGER

    def standing(self, conversation: Conversation) -> Standing | None:
        """As what the author takes part in the conversation: None for a stranger."""
        author = self.clues.author
        if not author:
            return None
        if author in conversation.customer:
            return Standing.CUSTOMER
        if author in conversation.participants:
            return Standing.PARTICIPANT
        if self.proof.is_failed:
            return None
        if self.known.author_is_ours:
            return Standing.OURS
        is_colleague = is_of_organisation(author, conversation.customer)
        return Standing.COLLEAGUE if is_colleague else None
