"""A mail as its reader's program sees it: what an answer is made from."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The mail that is answered: our own, so the standard library may read it."""

    message: EmailMessage

    @classmethod
    def of(cls, raw: bytes) -> Seen:
        """Read a mail of ours."""
        parsed = email.message_from_bytes(raw, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        return cls(message=parsed)

    @property
    def text(self) -> str:
        """Its plain text."""
        part = self.message.get_body(("plain",))
        assert part is not None
        return str(part.get_content()).replace("\r\n", "\n")

    @property
    def html(self) -> str:
        """Its HTML, or its text as HTML."""
        part = self.message.get_body(("html",))
        return str(part.get_content()) if part is not None else f"<pre>{self.text}</pre>"

    @property
    def answer_to(self) -> str:
        """Where an answer goes: Reply-To, else From."""
        return str(self.message["Reply-To"] or self.message["From"])

    @property
    def id(self) -> str:
        """The Message-ID with its brackets."""
        return str(self.message["Message-ID"])

    @property
    def references(self) -> str:
        """What an answer's References say."""
        return f"{self.message['References'] or ''} {self.id}".strip()

    @property
    def subject(self) -> str:
        """The subject of an answer."""
        subject = str(self.message["Subject"])
        return subject if subject.lower().startswith("re:") else f"Re: {subject}"
