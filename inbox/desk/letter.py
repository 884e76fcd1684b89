"""A mail that was understood, as the verbs that keep it need it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from inbox.desk.addresses import rows_of
from inbox.desk.snippet import snippet
from inbox.mail.header_values import is_sendable
from inbox.mail.invites import invitation_dict, words_beside
from inbox.mail.language import language_of
from inbox.mail.pictures import is_proof
from inbox.mail.program import program_of
from inbox.mail.tokens import find_token
from inbox.mail.ways_in import closed
from inbox.model.address import Address, is_within, normalize
from inbox.model.conversation import ActorKind, MessageKind, Visibility
from inbox.model.mail import Attachment, Kind, ParsedMail, Trimmed, Verdict
from inbox.model.proof import Proof, Result, Submitted
from inbox.threading.clues import Clues, Topic
from inbox.threading.participants import organisation
from inbox.threading.reply_to import is_own, named_in_reply_to
from inbox.threading.verdict import CUSTOMER, Match, Outcome, Rule

# Nobody wrote these just now: they attach to what they are about and change nothing.
AUTOMATIC = frozenset(
    {Kind.AUTO_REPLY, Kind.BOUNCE, Kind.DELAY, Kind.RECEIPT, Kind.ABUSE_REPORT, Kind.LOOP}
)
# Whoever answers to one of these has, or had, the mail in their hands.
_POSSESSION = frozenset({Rule.TOKEN, Rule.OUR_ID, Rule.KNOWN_ID})
_MOST_PARTICIPANTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of a mail: where it is, and whether the conversation is new with it."""

    conversation_id: int
    message_id: int
    customer_id: int | None = None
    is_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail, what was found out about it, and how it will stand in its conversation."""

    mail: ParsedMail
    trimmed: Trimmed
    verdict: Verdict
    proof: Proof
    clues: Clues
    match: Match
    spool_id: int
    mailboxes: tuple[int, ...]  # to which it came, at least one
    recipients: tuple[str, ...]  # of the envelope
    ours: frozenset[str]  # addresses of mailboxes and agents: nobody's customer
    received_at: datetime
    author_kind: ActorKind = ActorKind.CUSTOMER
    agent_id: int | None = None  # of an author of ours
    shape: MessageKind | None = None  # a kind other than what the mail's own makes it
    seen: frozenset[str] = frozenset()  # SHA-256 of pictures in it that came before
    is_sent: bool = False  # a mailbox of ours has sent it
    own_domains: frozenset[str] = frozenset()  # whose people are none of our customers
    submitted: Submitted | None = None  # one of us has signed in to hand it over

    @property
    def is_automatic(self) -> bool:
        """A machine wrote it: it attaches and does no more."""
        return self.verdict.kind in AUTOMATIC

    @property
    def kind(self) -> MessageKind:
        """What entry of the conversation it becomes."""
        return self.shape or (MessageKind.AUTO if self.is_automatic else MessageKind.MAIL)

    @property
    def visibility(self) -> Visibility:
        """Only people's own mails are public."""
        public = self.kind in {MessageKind.MAIL, MessageKind.REPLY}
        return Visibility.PUBLIC if public else Visibility.INTERNAL

    @property
    def author(self) -> Address:
        """Who wrote it: From, or whom a list has replaced there; the envelope's is no person."""
        author = self.clues.real_sender or self.mail.author or Address()
        address = normalize(author.address)
        # Longer than any real one, and than an index of PostgreSQL takes.
        usable = 0 < len(address.encode()) <= 320
        return replace(author, address=address if usable else "")

    @property
    def subject(self) -> str:
        """As it is shown: programs make one of the first words, be they a link that lets in."""
        return closed(self.mail.subject)

    @property
    def snippet(self) -> str:
        """The beginning of the person's own words, on one line.

        A bare invitation has none, nor has what nobody can read.
        """
        if self.mail.protection and self.mail.protection.is_encrypted:
            return ""
        words = self.trimmed.new_text or self.trimmed.quoted_text
        return snippet(closed(words_beside(words, self.mail.invitation)))

    @property
    def has_files(self) -> bool:
        """True with a file that is not just a picture within the text, or of a signature."""
        return any(not (file.inline or self._is_aside(file)) for file in self.mail.attachments)

    @property
    def has_nothing_along(self) -> bool:
        """True without any file, but for what belongs to a signature."""
        return all(map(self._is_aside, self.mail.attachments))

    def participants(self) -> dict[str, tuple[str, str]]:
        """Who else takes part because of this mail, by address (name, part): its writer, and those
        whom they wrote to as well, where that counts.

        Cc of a mail that may be forged gives nothing (CVE-2024-49193): it counts where the mail
        opens the conversation, so that there is nothing yet to be read, where it is proved, or
        where its writer shows by an id or a token that they have our mail.
        """
        named = [*self.mail.to, *self.mail.cc] if self._may_name_others() else []
        outside = [one for one in map(_normal, named) if self.is_foreign(one)]
        people = {one.address: (one.name, "cc") for one in outside[:_MOST_PARTICIPANTS]}
        is_known = not self._has_only_a_token()
        if self.is_outsider() and is_known and not self.proof.is_failed:
            people[self.author.address] = (self.author.name, "sender")
        return people

    def is_outsider(self) -> bool:
        """Whether its writer is a person outside whom we can write to."""
        return self.is_outside(self.author) and not self.is_automatic

    @property
    def has_our_mail(self) -> bool:
        """Whether it is an answer of somebody outside who shows by an id that they have a mail of
        the conversation, and does not only say who they are.
        """
        has_it = any(one.rule in {Rule.OUR_ID, Rule.KNOWN_ID} for one in self.match.evidence)
        is_safe = not (self.proof.is_failed or self.clues.real_sender)
        return has_it and is_safe and self.is_outsider()

    @property
    def names_itself(self) -> bool:
        """Whether its author may be known by their name: a whole one, on such an answer."""
        return self.has_our_mail and " " in self.author.name.strip()

    @property
    def reply_to(self) -> Address:
        """Where else its author, somebody outside, wants to be answered; empty for nowhere."""
        if self.clues.real_sender or not self.is_outsider() or self.proof.is_failed:
            return Address()
        named = named_in_reply_to(self.mail, self.verdict) or Address()
        return named if self.is_foreign(named) else Address()

    def _may_name_others(self) -> bool:
        if self.is_automatic or self.proof.is_failed:
            return False
        if self._has_only_a_token() and self.match.standing is None:
            return False  # to whom the mail was passed on
        is_proved = self.proof.is_proved and not self.clues.real_sender
        if self.match.outcome is not Outcome.JOINED or is_proved:
            return True
        return any(
            one.rule in _POSSESSION and not (one.rule is Rule.TOKEN and one.detail != CUSTOMER)
            for one in self.match.evidence
        )

    def _has_only_a_token(self) -> bool:
        """A mail that was passed on takes its token along: whoever has it may write to us, but
        answers go to those who took part before, until one of us draws the writer in.
        """
        rules = {one.rule for one in self.match.evidence}
        return self.match.outcome is Outcome.JOINED and rules == {Rule.TOKEN}

    def is_outside(self, person: Address) -> bool:
        """Whether somebody, by an address in normal form, is none of us and can be written to."""
        local, at, domain = person.address.partition("@")
        base = f"{local.partition('+')[0]}{at}{domain}"
        if not is_sendable(person.address) or find_token(person.address):
            return False
        return not self.ours & {person.address, base}

    def is_foreign(self, person: Address) -> bool:
        """Whether somebody whom a mail names is none of us, registered or not."""
        return self.is_outside(person) and not is_within(person.address, self.own_domains)

    def row(self) -> dict[str, Any]:
        """The parameters of `desk.message_rows`."""
        mail, trimmed = self.mail, self.trimmed
        quoted = "\n\n".join(filter(None, (trimmed.signature, trimmed.quoted_text)))
        return {
            "kind": self.kind.value,
            "visibility": self.visibility.value,
            "author_kind": self.author_kind.value,
            "agent_id": self.agent_id,
            "author": self.author.address,
            "author_name": self.author.name,
            "to": _people(mail.to),
            "cc": _people(mail.cc),
            **self._answers_to(),
            "subject": self.subject,
            "header_id": mail.message_id,
            "in_reply_to": next(iter(mail.in_reply_to), ""),
            "references": list(mail.references),
            "date": mail.date,
            "received_at": self.received_at,
            "language": language_of(trimmed.new_text),
            "text": closed(trimmed.new_text),
            "quoted": closed(quoted),
            "has_html": mail.html is not None,
            "protection": mail.protection or "",
            "program": program_of(mail),
            "invitation": _json(invitation_dict(mail.invitation)) if mail.invitation else None,
            "proof": _proof(self._proof_of_author()),
            "verdict": _json(
                {"kind": self.verdict.kind.value, "reasons": list(self.verdict.reasons)}
            ),
            "match": _match(self.match),
            "defects": _json([_defect(one) for one in mail.defects]),
            "identity": self.clues.identity,
            "spool_id": self.spool_id,
            **self._around(),
        }

    def _proof_of_author(self) -> Proof:
        """What speaks for the list that has passed a mail on does not speak for its author."""
        if self.clues.real_sender is None or self.proof.is_failed:
            return self.proof
        return replace(self.proof, spf=Result.NONE, dkim=Result.NONE, dmarc=Result.NONE)

    def _answers_to(self) -> dict[str, str]:
        named = self.reply_to
        # Who can write the field can write From as well: it counts with the word of its domain.
        own = named.address if self.proof.is_proved and is_own(self.author, named) else ""
        organised = organisation(own) if own else ""
        return {"reply_to": named.address, "own": own, "own_organisation": organised}

    def _around(self) -> dict[str, Any]:
        refs = list(self._refs())
        people = self.participants()
        return {
            "ref_keys": [key for key, _ in refs],
            "ref_hows": [how for _, how in refs],
            "files": _json([*self._files()]),
            "people": list(people),
            "people_names": [name for name, _ in people.values()],
            "people_parts": [part for _, part in people.values()],
            "mailboxes": list(self.mailboxes),
        }

    def _refs(self) -> Iterator[tuple[bytes, str]]:
        if self.clues.own_key:
            yield self.clues.own_key, "ours" if self.is_sent else "known"
        yield from ((answer.key, "sibling") for answer in self.clues.answers)
        topics = self.clues.topics
        if self.match.is_renamed or Topic.SERIES in topics.values():
            yield from ((key, topic.value) for key, topic in topics.items())

    def _files(self) -> Iterator[dict[str, Any]]:
        for file in self.mail.attachments:
            yield {
                "part": file.part,
                "filename": file.filename,
                "content_type": file.content_type,
                "size": file.size,
                "sha256": file.sha256,
                "content_id": file.content_id,
                "inline": file.inline,
                "aside": self._is_aside(file),
            }

    def _is_aside(self, file: Attachment) -> bool:
        return file.sha256 in self.seen or is_proof(file)


