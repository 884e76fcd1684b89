"""Zoho Mail: English attribution between dashes in every language, `blockquote_zmail`."""

from __future__ import annotations

from html import escape

from tests.clients.answer import Answer, zoho_led
from tests.clients.as_html import page, signed_html
from tests.clients.as_text import bare
from tests.clients.program import Program

_SIGNED = ('<div id="Zm-_Id_-Sgn">', "</div>")


def text(answer: Answer) -> str:
    """The text part."""
    return bare(answer, zoho_led(answer), signed=answer.signed())


def html(answer: Answer) -> str:
    """The HTML part."""
    before = f'<div class="zmail_extra_hr"></div><div>{escape(zoho_led(answer))}</div>'
    opened = '<blockquote id="blockquote_zmail" style="margin: 0px;">'
    return page(answer, before, opened, "</blockquote>", "", signed_html(answer, _SIGNED))


PROGRAM = Program("zoho", text, html, mailer="X-Mailer: Zoho Mail")
