"""Mail → everything in it that may say where it belongs; no judgement yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from inbox.mail.ids import is_ours
from inbox.mail.thread_index import root_of
from inbox.mail.tokens import Verb, find_token, hash_token
from inbox.model.address import Address, base_address, normalize
from inbox.model.mail import Envelope, Kind, ParsedMail, Verdict
from inbox.threading.list_sender import real_sender
from inbox.threading.participants import organisation
from inbox.threading.quotes import Runs, runs
from inbox.threading.references import hash_id, ids_in
from inbox.threading.subject import BaseSubject, base_subject

_MOST_IDS = 60
_ENCLOSED = ("Original-Message-ID", "X-Original-Message-ID", "X-MS-Exchange-Parent-Message-Id")


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
    subject: BaseSubject
    quoted: Runs = ()

    @property
    def token_hashes(self) -> tuple[bytes, ...]:
        """What to look for in `reply_token`."""
        return tuple(one.key for one in self.tokens)

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
    quoted: str = "",
    ours: Collection[str] = (),
) -> Clues:
    """All clues of a mail; `secret` tells our own ids, `quoted` is the text that it quotes.

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
        subject=base_subject(mail.subject),
        quoted=runs(quoted),
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


def _tokens(addresses: Iterable[str]) -> tuple[Token, ...]:
    found = (find_token(address) for address in addresses)
    tokens = (Token(verb=one.verb, key=hash_token(one.token)) for one in found if one)
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
