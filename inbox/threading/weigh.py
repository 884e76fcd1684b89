"""Evidence that points from a mail to conversations, and what speaks against each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from inbox.threading.by_quote import named_above, quoted, quotes_others
from inbox.threading.candidates import Candidates, Pointer
from inbox.threading.clues import Where
from inbox.threading.known import Conversation, Found, Hit, How
from inbox.threading.participants import is_of_organisation
from inbox.threading.subject import has_identifier, is_one_of_series, is_unusual, part_of
from inbox.threading.verdict import CUSTOMER, Evidence, Rule, Standing, Why

_ID_RULES = {How.OURS: Rule.OUR_ID, How.KNOWN: Rule.KNOWN_ID, How.SIBLING: Rule.SIBLING}
_SENT_AGAIN = timedelta(days=7)
_PARTS_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Weighing:
    """All that points somewhere, the strongest first."""

    about: Candidates

    def pointers(self) -> Iterator[Pointer]:
        """All evidence, the strongest kind first."""
        yield from self._tokens()
        yield from self._ids()
        yield from self._late_parent()
        yield from self._thread_index()
        yield from named_above(self.about)
        yield from quoted(self.about)
        yield from self._subject()
        yield from self._series()

    def _tokens(self) -> Iterator[Pointer]:
        hits = self.about.known.of(Found.TOKEN, self.about.clues.token_hashes)
        # Of several of ours those first where the author takes part: others are no way in.
        for hit in sorted(hits, key=self._is_elsewhere):
            barred = Why.BARRED if hit.is_barred else None
            against = barred if hit.is_valid else Why.EXPIRED
            yield Pointer(hit.conversation_id, Evidence.of(Rule.TOKEN, hit.purpose), against)

    def _is_elsewhere(self, hit: Hit) -> bool:
        standing = self.about.standing(self.about.known.conversation(hit.conversation_id))
        is_theirs = standing in (Standing.CUSTOMER, Standing.PARTICIPANT) and not hit.is_barred
        return hit.purpose != CUSTOMER and not is_theirs

    def _ids(self) -> Iterator[Pointer]:
        """Ids that it answers: ours, then known ones, then siblings; of each the newest first."""
        for how, rule in _ID_RULES.items():
            for answer in self.about.clues.answers:
                enclosed = answer.where is Where.ENCLOSED
                evidence = Evidence.of(
                    Rule.ENCLOSED if enclosed else rule, f"{answer.where} <{answer.message_id}>"
                )
                for hit in self.about.known.of(Found.ID, [answer.key]):
                    if hit.how is how:
                        yield Pointer(hit.conversation_id, evidence, self.about.against(hit))

    def _late_parent(self) -> Iterator[Pointer]:
        """Conversations whose mails answer this one, or that hold another mail of its id."""
        for hit in self.about.known.of(
            Found.ID, [self.about.clues.own_key] if self.about.clues.own_key else []
        ):
            rule = Rule.LATE_PARENT if hit.how is How.SIBLING else Rule.SAME_ID
            evidence = Evidence.of(rule, f"<{self.about.clues.message_id}>")
            yield Pointer(hit.conversation_id, evidence, self.about.against(hit))

    def _thread_index(self) -> Iterator[Pointer]:
        if not self.about.clues.thread_root:
            return
        hits = list(self.about.known.of(Found.ROOT, [self.about.clues.thread_root]))
        alone = len({hit.conversation_id for hit in hits}) == 1
        for hit in hits:
            against = (
                self.about.against(hit)
                or self.about.unproved()
                or (None if alone else Why.AMBIGUOUS)
            )
            yield Pointer(
                hit.conversation_id,
                Evidence.of(Rule.THREAD_INDEX, self.about.clues.thread_root[6:].hex()),
                against,
            )

    def _subject(self) -> Iterator[Pointer]:
        """Conversations under the same subject: the author's own, else the organisation's."""
        telling = is_unusual(self.about.clues.subject.text)
        is_part = is_one_of_series(self.about.clues.subject.text)
        own = self.about.under_subject(self.about.own)
        others = self.about.under_subject(self.about.of_others)
        for one in own:
            # Without a prefix it is a mail sent again, or another matter of the same kind.
            against = None if len(own) == 1 else Why.AMBIGUOUS
            if others:
                against = against or quotes_others(self.about, one)
            if is_part and not self.about.clues.quotes:
                against = Why.AMBIGUOUS  # parts that are sent again have the same titles
            if not self.about.clues.is_answer:
                against = against or self._against_sent_again(one, telling=telling)
            yield self._by_subject(Rule.SUBJECT, one, against)
        if not own:
            yield from self._subject_of_others(telling=telling)

    def _subject_of_others(self, *, telling: bool) -> Iterator[Pointer]:
        """Conversations under the same subject of people who have to do with the author."""
        theirs = self.about.under_subject(self.about.of_organisation)
        others = self.about.under_subject(self.about.of_others)
        is_answer = self.about.clues.is_answer and telling
        alone = len(theirs) + len(others) == 1 and not is_one_of_series(
            self.about.clues.subject.text
        )
        unsure = None if is_answer and alone else Why.AMBIGUOUS
        for one in theirs:
            yield self._by_subject(Rule.COLLEAGUE, one, unsure or quotes_others(self.about, one))
        for one in others:
            against = self.about.stranger() or unsure or quotes_others(self.about, one)
            if is_of_organisation(self.about.clues.author, one.participants):
                yield self._by_subject(Rule.COLLEAGUE, one, against)
            elif self.about.clues.recipients & one.customer:
                yield self._by_subject(Rule.ADDRESSED, one, against)

    def _against_sent_again(self, one: Conversation, *, telling: bool) -> Why | None:
        if not telling:
            return Why.GENERIC
        # People write twice about order 4711 in a week; "Missing column in report" may be another.
        is_the_same = (
            has_identifier(self.about.clues.subject.text) and self.about.age(one) <= _SENT_AGAIN
        )
        return None if is_the_same else Why.AMBIGUOUS

    def _series(self) -> Iterator[Pointer]:
        """The conversation that the same person, or a colleague, has just sent other parts to."""
        part = part_of(self.about.clues.subject.text)
        if part is None:
            return
        people = {one.id: one for one in (*self.about.own, *self.about.of_organisation)}
        have_it = {hit.conversation_id for hit in self.about.known.of(Found.SERIES, [part.key])}
        have_others = {
            hit.conversation_id for hit in self.about.known.of(Found.SERIES, [part.key_of_all])
        }
        found = [people[key] for key in (have_others & people.keys()) - have_it]
        near = [one for one in found if self.about.age(one) <= _PARTS_WITHIN]
        # The one that somebody is just sending parts of; whoever sends it all again begins anew.
        near.sort(key=self.about.age)
        for n, one in enumerate(near):
            yield self._by_subject(Rule.SERIES, one, Why.AMBIGUOUS if n else None)

    def _by_subject(self, rule: Rule, conversation: Conversation, against: Why | None) -> Pointer:
        evidence = Evidence.of(rule, self.about.clues.subject.text)
        doubt = self.about.unproved() or self.about.hearsay() or against or self.about.digest()
        return Pointer(conversation.id, evidence, doubt)
