"""Outlook for Windows: HTML by Word, the mail answered below a ruled block of From/Sent/To/Subject.

It keeps Thread-Index and appends a child block, writes In-Reply-To and References, renames nothing
in the quoted HTML but wraps it in its own; the plain part repeats the block as lines.
"""

from __future__ import annotations

import re
from html import escape

from tests.clients import phrases
from tests.clients.answer import Answer, outlook_header
from tests.clients.as_html import header_html, page, signed_html
from tests.clients.as_text import bare, linked
from tests.clients.links import safe_link
from tests.clients.program import Program

_HEAD = (
    '<html xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>'
    '<meta name=Generator content="Microsoft Word 15 (filtered medium)"><style><!-- p.MsoNormal '
    "{margin:0in;font-size:11.0pt;font-family:Calibri,sans-serif;} --></style></head>"
    '<body lang=EN-US link="#0563C1" vlink="#954F72"><div class=WordSection1>'
)
_SIGNED = ("<p>&nbsp;</p><p>", "</p>")  # nothing marks it


def text(answer: Answer) -> str:
    """The text part; the service that watches clicks has put its own links in."""
    return linked(bare(answer, outlook_header(answer), signed=answer.signed(), signs_above=True))


def plain(answer: Answer) -> str:
    """The whole of a mail in text alone, which Outlook rules off with a title."""
    title = f"-----{phrases.OUTLOOK_ORIGINAL.get(answer.language, 'Original Message')}-----\n"
    return bare(answer, title + outlook_header(answer), signed=answer.signed(), signs_above=True)


def html(answer: Answer) -> str:
    """The HTML part, by Word."""
    border = (
        "<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'>"
        f"<p>{header_html(outlook_header(answer))}</p></div></div><p></p>"
    )
    signed = signed_html(answer, _SIGNED)
    signed = f"<p></p>{signed}"
    return _word(page(answer, border, "<div>", "</div>", "", signed, signs_above=True, tag="p"))


def _word(page: str) -> str:
    """All HTML goes through Word, its links through the service that watches clicks."""
    page = f"{_HEAD}{page.partition('<body>')[2].replace('</body>', '</div></body>')}"
    # What is only for Word stands in the answer as if it had always been there.
    page = re.sub(r"(?s)<!--\[if !mso\]><!-->.*?<!--<!\[endif\]-->", "", page)
    page = re.sub(r"<!--\[if mso\]>|<!\[endif\]-->", "", page).replace("<p><br></p>", "<p></p>")
    page = re.sub(r"(href=\")(https?://[^\"]+)", lambda m: m[1] + escape(safe_link(m[2])), page)
    page = re.sub(r"<p>(.*?)</p>", r"<p class=MsoNormal>\1<o:p></o:p></p>", page, flags=re.DOTALL)
    return page.replace("<p class=MsoNormal><o:p></o:p></p>", "<p class=MsoNormal>&nbsp;</p>")


PROGRAM = Program(
    "outlook",
    text,
    html,
    plain=plain,
    encoding="quoted-printable",
    re="RE: ",
    fwd="FW: ",
    keeps_index=True,
)
