"""Outlook for Windows: HTML by Word, the mail answered below a ruled block of From/Sent/To/Subject.

It keeps Thread-Index and appends a child block, writes In-Reply-To and References, renames nothing
in the quoted HTML but wraps it in its own; the plain part repeats the block as lines.
"""

from __future__ import annotations

import base64
import html
import re
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from tests.clients.answer import Answer, outlook_header
from tests.clients.as_html import header_html, page, signed_html
from tests.clients.as_text import bare, linked
from tests.clients.links import safe_link
from tests.clients.notice import Seen
from tests.clients.program import Program
from tests.clients.when import NOW

_HEAD = (
    '<html xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>'
    '<meta name=Generator content="Microsoft Word 15 (filtered medium)"><style><!-- p.MsoNormal '
    "{margin:0in;font-size:11.0pt;font-family:Calibri,sans-serif;} --></style></head>"
    '<body lang=EN-US link="#0563C1" vlink="#954F72"><div class=WordSection1>'
)


_SIGNED = ("<p>&nbsp;</p><p>", "</p>")  # nothing marks it


def text_of(answer: Answer) -> str:
    """The text part; the service that watches clicks has put its own links in."""
    return linked(bare(answer, outlook_header(answer), signed=answer.signed(), signs_above=True))


def html_of(answer: Answer) -> str:
    """The HTML part, by Word."""
    border = (
        "<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'>"
        f"<p>{header_html(outlook_header(answer))}</p></div></div><p></p>"
    )
    signed = signed_html(answer, _SIGNED)
    return _word(page(answer, border, "<div>", "</div>", "", f"<p></p>{signed}", signs_above=True))


def _word(page: str) -> str:
    """All HTML goes through Word, its links through the service that watches clicks."""
    page = re.sub(
        r"(href=\")(https?://[^\"]+)", lambda m: m[1] + html.escape(safe_link(m[2])), page
    )
    page = re.sub(r"<p>(.*?)</p>", r"<p class=MsoNormal>\1<o:p></o:p></p>", page, flags=re.DOTALL)
    return page.replace("<p class=MsoNormal><o:p></o:p></p>", "<p class=MsoNormal>&nbsp;</p>")


PROGRAM = Program("outlook", text_of, html_of)


def answer(raw: bytes, words: str, *, from_: str, signature: str = "", cc: str = "") -> bytes:
    """The reply that Outlook sends: `words` above, everything else below."""
    seen = Seen.of(raw)
    mail = EmailMessage()
    mail["From"] = from_
    mail["To"] = seen.answer_to
    if cc:
        mail["Cc"] = cc
    mail["Subject"] = f"RE: {seen.message['Subject']}"
    mail["Thread-Topic"] = str(seen.message["Thread-Topic"] or seen.message["Subject"])
    if index := seen.message["Thread-Index"]:
        child = base64.b64decode(str(index)) + b"\x01\x02\x03\x04\x10"
        mail["Thread-Index"] = base64.b64encode(child).decode()
    mail["Date"] = format_datetime(NOW)
    mail["Message-ID"] = make_msgid(domain="EUR01.prod.outlook.example")
    mail["References"] = seen.references
    mail["In-Reply-To"] = seen.id
    mail["Accept-Language"] = "en-US"
    mail["X-Mailer"] = "Microsoft Outlook 16.0"
    block = {
        "From": str(seen.message["From"]),
        "Sent": "Sunday, November 22, 2026 10:12 AM",
        "To": str(seen.message["To"]),
        "Subject": str(seen.message["Subject"]),
    }
    plain = "\n".join(f"{name}: {value}" for name, value in block.items())
    below = "\r\n".join(seen.text.splitlines())
    mail.set_content(f"{words}\n\n{signature}\n\n{plain}\n\n{below}\n")
    mail.add_alternative(_html(words, signature, block, seen), subtype="html")
    return mail.as_bytes(policy=mail.policy.clone(linesep="\r\n"))


def _html(words: str, signature: str, block: dict[str, str], seen: Seen) -> str:
    paragraphs = "".join(_normal(html.escape(line)) for line in words.split("\n"))
    lines = "<br>".join(f"<b>{name}:</b> {html.escape(text)}" for name, text in block.items())
    ruled = (
        "<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'>"
        f"<p class=MsoNormal>{lines}<o:p></o:p></p></div></div>"
    )
    signed = _normal(html.escape(signature)) if signature else ""
    return (
        f"{_HEAD}{paragraphs}{_normal('&nbsp;')}{signed}{ruled}{_normal('&nbsp;')}"
        f"{_as_word_reads(seen.html)}</div></body></html>"
    )


def _as_word_reads(page: str) -> str:
    """With what is only for Word: it stands in the answer as if it had always been there."""
    return re.sub(r"<!--\[if mso\]>|<!\[endif\]-->", "", page)


def _normal(inner: str) -> str:
    return f"<p class=MsoNormal>{inner or '&nbsp;'}<o:p></o:p></p>"
