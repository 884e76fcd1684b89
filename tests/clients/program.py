"""A mail program that answers: what it makes of an answer, as a mail."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass

from tests.clients.answer import Answer

# What some still write in.
_CHARSETS = {("mail.ru", "ru"): "koi8-r", ("yandex", "uk"): "windows-1251"}
_CHARSETS |= {("outlook", "ja"): "iso-2022-jp", ("outlook", "zh"): "gb18030"}
_CHARSETS |= {("outlook", "de"): "windows-1252", ("yahoo", "pl"): "iso-8859-2"}

Writer = Callable[[Answer], str]


@dataclass(frozen=True, slots=True)
class Program:
    """A mail program: the body that it makes, as text and as HTML."""

    name: str
    text: Writer
    html: Writer

    def send(self, answer: Answer, *, from_: str, as_html: bool, as_text: bool = True) -> bytes:
        """The mail, in one form or in both."""
        charset = _CHARSETS.get((self.name, answer.language), "utf-8")
        forms = [("plain", self.text(answer))] if as_text else []
        forms += [("html", self.html(answer))] if as_html else []
        parts = [_part(kind, body, charset) for kind, body in forms]
        head = (
            f"From: {from_}\r\nTo: {answer.seen.answer_to}\r\n"
            f"Subject: Re: boots\r\nMessage-ID: <{self.name}.1@customer.example>\r\n"
            f"In-Reply-To: {answer.seen.id}\r\nDate: Sun, 22 Nov 2026 10:30:00 +0000\r\n"
            "MIME-Version: 1.0\r\n"
        )
        if len(parts) == 1:
            return f"{head}{parts[0]}".encode()
        bodies = "".join(f"--=_b\r\n{part}\r\n" for part in parts)
        kind = 'Content-Type: multipart/alternative; boundary="=_b"'
        return f"{head}{kind}\r\n\r\n{bodies}--=_b--\r\n".encode()


def _part(kind: str, body: str, charset: str) -> str:
    octets = body.replace("\n", "\r\n").encode(charset, "replace")
    return (
        f"Content-Type: text/{kind}; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(octets).decode().replace("\n", "\r\n")
    )
