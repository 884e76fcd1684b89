"""Proton Mail: English attribution in every language, `protonmail_quote`."""

from __future__ import annotations

from html import escape

from tests.clients.answer import Answer, proton_led
from tests.clients.as_html import page, signed_html
from tests.clients.as_text import marked
from tests.clients.program import Program

_SIGNED = (
    '<div class="protonmail_signature_block"><div class="protonmail_signature_block-user">',
    "</div></div>",
)


def text(answer: Answer) -> str:
    """The text part."""
    return marked(answer, proton_led(answer) + "\n", signed=answer.signed())


def html(answer: Answer) -> str:
    """The HTML part."""
    before = f'<div class="protonmail_quote">{escape(proton_led(answer))}<br>'
    opened = '<blockquote class="protonmail_quote" type="cite">'
    return page(answer, before, opened, "</blockquote>", "</div>", signed_html(answer, _SIGNED))


PROGRAM = Program("proton", text, html)
