"""What a person of ours wrote, before it is anything: an answer, a note, or a held answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from inbox.mail.signed import Ending
from inbox.model.address import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFile:
    """A file of it: `part` of the mail that the answer came in, or a blob by its `sha256`.

    `content` is a blob that is not kept yet.
    """

    filename: str
    content_type: str
    content: bytes | None = None
    part: int | None = None
    size: int = 0
    sha256: bytes = b""
    content_id: str = ""
    inline: bool = False

    @classmethod
    def uploaded(cls, filename: str, content_type: str, content: bytes) -> AnswerFile:
        """A file that came by the web."""
        return cls(
            filename=filename,
            content_type=content_type,
            content=content,
            size=len(content),
            sha256=sha256(content).digest(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """To whom the first mail of a conversation goes, that nobody has written to us before."""

    to: Address
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Words for the customer. `cc` None keeps those that the customer had there.

    People of ours among `cc` are drawn in; the customer does not see them.
    """

    text: str
    files: tuple[AnswerFile, ...] = ()
    cc: tuple[Address, ...] | None = None
    bcc: tuple[str, ...] = ()
    sender: str = ""  # an address of a mailbox to write from; else the conversation's mailbox
    quote: bool | None = None  # the customer's own words below; None as the mailbox does
    opening: Opening | None = None  # nothing is answered: it is the first mail
    passes: tuple[int, ...] | None = None  # of a mail that is passed on, these of its files; or all
    at: datetime | None = None  # when what is passed on leaves; else soon
    in_reply_to_message: int | None = None  # the message that is answered; else the newest
    spool_id: int | None = None  # the mail that it came in; its new HTML is sent from there
    has_html: bool = False
    html: str = ""  # the words in a form of their own, made by us: of Markdown, an approved text
    source: str = ""  # what was typed, where that is not `text`; for who takes it back
    is_markdown: bool = False  # what was typed is
    # One composer sends once, however often its button is pressed.
    idempotency: str | None = None
    ending: Ending | None = None  # what the mail that it came in ends with, to be learned


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstMail(Answer):
    """The first mail of a conversation that one of us begins."""

    opening: Opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Words that only we see."""

    text: str
    files: tuple[AnswerFile, ...] = ()
    cc: tuple[Address, ...] = ()  # those of ours among them are drawn in; nobody else gets it
    spool_id: int | None = None
    has_html: bool = False
    idempotency: str | None = None
