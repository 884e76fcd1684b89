"""Outlook on the web (Microsoft 365 and Exchange's OWA): `divRplyFwdMsg` under a short rule.

The header stands in a `font` element between `appendonsend` and an empty line, the quote below it
has no element of its own and no mark; the text part rules it off with 32 underscores, and has the
targets of links behind their words. The signature is a `div` named `Signature`.
"""

from __future__ import annotations

from tests.clients.answer import Answer, outlook_header
from tests.clients.as_html import header_html, page, signed_html
from tests.clients.as_text import bare, linked
from tests.clients.program import Program

_SIGNED = ('<div id="Signature">', "</div>")


def text(answer: Answer) -> str:
    """The text part."""
    return linked(
        bare(
            answer,
            "_" * 32 + "\n" + outlook_header(answer),
            signed=answer.signed(),
            signs_above=True,
        )
    )


def html(answer: Answer) -> str:
    """The HTML part."""
    before = (
        '<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">'
        '<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" color="#000000">'
        f"{header_html(outlook_header(answer))}</font><div>&nbsp;</div></div>"
    )
    return page(
        answer, before, "<div>", "</div>", "", signed_html(answer, _SIGNED), signs_above=True
    )


PROGRAM = Program(
    "outlook-web", text, html, encoding="quoted-printable", fwd="Fw: ", keeps_index=True
)
