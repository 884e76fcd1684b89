"""The new Outlook for Windows: Outlook on the web in a window, in Aptos, each paragraph a proof.

Paragraphs are `div` of the class `elementToProof`, the signature a `div` named `Signature` between
words and quote, with a table for whoever had one made; the quote is that of the web, and has no
mark. The text part wraps nothing and rules the header off with 32 underscores.
"""

from __future__ import annotations

from tests.clients.answer import Answer, outlook_header
from tests.clients.as_html import header_html, page, signed_html
from tests.clients.as_text import bare
from tests.clients.program import Program

_STYLE = "font-family: Aptos, Calibri, Helvetica, sans-serif; font-size: 12pt;"
_SIGNED = (
    f'<div class="elementToProof" style="{_STYLE}"><br></div>'
    '<div id="Signature" class="elementToProof"><table><tbody><tr><td>',
    "</td></tr></tbody></table></div>",
)


def text(answer: Answer) -> str:
    """The text part."""
    return bare(
        answer, "_" * 32 + "\n" + outlook_header(answer), signed=answer.signed(), signs_above=True
    )


def html(answer: Answer) -> str:
    """The HTML part."""
    before = (
        '<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">'
        '<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" color="#000000" '
        f'style="font-size:11pt">{header_html(outlook_header(answer))}</font><div>&nbsp;</div></div>'
    )
    written = page(
        answer, before, "<div>", "</div>", "", signed_html(answer, _SIGNED), signs_above=True
    )
    return written.replace("<body><div>", f'<body><div class="elementToProof" style="{_STYLE}">', 1)


PROGRAM = Program(
    "outlook-new",
    text,
    html,
    encoding="quoted-printable",
    fwd="Fw: ",
    keeps_index=True,
    forwards_as="outlook-web",
)
