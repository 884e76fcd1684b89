"""Draft -> bytes of a mail, ready to be signed and sent.

Text goes as quoted-printable and is not flowed: what people write has long lines, and programs that
do not know format=flowed (Gmail, Outlook) would break them in the middle.

Guarantees: the same draft gives the same bytes (a retry is recognisable); lines end in CRLF and are
seven-bit; no value of a draft can end its header or start another; Bcc is never written.
Raises ValueError for a draft without a usable sender, recipient or id: our own mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from inbox.mail import header_values, thread_index, wire
from inbox.model.address import Address

_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}", re.ASCII)
_OCTET_STREAM = "application/octet-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingFile:
    """A file to send. `inline` with a `content_id` is a picture that the HTML shows by `cid:`."""

    filename: str
    content_type: str
    content: bytes
    content_id: str = ""
    inline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """All that a mail of ours says. Ids are without angle brackets."""

    from_: Address
    sender: Address | None = None
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    subject: str = ""
    message_id: str
    date: datetime  # aware
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()  # oldest first; our own id is added as the last
    thread_index: bytes | None = None
    thread_topic: str = ""
    text: str = ""
    html: str | None = None
    attachments: tuple[OutgoingFile, ...] = ()
    calendar: tuple[str, str] | None = None  # an invitation: its method, and itself
    auto_submitted: str | None = None  # RFC 3834 §5: auto-replied, auto-generated, auto-notified
    suppress: str = "All"  # of automatic mail: which automatic answers Exchange shall not send
    is_urgent: bool = False  # RFC 4021 §2.1.54: mail programs mark it, telephones may ring
    loop: str | None = None  # X-Inbox-Loop: who we are, so that a loop is seen

    def __post_init__(self) -> None:
        if self.date.tzinfo is None:
            raise ValueError("the date of a mail needs its offset")
        if not wire.is_id(self.message_id):
            raise ValueError("not a Message-ID")


def compose(draft: Draft) -> bytes:
    """The draft as a mail of RFC 5322 and MIME; pure and repeatable."""
    body = _body(draft)
    whole = EmailMessage(policy=wire.WIRE)
    for name, value in [*_people(draft), *_lineage(draft), *_automatic(draft)]:
        whole[name] = value
    whole["MIME-Version"] = "1.0"
    for name, value in body.items():
        whole[name] = value
    whole.set_payload(body.get_payload())
    return wire.to_bytes(whole)


def _people(draft: Draft) -> Iterator[tuple[str, str]]:
    yield "From", header_values.addresses([draft.from_], len("From: "))
    if draft.sender:
        yield "Sender", header_values.addresses([draft.sender], len("Sender: "))
    if draft.reply_to:
        yield "Reply-To", header_values.addresses(draft.reply_to, len("Reply-To: "))
    # A mail must name a recipient field, and a group without members says that none is told.
    yield "To", header_values.addresses(draft.to, len("To: ")) or "undisclosed-recipients:;"
    if draft.cc:
        yield "Cc", header_values.addresses(draft.cc, len("Cc: "))
    yield "Subject", header_values.text(draft.subject, len("Subject: "))
    yield "Date", format_datetime(draft.date)


def _lineage(draft: Draft) -> Iterator[tuple[str, str]]:
    yield "Message-ID", wire.ids([draft.message_id])
    if draft.in_reply_to and wire.is_id(draft.in_reply_to):
        yield "In-Reply-To", wire.ids([draft.in_reply_to])
    yield "References", wire.ids(wire.chain(draft.references, draft.in_reply_to, draft.message_id))
    if draft.thread_index:
        yield "Thread-Index", thread_index.to_header(draft.thread_index)
    if topic := header_values.text(draft.thread_topic, len("Thread-Topic: ")):
        yield "Thread-Topic", topic


def _automatic(draft: Draft) -> Iterator[tuple[str, str]]:
    if draft.auto_submitted:
        yield "Auto-Submitted", header_values.text(draft.auto_submitted)
        yield "X-Auto-Response-Suppress", header_values.text(draft.suppress)
    if draft.is_urgent:
        yield "Importance", "high"
    if draft.loop:
        yield "X-Inbox-Loop", header_values.text(draft.loop)


def _body(draft: Draft) -> EmailMessage:
    pictures = [one for one in draft.attachments if draft.html and one.inline and one.content_id]
    files = [one for one in draft.attachments if one not in pictures]
    body = _words(draft, pictures)
    if not files:
        return body
    return wire.multipart("mixed", [body, *map(_file, files)], draft.message_id)


def _words(draft: Draft, pictures: Sequence[OutgoingFile]) -> EmailMessage:
    plain = _text("plain", draft.text)
    if draft.html is None:
        return plain
    rich = _text("html", draft.html)
    if pictures:
        rich = wire.multipart(
            "related", [rich, *map(_file, pictures)], draft.message_id, ';\r\n type="text/html"'
        )
    forms = [plain, rich, *([_calendar(*draft.calendar)] if draft.calendar else [])]
    return wire.multipart("alternative", forms, draft.message_id)


def _calendar(method: str, content: str) -> EmailMessage:
    """RFC 6047 §2.4: the method again, and never as a file."""
    kind = f'text/calendar; charset="utf-8"; method={method}'
    return wire.leaf(kind, [], *wire.encode_octets(content.encode()))


def _text(subtype: str, content: str) -> EmailMessage:
    return wire.leaf(f'text/{subtype}; charset="utf-8"', [], *wire.encode_text(content))


def _file(file: OutgoingFile) -> EmailMessage:
    kind = _content_type(file.content_type)
    if kind.startswith("text/") and _is_utf8(file.content):
        kind += '; charset="utf-8"'
    headers = []
    disposition = "inline" if file.inline and file.content_id else "attachment"
    name = header_values.filename_parameters("filename", file.filename) if file.filename else ""
    headers.append(("Content-Disposition", disposition + name))
    if wire.is_id(file.content_id):
        headers.append(("Content-ID", wire.ids([file.content_id])))
    if file.filename:
        kind += header_values.filename_parameters("name", file.filename)
    return wire.leaf(kind, headers, *wire.encode_octets(file.content))


def _is_utf8(octets: bytes) -> bool:
    """Whether text that does not say its charset is certain to be UTF-8."""
    if octets.isascii():
        return False
    try:
        octets.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _content_type(declared: str) -> str:
    """The type where it may be sent as base64: RFC 2046 §5 forbids that for mails in mails."""
    kind = declared.partition(";")[0].strip().lower()
    if not _TYPE.fullmatch(kind) or kind.startswith(("multipart/", "message/")):
        return _OCTET_STREAM
    return kind
