"""Mail → everything in it that may say where it belongs; no judgement yet."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from inbox.mail.ids import is_ours
from inbox.mail.quote_marks import is_quoted
from inbox.mail.thread_index import ROOT, root_of
from inbox.mail.tokens import Verb, find_written_token, hash_token
from inbox.model.address import Address, base_address, normalize
from inbox.model.mail import Envelope, Kind, ParsedMail, Trimmed, Verdict
from inbox.threading.above import Above, lines_above
from inbox.threading.list_sender import real_sender
from inbox.threading.participants import organisation
from inbox.threading.quotes import Runs, runs, words_quoted
from inbox.threading.references import hash_id, ids_in
from inbox.threading.subject import BaseSubject, base_subject, is_unusual, part_of, subject_key

_MOST_IDS = 60
# Mailman makes the ids of digests; mails that it passes on keep their own.
_DIGEST = re.compile(r"mailman\.\d+\.\d+\.\d+\.", re.IGNORECASE)
_ENCLOSED = ("Original-Message-ID", "X-Original-Message-ID", "X-MS-Exchange-Parent-Message-Id")


class Topic(StrEnum):
    """What a key says of a mail's matter (`message_ref.how`)."""

    SUBJECT = "subject"
    SERIES = "series"  # of which it is a part


class Where(StrEnum):
    """Where an id stood."""

    IN_REPLY_TO = "In-Reply-To"
    REFERENCES = "References"
    ENCLOSED = "enclosed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An id that the mail refers to. `is_ours`: it carries our keyed check, stored or not."""

    message_id: str
    key: bytes
    where: Where
    is_ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A reply token in one of the mail's recipients."""

    verb: Verb
    key: bytes  # its hash
    argument: str = ""  # what stands behind the verb
    word: str = ""  # of one that is no verb


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What a mail says about its place. Addresses are normalised, ids without brackets."""

    message_id: str
    own_key: bytes  # of its own id; b"" without one
    identity: bytes  # equal for two arrivals of one mail
    kind: Kind
    author: str
    real_sender: Address | None = None  # the author, where a list has put itself into From
    organisation: str  # the author's registrable domain; "" for freemail
    recipients: frozenset[str]  # To and Cc
    sent_at: datetime | None
    tokens: tuple[Token, ...] = ()
    answers: tuple[Answered, ...] = ()  # what it answers first, then References newest first
    thread_root: bytes = b""
    answers_digest: bool = False  # of a mailing list: many mails in one
    begins_anew: bool = False  # its Thread-Index is a root alone, and it names no other mail
    subject: BaseSubject
    quoted: Runs = ()
    has_marks: bool = False  # some of what it quotes has the marks that programs set
    above: tuple[Above, ...] = ()  # lines that say whom it quotes, the newest mail first

    @property
    def is_answer(self) -> bool:
        """Whether it says that it answers something: by its subject, or as programs write above
        what they quote, where the subject is telling. Some people and lists take the prefix away;
        what somebody has copied into a mail that Outlook calls a new one is no answer for that.
        """
        if self.subject.is_reply:
            return True
        return bool(self.above) and not self.begins_anew and is_unusual(self.subject.text)

    @property
    def has_headers(self) -> bool:
        """Whether anything besides subject and author may lead somewhere: ids, a token, a root."""
        return bool(self.answers or self.tokens or self.thread_root)

    @property
    def quotes(self) -> bool:
        """Whether anything is known of what it quotes."""
        return bool(self.quoted or self.above)

    @property
    def token_hashes(self) -> tuple[bytes, ...]:
        """What to look for in `reply_token`."""
        return tuple(one.key for one in self.tokens)

    @property
    def topics(self) -> dict[bytes, Topic]:
        """Under which keys the mail's conversation may be found besides its own subject."""
        return topics_of(self.subject.text)

    @property
    def id_hashes(self) -> tuple[bytes, ...]:
        """What to look for in `message_ref`: the ids referred to, and the mail's own."""
        own = (self.own_key,) if self.own_key else ()
        return (*(one.key for one in self.answers), *own)


