"""Samsung Email on Galaxy telephones: a ruled title, a header of four lines, no marks.

The HTML names the beginning by a comment, `originalMessage`; the device's line is the
`composer_signature`, in whose place people write their own.
"""

from __future__ import annotations

from html import escape

from tests.clients import phrases
from tests.clients.answer import Answer, samsung_header
from tests.clients.as_html import lines_html, page
from tests.clients.as_text import bare
from tests.clients.program import Program


def text(answer: Answer) -> str:
    """The text part."""
    return bare(
        answer, samsung_header(answer), answer.signed(phrases.SAMSUNG_DEVICE[answer.language])
    )


def html(answer: Answer) -> str:
    """The HTML part."""
    lines = "".join(f"<div>{escape(line)}</div>" for line in samsung_header(answer).split("\n"))
    device = lines_html(answer) or phrases.SAMSUNG_DEVICE[answer.language]
    signed = f'<div id="composer_signature"><div style="font-size:85%">{device}</div></div>'
    before = f'<div style="font-size:100%"><!-- originalMessage -->{lines}<div><br></div></div>'
    return page(answer, before, "<div>", "</div>", "", signed)


PROGRAM = Program("samsung", text, html)
