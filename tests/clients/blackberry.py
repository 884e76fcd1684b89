"""BlackBerry Hub (BlackBerry 10 and its Android telephones): a header in a table, under a line.

The device's line, or the person's own, is the `_signaturePlaceholder`; the header's lines are
`div` of a table with a ruled top, the quote follows in a `div` named `BB10`. The text part puts no
mark and no rule, only the header.
"""

from __future__ import annotations

from html import escape

from tests.clients import phrases
from tests.clients.answer import Answer, outlook_header
from tests.clients.as_html import lines_html, page
from tests.clients.as_text import bare
from tests.clients.program import Program

_TOP = "border-style: solid none none; border-top-color: rgb(181, 196, 223); padding: 3pt 0in 0in;"


def text(answer: Answer) -> str:
    """The text part."""
    signed = answer.signed(phrases.BLACKBERRY[answer.language])
    return bare(answer, outlook_header(answer), signed=signed)


def html(answer: Answer) -> str:
    """The HTML part."""
    lines = (line.partition(":") for line in outlook_header(answer).split("\n"))
    header = "".join(f"<div><b>{label}: </b>{escape(value)}</div>" for label, _, value in lines)
    own = lines_html(answer) or phrases.BLACKBERRY[answer.language]
    before = (
        '<table width="100%" style="background-color:white;border-spacing:0px;"><tbody><tr>'
        f'<td colspan="2"><div style="{_TOP}">{header}</div></td></tr></tbody></table>'
    )
    signed = f'<div><br></div><div id="_signaturePlaceholder">{own}</div>'
    return page(answer, before, '<div name="BB10">', "</div>", "", signed)


PROGRAM = Program(
    "blackberry", text, html, mailer="X-Mailer: BlackBerry Email (10.3.3.3216)", fwd="Fw: "
)
