"""A mail program: what it makes of an answer, of a mail that is passed on, and of a new one."""

from __future__ import annotations

import base64
import html
import quopri
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from tests.clients import forwards
from tests.clients.answer import Answer
from tests.clients.as_html import LOGO
from tests.clients.forwards import Inner
from tests.clients.notice import Seen
from tests.clients.when import NOW
from tests.headers import POLICY

# What some still write in.
_CHARSETS = {("mail.ru", "ru"): "koi8-r", ("yandex", "uk"): "windows-1251"}
_CHARSETS |= {("outlook", "ja"): "iso-2022-jp", ("outlook", "zh"): "gb18030"}
_CHARSETS |= {("outlook", "de"): "windows-1252", ("yahoo", "pl"): "iso-8859-2"}
_WIRE = POLICY.clone(linesep="\r\n", max_line_length=200)
# A mail's headers as Exchange would grow the index: any five octets below those of its parent.
_CHILD = b"\x01\x02\x03\x04\x10"

Writer = Callable[[Answer], str]


@dataclass(frozen=True, slots=True)
class Program:
    """A mail program: the body that it makes, as text and as HTML, and how it sends them."""

    name: str
    text: Writer
    html: Writer
    mailer: str = ""  # the header by which it names itself
    encoding: str = "base64"
    re: str = "Re: "
    fwd: str = "Fwd: "
    keeps_index: bool = False  # Thread-Index, as all of Microsoft's do
    plain: Writer | None = None  # a mail without HTML, where that is another text
    forwards_as: str = ""  # whose forwards it writes, where they are another's

    def send(
        self,
        answer: Answer,
        *,
        from_: str,
        as_html: bool = True,
        as_text: bool = True,
        to: str = "",
        cc: str = "",
        message_id: str = "",
    ) -> bytes:
        """The answer as a mail, in one form or in both; to where the mail says, or elsewhere."""
        seen = answer.seen
        head = self._head(from_, to or seen.answer_to, cc, message_id)
        head["Subject"] = f"{self.re}{seen.subject.partition(': ')[2]}"
        head["In-Reply-To"] = seen.id
        head["References"] = seen.references
        if self.keeps_index and (index := seen.message["Thread-Index"]):
            head["Thread-Topic"] = str(seen.message["Thread-Topic"])
            child = base64.b64decode(str(index)) + _CHILD
            head["Thread-Index"] = base64.b64encode(child).decode()
        in_text = self.text if as_html or not self.plain else self.plain
        text = in_text(answer) if as_text else ""
        page = self.html(answer) if as_html else ""
        logo = answer.logo if page else b""
        return self._mail(head, text, page, answer.language, logo, said=answer.said())

    def answer(
        self,
        raw: bytes,
        words: str,
        *,
        from_: str,
        place: str = "top",
        as_html: bool = True,
        as_text: bool = True,
    ) -> bytes:
        """An answer in English to a mail as it came."""
        answer = Answer(seen=Seen.of(raw), questions=(), words=(words,), place=place, language="en")
        return self.send(answer, from_=from_, as_html=as_html, as_text=as_text)

    def forward(
        self, inner: Inner, words: str, *, from_: str, to: str, language: str, as_html: bool
    ) -> bytes:
        """A mail that is passed on with words above it; English where it has no such language."""
        style = forwards.style_of(self.forwards_as or self.name, language)
        head = self._head(from_, to, "", "")
        head["Subject"] = f"{self.fwd}{inner.subject}"
        text = "" if as_html else forwards.plain(style, inner, words)
        page = forwards.html_form(style, inner, words) if as_html else ""
        return self._mail(head, text, page, language)

    def write(
        self,
        words: str,
        *,
        from_: str,
        to: str,
        subject: str,
        cc: str = "",
        as_html: bool = True,
        message_id: str = "",
    ) -> bytes:
        """A mail that answers nothing."""
        head = self._head(from_, to, cc, message_id)
        head["Subject"] = subject
        lines = "".join(f"<div>{html.escape(one) or '<br>'}</div>" for one in words.split("\n"))
        page = f"<html><body>{lines}</body></html>" if as_html else ""
        return self._mail(head, words, page, "en")

    def _head(self, from_: str, to: str, cc: str, message_id: str) -> EmailMessage:
        head = EmailMessage(policy=POLICY)
        head["From"] = from_
        head["To"] = to
        if cc:
            head["Cc"] = cc
        head["Message-ID"] = message_id or make_msgid(domain=f"mail.{self.name}.example")
        head["Date"] = format_datetime(NOW)
        head["MIME-Version"] = "1.0"
        if self.mailer:
            name, _, value = self.mailer.partition(": ")
            head[name] = value
        return head

    def _mail(
        self,
        head: EmailMessage,
        text: str,
        page: str,
        language: str,
        logo: bytes = b"",
        *,
        said: str = "",
    ) -> bytes:
        charset = _CHARSETS.get((self.name, language), "utf-8")
        if said.encode(charset, "ignore").decode(charset) != said:
            charset = "utf-8"  # as all of them do where what is typed needs it
        forms = (("plain", text), ("html", page))
        parts = [b"".join(self._part(kind, body, charset)) for kind, body in forms if body]
        # Without a payload of its own its octets end in the empty line below the headers.
        above = head.as_bytes(policy=_WIRE)
        above = above.removesuffix(b"\r\n")
        if logo:
            parts[-1] = _with_picture(parts[-1], logo)
        if len(parts) == 1:
            return above + parts[0]
        bodies = b"".join(b"--=_b\r\n" + part + b"\r\n" for part in parts)
        kind = b'Content-Type: multipart/alternative; boundary="=_b"\r\n\r\n'
        return above + kind + bodies + b"--=_b--\r\n"

    def _part(self, kind: str, body: str, charset: str) -> Iterator[bytes]:
        octets = body.encode(charset, "replace")
        yield f"Content-Type: text/{kind}; charset={charset}\r\n".encode()
        yield f"Content-Transfer-Encoding: {self.encoding}\r\n\r\n".encode()
        match self.encoding:
            case "base64":
                octets = base64.encodebytes(octets.replace(b"\n", b"\r\n"))
            case "quoted-printable":
                octets = quopri.encodestring(octets)
        yield b"\r\n".join(octets.splitlines())


def _with_picture(page: bytes, logo: bytes) -> bytes:
    kind = b'Content-Type: multipart/related; boundary="=_r"; type="text/html"\r\n\r\n'
    head = (
        'Content-Type: image/png; name="image001.png"\r\n'
        'Content-Disposition: inline; filename="image001.png"\r\n'
        f"Content-ID: <{LOGO}>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    coded = base64.encodebytes(logo).replace(b"\n", b"\r\n")
    return b"".join(
        [kind, b"--=_r\r\n", page, b"\r\n--=_r\r\n", head.encode(), coded, b"--=_r--\r\n"]
    )
