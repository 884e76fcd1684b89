"""Thunderbird: flowed text with `>` quotes under an attribution, or HTML with moz-cite-prefix."""

from __future__ import annotations

from html import escape

from tests.clients import phrases
from tests.clients.answer import Answer
from tests.clients.as_html import page, signed_html
from tests.clients.as_text import marked
from tests.clients.program import Program

_SIGNED = ('<pre class="moz-signature" cols="72">-- <br>', "</pre>")


def text(answer: Answer) -> str:
    """The text part; a signature has `-- ` above it."""
    led = answer.led(phrases.THUNDERBIRD[answer.language])
    return marked(answer, led, width=72, signed=answer.signed(mark="-- \n"))


def html(answer: Answer) -> str:
    """The HTML part."""
    led = escape(answer.led(phrases.THUNDERBIRD[answer.language]))
    before = f'<div class="moz-cite-prefix">{led}<br></div>'
    opened = '<blockquote type="cite" cite="mid:x@us.example">'
    return page(answer, before, opened, "</blockquote>", "", signed_html(answer, _SIGNED))


PROGRAM = Program(
    "thunderbird", text, html, mailer="User-Agent: Mozilla Thunderbird", encoding="8bit"
)
