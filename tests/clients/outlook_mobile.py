"""Outlook for iOS and Android: a line that offers the program, then all that is answered in one.

The line is a `div` named `ms-outlook-mobile-signature`; people put their signature in its place.
"""

from __future__ import annotations

from tests.clients import phrases
from tests.clients.answer import Answer, outlook_header
from tests.clients.as_html import header_html, lines_html, page
from tests.clients.as_text import bare
from tests.clients.program import Program

_OFFER = '<a href="https://aka.ms/o0ukef">{}</a>'


def text(answer: Answer) -> str:
    """The text part."""
    device = phrases.OUTLOOK_MOBILE[answer.language] + "<https://aka.ms/o0ukef>"
    return bare(answer, "_" * 32 + "\n" + outlook_header(answer), answer.signed(device))


def html(answer: Answer) -> str:
    """The HTML part."""
    device = phrases.OUTLOOK_MOBILE[answer.language]
    signed = (
        '<div id="ms-outlook-mobile-signature"><div><br></div>'
        f"{lines_html(answer) or _OFFER.format(device)}</div>"
    )
    header = header_html(outlook_header(answer)).replace("b>", "strong>")
    before = (
        '<div id="mail-editor-reference-message-container" dir="auto"><br>'
        '<hr style="display:inline-block;width:98%" tabindex="-1">'
        f'<div id="divRplyFwdMsg" style="font-size: 11pt;">{header}</div><br>'
    )
    return page(answer, before, "<div>", "</div>", "</div>", signed)


PROGRAM = Program(
    "outlook-mobile", text, html, encoding="quoted-printable", fwd="Fw: ", keeps_index=True
)