def find_clues(
    mail: ParsedMail,
    envelope: Envelope,
    secret: bytes = b"",
    *,
    verdict: Verdict | None = None,
    ours: Collection[str] = (),
) -> Clues:
    """All clues of a mail but what it quotes; `secret` tells our own ids.

    Nobody is found to be one of `ours` by what a mailing list says.
    """
    real = real_sender(mail)
    if real and (real.address in ours or base_address(real.address) in ours):
        real = None
    writer = real or mail.author
    author = normalize(writer.address) if writer else ""
    people = (*mail.to, *mail.cc)
    return Clues(
        message_id=mail.message_id,
        own_key=hash_id(mail.message_id) if mail.message_id else b"",
        identity=identity(mail),
        kind=verdict.kind if verdict else Kind.HUMAN,
        author=author,
        real_sender=real,
        organisation=organisation(author),
        recipients=frozenset(normalize(one.address) for one in people if one.address),
        sent_at=mail.date,
        tokens=_tokens((*envelope.recipients, *mail.delivered_to, *(p.address for p in people))),
        answers=_answers(mail, secret, verdict),
        thread_root=root_of(mail.thread_index or b""),
        answers_digest=any(map(_DIGEST.match, mail.in_reply_to or mail.references[-1:])),
        begins_anew=_begins_anew(mail),
        subject=base_subject(mail.subject),
    )


def topics_of(text: str) -> dict[bytes, Topic]:
    """The keys of a base subject, where it tells something."""
    if not is_unusual(text):
        return {}
    part = part_of(text)
    keys = {subject_key(text): Topic.SUBJECT}
    return keys | ({part.key: Topic.SERIES, part.key_of_all: Topic.SERIES} if part else {})


def with_quotes(clues: Clues, text: str, trimmed: Trimmed) -> Clues:
    """The clues with what the mail quotes, and whom: many words to compare, so only on demand.

    Under a greeting alone, what stands between the lines may be copied from anywhere.
    """
    is_told = clues.subject.is_reply or is_unusual(clues.subject.text)
    return replace(
        clues,
        quoted=runs(words_quoted(trimmed) if is_told else trimmed.quoted_text),
        has_marks=any(map(is_quoted, text.split("\n"))),
        above=lines_above(text),
    )


def identity(mail: ParsedMail) -> bytes:
    """SHA-256 over Message-ID, sender and content: equal for two arrivals of one mail only.

    An id alone is guessed, reused and forged; without one, date and subject take its place.
    """
    named = mail.message_id or f"{mail.date and mail.date.isoformat()}\n{mail.subject}"
    author = normalize(mail.author.address) if mail.author else ""
    text = "\n".join(line.rstrip() for line in mail.text.strip().splitlines())
    parts = [named, author, text, *(one.sha256 for one in mail.attachments)]
    return sha256("\0".join(parts).encode("utf-8", "replace")).digest()


def _begins_anew(mail: ParsedMail) -> bool:
    # An answer has a block more for each mail of its thread (MS-OXOMSG 2.2.1.3).
    is_root = len(mail.thread_index or b"") == ROOT
    return is_root and not (mail.in_reply_to or mail.references)


def _tokens(addresses: Iterable[str]) -> tuple[Token, ...]:
    found = (find_written_token(address) for address in addresses)
    tokens = (
        Token(verb=one.verb, key=hash_token(one.token), argument=one.argument, word=one.word)
        for one in found
        if one
    )
    return tuple(dict.fromkeys(tokens))


def _answers(mail: ParsedMail, secret: bytes, verdict: Verdict | None) -> tuple[Answered, ...]:
    # Our own mails refer to themselves, see `mail.wire.chain`: that says nothing about the place.
    seen = {hash_id(mail.message_id)} if mail.message_id else set()
    answers: list[Answered] = []
    for message_id, where in _ids(mail, verdict):
        key = hash_id(message_id)
        if key not in seen and len(answers) < _MOST_IDS:
            seen.add(key)
            ours = is_ours(message_id, secret)
            answers.append(Answered(message_id=message_id, key=key, where=where, is_ours=ours))
    return tuple(answers)


def _ids(mail: ParsedMail, verdict: Verdict | None) -> Iterator[tuple[str, Where]]:
    yield from ((one, Where.IN_REPLY_TO) for one in mail.in_reply_to)
    yield from ((one, Where.REFERENCES) for one in reversed(mail.references))
    if verdict and verdict.bounce and verdict.bounce.original_message_id:
        yield verdict.bounce.original_message_id, Where.ENCLOSED
    for name in _ENCLOSED:
        yield from ((one, Where.ENCLOSED) for one in ids_in(mail.header(name)))
