"""Gmail, in a browser and as an app: a `gmail_quote_container` around attribution and quote.

The text part is wrapped at 76 characters, attribution included, with `> ` before each line. The
signature stands between words and quote, as `gmail_signature`; in the text part below `-- `.
"""

from __future__ import annotations

import textwrap
from html import escape

from tests.clients import phrases
from tests.clients.answer import Answer
from tests.clients.as_html import page, signed_html
from tests.clients.as_text import marked
from tests.clients.program import Program

_SIGNED = (
    '<br><span class="gmail_signature_prefix">-- </span><br>'
    '<div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature">',
    "</div>",
)


def text(answer: Answer) -> str:
    """The text part."""
    led = "\n".join(textwrap.wrap(answer.led(phrases.GMAIL[answer.language]), 76))
    return marked(answer, f"{led}\n", width=76, signed=answer.signed(mark="-- \n"))


def html(answer: Answer) -> str:
    """The HTML part."""
    led = escape(answer.led(phrases.GMAIL[answer.language]))
    before = (
        '<div class="gmail_quote gmail_quote_container">'
        f'<div dir="ltr" class="gmail_attr">{led}<br></div>'
    )
    opened = (
        '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;'
        'border-left:1px solid rgb(204,204,204);padding-left:1ex">'
    )
    return page(answer, before, opened, "</blockquote>", "</div>", signed_html(answer, _SIGNED))


PROGRAM = Program("gmail", text, html, encoding="quoted-printable")
