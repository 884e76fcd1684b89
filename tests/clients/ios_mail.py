"""Mail of iPhone and iPad: as Apple Mail, with a mark before the attribution and the device's line.

The device's line stands between words and quote, whatever signature the person chose in its place;
in HTML an empty line named `lineBreakAtBeginningOfSignature` announces it.
"""

from __future__ import annotations

from html import escape

from tests.clients import phrases
from tests.clients.answer import Answer
from tests.clients.as_html import lines_html, page
from tests.clients.as_text import marked
from tests.clients.program import Program


def text(answer: Answer) -> str:
    """The text part."""
    led = "> " + answer.led(phrases.APPLE[answer.language]) + "\n>"
    return marked(answer, led, signed=answer.signed(phrases.IPHONE[answer.language]))


def html(answer: Answer) -> str:
    """The HTML part."""
    led = escape(answer.led(phrases.APPLE[answer.language]))
    own = lines_html(answer) or phrases.IPHONE[answer.language]
    device = f'<br id="lineBreakAtBeginningOfSignature"><div>{own}</div>'
    before = f'<div><br><blockquote type="cite">{led}<br><br></blockquote></div>'
    opened = '<blockquote type="cite"><div>\ufeff'
    return page(answer, before, opened, "</div></blockquote>", "", device)


PROGRAM = Program("iphone", text, html, mailer="X-Mailer: iPhone Mail (22H31)", forwards_as="apple")
