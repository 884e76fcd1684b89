"""Apple Mail on a Mac: `blockquote type="cite"`, with the attribution inside of the quote.

The text part marks with `> `, the attribution as well, not wrapped. A signature stands where the
person put it, usually below the words and above the quote; nothing marks it.
"""

from __future__ import annotations

from html import escape

from tests.clients import phrases
from tests.clients.answer import Answer
from tests.clients.as_html import page, signed_html
from tests.clients.as_text import marked
from tests.clients.program import Program

_SIGNED = ("<div><br></div>", "")


def text(answer: Answer) -> str:
    """The text part."""
    led = "> " + answer.led(phrases.APPLE[answer.language]) + "\n> "
    return marked(answer, led, signed=answer.signed())


def html(answer: Answer) -> str:
    """The HTML part."""
    led = escape(answer.led(phrases.APPLE[answer.language]))
    led = f'<div>{led}</div><br class="Apple-interchange-newline">'
    before = f'<blockquote type="cite">{led}</blockquote>'
    opened = '<blockquote type="cite"><div>'
    signed = signed_html(answer, _SIGNED)
    written = page(answer, before, opened, "</div></blockquote>", "", signed)
    # One quote, until somebody writes within it.
    return written.replace(f"{before}{opened}", f'<blockquote type="cite">{led}<div>', 1)


PROGRAM = Program(
    "apple",
    text,
    html,
    mailer="X-Mailer: Apple Mail (2.3826.700.81)",
    encoding="quoted-printable",
)
