"""A mail as its reader's program sees it: what an answer is made from."""

from __future__ import annotations

import email
import re
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cached_property
from html import unescape
from urllib.parse import parse_qs, unquote

from tests.headers import POLICY


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """What a `mailto:` link has filled in."""

    to: str
    subject: str
    body: str


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The mail that is answered: our own, so the standard library may read it."""

    message: EmailMessage
    raw: bytes
    sender: str = ""  # of the envelope, where bounces go

    @classmethod
    def of(cls, raw: bytes, sender: str = "") -> Seen:
        """Read a mail of ours."""
        parsed = email.message_from_bytes(raw, policy=POLICY)
        assert isinstance(parsed, EmailMessage)
        return cls(message=parsed, raw=raw, sender=sender)

    @cached_property
    def text(self) -> str:
        """Its plain text."""
        part = self.message.get_body(("plain",))
        assert part is not None
        return str(part.get_content()).replace("\r\n", "\n")

    @cached_property
    def html(self) -> str:
        """Its HTML, or its text as HTML."""
        part = self.message.get_body(("html",))
        return str(part.get_content()) if part is not None else f"<pre>{self.text}</pre>"

    @cached_property
    def whole(self) -> str:
        """Everything that anybody could find in it: as it came, and as it is read."""
        return self.raw.decode(errors="replace") + self.text + self.html

    @cached_property
    def calendar(self) -> str:
        """The invitation that it carries, its long lines put together again; empty for none."""
        parts = (one for one in self.message.walk() if one.get_content_type() == "text/calendar")
        found = next((str(one.get_content()) for one in parts), "")
        return found.replace("\r", "").replace("\n ", "")

    @property
    def from_(self) -> str:
        """The address in From."""
        return str(self.message["From"].addresses[0].addr_spec)

    @property
    def answer_to(self) -> str:
        """Where an answer goes: Reply-To, else From."""
        return str(self.message["Reply-To"] or self.message["From"])

    def address(self, verb: str) -> str:
        """The address that asks for something, out of the one that it is answered to."""
        address = str(self.message["Reply-To"].addresses[0].addr_spec)
        name, _, token = address.rpartition("+")
        return f"{name}+{verb}.{token.partition('.')[2]}"

    def ready(self, verb: str) -> Ready:
        """The mail that a link opens in the reader's program, ready to be sent."""
        links = re.findall(r'href="mailto:([^"?]+)\?([^"]+)"', self.html)
        found = {unquote(to): rest for to, rest in links}
        to, rest = min((to, rest) for to, rest in found.items() if f"+{verb}." in to)
        fields = parse_qs(unescape(rest))
        body = fields.get("body", [""])[0].replace("\r\n", "\n")
        return Ready(to=to, subject=fields["subject"][0], body=body)

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
