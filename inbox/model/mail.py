"""What a mail is, once understood: the values that `mail/` makes and every later step reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from inbox.model.address import Address


class Kind(StrEnum):
    """What sort of mail this is; only `human` may open, reopen or confirm a conversation."""

    HUMAN = "human"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    DELAY = "delay"
    RECEIPT = "receipt"
    BULK = "bulk"
    CALENDAR = "calendar"
    ABUSE_REPORT = "abuse_report"
    LOOP = "loop"


class Protection(StrEnum):
    """What cryptography its writer put around a mail. Named only: nobody has checked it."""

    SMIME_SIGNED = "smime_signed"
    SMIME_ENCRYPTED = "smime_encrypted"
    PGP_SIGNED = "pgp_signed"
    PGP_ENCRYPTED = "pgp_encrypted"

    @property
    def is_encrypted(self) -> bool:
        """True where nobody without the key reads the words."""
        return self in (Protection.SMIME_ENCRYPTED, Protection.PGP_ENCRYPTED)


@dataclass(frozen=True, slots=True)
class Defect:
    """Something that was broken, and how it was read. `lost`: look at the original."""

    code: str
    detail: str = ""
    lost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file of a mail. `part` is its place in the MIME tree: leaves counted from 0."""

    part: int
    filename: str
    content_type: str
    size: int
    sha256: str
    content_id: str = ""
    inline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BouncedRecipient:
    """One recipient of a delivery report (RFC 3464 §2.3)."""

    address: str
    status: str = ""
    action: str = ""
    diagnostic: str = ""
    permanent: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class BounceReport:
    """What a bounce says, and of which mail of ours."""

    recipients: tuple[BouncedRecipient, ...] = ()
    permanent: bool = True
    original_message_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forwarded:
    """A mail that somebody passed on: whose words these are, as the forwarding program wrote it."""

    from_: Address | None = None
    date: str = ""  # as written: nobody knows its language and zone
    subject: str = ""
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    text: str = ""
    above: str = ""  # what whoever passed it on wrote above it
    message_id: str = ""  # where it is attached; in a text nobody writes it
    # The mails that it answers, as its own headers say, or those of the mail that holds it.
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When something is, as a calendar says it. `at` is ISO 8601: a day, or a time of that day;
    with an offset where the zone is known, else in the zone that is named, or wherever one is.
    """

    at: str
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What somebody who is invited says: accepted, declined, tentative, needs-action …"""

    person: Address
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """The first event of a mail's calendar (RFC 5545, RFC 5546)."""

    method: str = ""  # request, reply, cancel, counter … in lower case
    summary: str = ""
    start: Moment | None = None
    end: Moment | None = None
    recurs: str = ""  # daily, weekly, monthly, yearly; "" for once
    location: str = ""
    organizer: Address | None = None
    answers: tuple[Answered, ...] = ()
    description: str = ""
    uid: str = ""
    comment: str = ""  # what whoever answers says to it


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedMail:
    """A mail as read from bytes. Its text is storable: no NUL and no lone surrogates in it."""

    message_id: str  # without angle brackets; "" when missing
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()  # oldest first
    date: datetime | None = None
    from_: tuple[Address, ...] = ()  # every mailbox found in every From field: exactly one is sound
    sender: Address | None = None
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    delivered_to: tuple[str, ...] = ()  # Delivered-To, X-Original-To, Envelope-To
    subject: str = ""
    text: str = ""  # whole plain text; made from HTML where there is none
    html: str | None = None  # as it came, not sanitised; see mail.html.sanitize
    attachments: tuple[Attachment, ...] = ()
    thread_index: bytes | None = None  # Thread-Index, decoded (MS-OXOMSG 2.2.1.3)
    thread_topic: str = ""
    headers: tuple[tuple[str, str], ...] = ()  # decoded, in order, names as written, bounded
    received_count: int = 0
    size: int = 0
    delivery: BounceReport | None = None  # what a delivery report says; whose, classify decides
    protection: Protection | None = None
    invitation: Invitation | None = None
    defects: tuple[Defect, ...] = ()
    _firsts: dict[str, str] = field(init=False, repr=False, compare=False, default_factory=dict)

    @property
    def author(self) -> Address | None:
        """The one mailbox that From names, or the first where it names several."""
        return self.from_[0] if self.from_ else None

    def header(self, name: str) -> str:
        """The first value of a header, or an empty string."""
        if not self._firsts and self.headers:
            self._firsts.update((key.lower(), value) for key, value in reversed(self.headers))
        return self._firsts.get(name.lower(), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trimmed:
    """A person's own words apart from what they quote; the three together are the whole text."""

    new_text: str
    quoted_text: str = ""
    signature: str = ""
    is_known: bool = False  # something that we sent was found in it, so that no guess decided


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The kind of a mail, with the reasons in the order found."""

    kind: Kind
    reasons: tuple[str, ...] = ()
    bounce: BounceReport | None = None

    @property
    def is_automatic(self) -> bool:
        """True for all that no person wrote to us just now."""
        return self.kind is not Kind.HUMAN


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Who handed the mail over and to whom (RFC 5321), with the peer's address where known."""

    sender: str  # "" is the null sender
    recipients: tuple[str, ...]
    source: str = "smtp"  # smtp, submission, lmtp, pipe, imap, web, demo
    submitted_by: int | None = None  # the one of us who signed in to hand it over
    peer: str = ""
    helo: str = ""
    received_at: datetime | None = field(default=None)
