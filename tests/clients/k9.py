"""K-9 Mail and Thunderbird for Android: `gmail_quote` as Gmail has it, marks without a space.

The signature has `-- ` above it, in HTML within the `k9mail-signature`.
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
    led = answer.led(phrases.K9[answer.language])
    signed = answer.signed(phrases.K9_DEVICE[answer.language], mark="-- \n")
    return marked(answer, led, mark=">", width=72, signed=signed)


def html(answer: Answer) -> str:
    """The HTML part."""
    led = escape(answer.led(phrases.K9[answer.language]))
    own = lines_html(answer) or phrases.K9_DEVICE[answer.language]
    signed = f"<br><div class='k9mail-signature'>-- <br>{own}</div>"
    before = f'<div class="gmail_quote"><div dir="auto">{led}</div>'
    style = "margin: 0pt 0pt 1ex 0.8ex; border-left: 1px solid #729fcf; padding-left: 1ex;"
    opened = f'<blockquote class="gmail_quote" style="{style}">'
    return page(answer, before, opened, "</blockquote>", "</div>", signed)


PROGRAM = Program(
    "k-9", text, html, mailer="User-Agent: K-9 Mail for Android", encoding="quoted-printable"
)
