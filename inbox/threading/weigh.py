"""Evidence that points from a mail to conversations, and what speaks against each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from inbox.model.proof import Proof
from inbox.threading.clues import Clues, Where
from inbox.threading.known import Conversation, Found, Hit, How, Known
from inbox.threading.participants import is_of_organisation
from inbox.threading.quotes import quoted_conversations, runs
from inbox.threading.subject import has_identifier, is_one_of_series, is_unusual
from inbox.threading.verdict import QUOTE_DAYS, Evidence, Join, Policy, Rule, Standing, Why

_ID_RULES = {How.OURS: Rule.OUR_ID, How.KNOWN: Rule.KNOWN_ID, How.SIBLING: Rule.SIBLING}
_MANY = 20  # runs of words
_MOST_OF_IT = 0.5  # what is quoted under another subject: versions of a text share a lot
_SENT_AGAIN = timedelta(days=7)
_QUOTED = timedelta(days=QUOTE_DAYS)


@dataclass(frozen=True, slots=True)
class Pointer:
    """One piece of evidence for one conversation; `against` says why it does not suffice."""

    conversation_id: int
    evidence: Evidence
    against: Why | None = None


@dataclass(frozen=True, slots=True)
class Weighing:
    """All that points somewhere, the strongest first."""

    clues: Clues
    known: Known
    proof: Proof
    policy: Policy
    now: datetime

    def pointers(self) -> Iterator[Pointer]:
        """All evidence, the strongest kind first."""
        yield from self._tokens()
        yield from self._ids()
        yield from self._late_parent()
        yield from self._thread_index()
        yield from self._quotes()
        yield from self._subject()

    def _tokens(self) -> Iterator[Pointer]:
        for hit in self.known.of(Found.TOKEN, self.clues.token_hashes):
            against = None if hit.is_valid else Why.EXPIRED
            yield Pointer(hit.conversation_id, Evidence.of(Rule.TOKEN, hit.purpose), against)

    def _ids(self) -> Iterator[Pointer]:
        """Ids that it answers: ours, then known ones, then siblings; of each the newest first."""
        for how, rule in _ID_RULES.items():
            for answer in self.clues.answers:
                enclosed = answer.where is Where.ENCLOSED
                evidence = Evidence.of(
                    Rule.ENCLOSED if enclosed else rule, f"{answer.where} <{answer.message_id}>"
                )
                for hit in self.known.of(Found.ID, [answer.key]):
                    if hit.how is how:
                        yield Pointer(hit.conversation_id, evidence, self._against(hit))

    def _late_parent(self) -> Iterator[Pointer]:
        """Conversations whose mails answer this one, or that hold another mail of its id."""
        for hit in self.known.of(Found.ID, [self.clues.own_key] if self.clues.own_key else []):
            rule = Rule.LATE_PARENT if hit.how is How.SIBLING else Rule.SAME_ID
            evidence = Evidence.of(rule, f"<{self.clues.message_id}>")
            yield Pointer(hit.conversation_id, evidence, self._against(hit))

    def _thread_index(self) -> Iterator[Pointer]:
        if not self.clues.thread_root:
            return
        hits = list(self.known.of(Found.ROOT, [self.clues.thread_root]))
        alone = len({hit.conversation_id for hit in hits}) == 1
        for hit in hits:
            against = self._against(hit) or self._unproved() or (None if alone else Why.AMBIGUOUS)
            yield Pointer(
                hit.conversation_id,
                Evidence.of(Rule.THREAD_INDEX, self.clues.thread_root[6:].hex()),
                against,
            )

    def _quotes(self) -> Iterator[Pointer]:
        """Conversations of whose words enough is quoted; a subject that names some decides."""
        if not self.clues.quoted:
            return
        people = {one.id: one for one in (*self._own(), *self._of_organisation())}
        named = self._under_subject(people.values(), _QUOTED)
        if named:
            # Without a prefix people quote an old mail in a new one of the same kind.
            doubt = None if self.clues.subject.is_reply else Why.AMBIGUOUS
            yield from self._quoted({one.id: one.words or one.texts for one in named}, doubt)
        if not (named and self.clues.subject.is_reply):
            # Where no subject says so, only what we wrote ourselves: people's own texts are alike,
            # such as the messages of their machines. What a colleague is told is alike as well.
            telling = is_unusual(self.clues.subject.text)
            near = self._own() if telling else people.values()
            share = _MOST_OF_IT if telling else 0
            yield from self._quoted({one.id: one.texts for one in near}, share=share)
        if not named and self.clues.subject.is_reply:
            others = self._under_subject(self._of_others(), _QUOTED)
            yield from self._quoted({one.id: one.words for one in others}, self._stranger())

    def _quoted(
        self, said: Mapping[int, Sequence[str]], against: Why | None = None, share: float = 0
    ) -> Iterator[Pointer]:
        sent = {place: [runs(text) for text in texts] for place, texts in said.items()}
        found = quoted_conversations(self.clues.quoted, sent)
        least = max(share * len(self.clues.quoted), 0 if self.clues.subject.is_reply else _MANY)
        for n, (conversation_id, count) in enumerate(found):
            rival = found[1 - n][1] if len(found) > 1 and n < 2 else 0
            # A new mail may hold old words: without a sign of an answer it takes many.
            unsure = 2 * rival > count or count < least
            doubt = against or self._unproved() or (Why.AMBIGUOUS if unsure else None)
            yield Pointer(conversation_id, Evidence.of(Rule.QUOTE, f"{count} runs"), doubt)

    def _subject(self) -> Iterator[Pointer]:
        """Conversations under the same subject: the author's own, else the organisation's."""
        telling = is_unusual(self.clues.subject.text)
        own = self._under_subject(self._own())
        for n, one in enumerate(own):
            # Without a prefix it is a mail sent again, or another matter of the same kind.
            against = None if n == 0 and (telling or len(own) == 1) else Why.AMBIGUOUS
            if not self.clues.subject.is_reply:
                against = against or self._against_sent_again(one, telling=telling)
            yield self._by_subject(Rule.SUBJECT, one, against)
        if not own:
            yield from self._subject_of_others(telling=telling)

    def _subject_of_others(self, *, telling: bool) -> Iterator[Pointer]:
        """Conversations under the same subject of people who have to do with the author."""
        theirs = self._under_subject(self._of_organisation())
        others = self._under_subject(self._of_others())
        is_answer = self.clues.subject.is_reply and telling
        alone = len(theirs) + len(others) == 1 and not is_one_of_series(self.clues.subject.text)
        unsure = None if is_answer and alone else Why.AMBIGUOUS
        for one in theirs:
            yield self._by_subject(Rule.COLLEAGUE, one, unsure or self._quotes_others(one))
        for one in others:
            against = self._stranger() or unsure or self._quotes_others(one)
            if is_of_organisation(self.clues.author, one.participants):
                yield self._by_subject(Rule.COLLEAGUE, one, against)
            elif self.clues.recipients & one.customer:
                yield self._by_subject(Rule.ADDRESSED, one, against)

    def _quotes_others(self, one: Conversation) -> Why | None:
        """Doubt where enough is quoted to tell, and none of it was ever said there."""
        quoted = self.clues.quoted
        if len(quoted) < _MANY or not one.words:
            return None
        said = {run for text in one.words for run in runs(text)}
        return None if said & set(quoted) else Why.AMBIGUOUS

    def _against_sent_again(self, one: Conversation, *, telling: bool) -> Why | None:
        if not telling:
            return Why.GENERIC
        # People write twice about order 4711 in a week; "Missing column in report" may be another.
        is_the_same = has_identifier(self.clues.subject.text) and self._age(one) <= _SENT_AGAIN
        return None if is_the_same else Why.AMBIGUOUS

    def _by_subject(self, rule: Rule, conversation: Conversation, against: Why | None) -> Pointer:
        evidence = Evidence.of(rule, self.clues.subject.text)
        # Anybody can say that a list has replaced somebody's address.
        hearsay = Why.UNPROVED if self.clues.real_sender else None
        return Pointer(conversation.id, evidence, self._unproved() or hearsay or against)

    def _under_subject(
        self, conversations: Iterable[Conversation], within: timedelta | None = None
    ) -> list[Conversation]:
        """Those that have the mail's base subject and are warm, the newest first."""
        text, warm = self.clues.subject.text, within or timedelta(days=self.policy.subject_days)
        same = {one.id: one for one in conversations if text and one.base_subject == text}
        return sorted((one for one in same.values() if self._age(one) <= warm), key=self._age)

    def _age(self, conversation: Conversation) -> timedelta:
        # A mail may say that it was written much later than it seems to have come.
        return max(self.now, self.clues.sent_at or self.now) - conversation.last_message_at

    def _own(self) -> Iterator[Conversation]:
        """Conversations in which the author takes part, in a mailbox to which the mail came."""
        for one in self._candidates(Found.CUSTOMER):
            if self.clues.author in one.customer | one.participants:
                yield one

    def _of_organisation(self) -> Iterator[Conversation]:
        """Conversations of customers of the author's organisation, likewise."""
        for one in (*self._candidates(Found.ORGANISATION), *self._candidates(Found.SUBJECT)):
            if is_of_organisation(self.clues.author, one.customer):
                yield one

    def _of_others(self) -> Iterator[Conversation]:
        """Conversations under the same telling subject in which the author takes no part."""
        theirs = {one.id for one in (*self._own(), *self._of_organisation())}
        for one in self._candidates(Found.SUBJECT):
            takes_part = self.clues.author in one.customer | one.participants
            if one.id not in theirs and not takes_part:
                yield one

    def _candidates(self, found: Found) -> Iterator[Conversation]:
        wanted = self.policy.mailbox_ids
        for hit in self.known.of(found):
            one = self.known.conversation(hit.conversation_id)
            if self.clues.author and not hit.is_barred and (not wanted or one.mailbox_id in wanted):
                yield one

    def _stranger(self) -> Why | None:
        return None if self.policy.join is Join.ANYONE else Why.STRANGER

    def _unproved(self) -> Why | None:
        return Why.UNPROVED if self.proof.is_failed else None

    def _against(self, hit: Hit) -> Why | None:
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
