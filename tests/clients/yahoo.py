"""Yahoo Mail: `yahoo_quoted` with the attribution as a `div`; no marks in the text part.

The text part indents the attribution by four spaces.
"""

from __future__ import annotations

from html import escape

from tests.clients import phrases
from tests.clients.answer import Answer
from tests.clients.as_html import page, signed_html
from tests.clients.as_text import bare
from tests.clients.program import Program

_SIGNED = ('<div><br></div><div class="signature">', "</div>")


def text(answer: Answer) -> str:
    """The text part."""
    led = "    " + answer.led(phrases.YAHOO[answer.language]) + "  \n "
    return bare(answer, led, signed=answer.signed())


def html(answer: Answer) -> str:
    """The HTML part."""
    led = escape(answer.led(phrases.YAHOO[answer.language]))
    before = f'<div id="yahoo_quoted_1" class="yahoo_quoted"><div><div>{led}</div><div><br></div>'
    return page(
        answer, before, '<div id="yiv1">', "</div>", "</div></div>", signed_html(answer, _SIGNED)
    )


PROGRAM = Program(
    "yahoo",
    text,
    html,
    mailer="X-Mailer: WebService/1.1.24866 YMailNorrin",
    encoding="quoted-printable",
    fwd="Fw: ",
)