def _json(value: Any) -> str:
    # PostgreSQL takes neither a NUL nor a lone surrogate, and what is said of a mail may quote it.
    written = json.dumps(value, ensure_ascii=False)
    if "\\u0000" in written:
        written = json.dumps(_without_nul(value), ensure_ascii=False)
    return written.encode("utf-8", "replace").decode()


def _without_nul(value: Any) -> Any:
    match value:
        case str():
            return value.replace("\0", "")
        case dict():
            return {key: _without_nul(each) for key, each in value.items()}
        case list() | tuple():
            return [_without_nul(each) for each in value]
    return value


def _normal(person: Address) -> Address:
    return replace(person, address=normalize(person.address))


def _people(people: Iterable[Address]) -> str:
    return _json(rows_of(people))


def _proof(proof: Proof) -> str:
    return _json(
        {
            "spf": proof.spf.value,
            "dkim": proof.dkim.value,
            "dmarc": proof.dmarc.value,
            "source": proof.source,
            "detail": proof.detail,
        }
    )


def _match(match: Match) -> str:
    return _json(
        {
            "outcome": match.outcome.value,
            "evidence": [
                {"rule": one.rule.value, "weight": one.weight, "detail": one.detail}
                for one in match.evidence
            ],
            "rejected": [
                {"conversation": one.conversation_id, "rule": one.rule.value, "why": one.why.value}
                for one in match.rejected
            ],
            "standing": match.standing.value if match.standing else None,
            "suggestions": list(match.suggestions),
            "also": list(match.also),
        }
    )


def _defect(defect: Any) -> dict[str, Any]:
    return {"code": defect.code, "detail": defect.detail, "lost": defect.lost}
