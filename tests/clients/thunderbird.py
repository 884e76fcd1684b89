"""Thunderbird: flowed text with `>` quotes under an attribution, or HTML with moz-cite-prefix."""

from __future__ import annotations

import html
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr

from tests.clients import phrases
from tests.clients.answer import Answer
from tests.clients.as_html import page, signed_html
from tests.clients.as_text import marked
from tests.clients.notice import Seen
from tests.clients.program import Program
from tests.clients.when import NOW

_SIGNED = ('<pre class="moz-signature" cols="72">-- <br>', "</pre>")


def text_of(answer: Answer) -> str:
    """The text part; a signature has `-- ` above it."""
    led = answer.led(phrases.THUNDERBIRD[answer.language])
    return marked(answer, led, width=72, signed=answer.signed(mark="-- \n"))


def html_of(answer: Answer) -> str:
    """The HTML part."""
    led = html.escape(answer.led(phrases.THUNDERBIRD[answer.language]))
    before = f'<div class="moz-cite-prefix">{led}<br></div>'
    opened = '<blockquote type="cite" cite="mid:x@us.example">'
    return page(answer, before, opened, "</blockquote>", "", signed_html(answer, _SIGNED))


PROGRAM = Program("thunderbird", text_of, html_of)


def answer(
    raw: bytes, words: str, *, from_: str, below: bool = False, as_html: bool = False
) -> bytes:
    """The reply that Thunderbird sends; `below` puts the words under the quote, as some do."""
    seen = Seen.of(raw)
    mail = EmailMessage()
    mail["Message-ID"] = make_msgid(domain="thunderbird.example")
    mail["Date"] = format_datetime(NOW)
    mail["MIME-Version"] = "1.0"
    mail["User-Agent"] = "Mozilla Thunderbird"
    mail["Subject"] = seen.subject
    mail["To"] = seen.answer_to
    mail["References"] = seen.references
    mail["From"] = from_
    mail["In-Reply-To"] = seen.id
    name = parseaddr(str(seen.message["From"]))[0]
    led = f"On 22.11.26 10:12, {name} wrote:"
    if as_html:
        mail.set_content(_html(seen, words, led, below), subtype="html")
    else:
        quote = "\n".join(f"> {line}".rstrip() for line in seen.text.splitlines())
        quoted = f"{led}\n{quote}"
        mail.set_content(f"{quoted}\n\n{words}\n" if below else f"{words}\n\n{quoted}\n")
        mail.set_param("format", "flowed")
    return mail.as_bytes(policy=mail.policy.clone(linesep="\r\n"))


def _html(seen: Seen, words: str, led: str, below: bool) -> str:
    said = "<br>".join(html.escape(line) for line in words.split("\n"))
    quote = (
        f'<div class="moz-cite-prefix">{html.escape(led)}<br></div>'
        f'<blockquote type="cite" cite="mid:{seen.id.strip("<>")}">{seen.html}</blockquote>'
    )
    body = f"{quote}<p>{said}</p>" if below else f"<p>{said}</p>{quote}"
    return f'<!DOCTYPE html><html><head><meta charset="UTF-8"></head><body>{body}</body></html>'
