"""Plain text → HTML that shows the same and can do nothing: paragraphs, line breaks, links.

Time grows with the length of the text and no faster, whatever the text is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)*\n")
_SPACES = re.compile(r"(?<=[ \n])[ ]|^[ ]")
_LINK = re.compile(r"https?://[!-~]{1,2000}|[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,253}")
_IS_LINK = re.compile(r"https?://[^/?#.@]+[^/?#@]*(?:[/?#].*)?", re.IGNORECASE)
_IS_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_ENDS = ".,;:!?'*_"
_OPENING = {")": "(", "]": "[", "}": "{"}


def to_html(text: str) -> str:
    """The text as `<p>` elements, escaped, with http(s) and mail addresses as links."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ").strip("\n")
    paragraphs = (part.strip("\n") for part in _BLANK_LINES.split(text.rstrip()))
    return "\n".join(f"<p>{_paragraph(part)}</p>" for part in paragraphs if part.strip())


def to_lines(text: str) -> str:
    """The text in one piece with `<br>` for line ends: for a place that already is a block."""
    return _paragraph(text.replace("\r\n", "\n").replace("\r", "\n"))


def linked(text: str) -> str:
    """A piece of a line, escaped, with its links; its spaces stay as they are."""
    return _with_links(text, escape)


def _paragraph(text: str) -> str:
    return _with_links(text, _plain)


def _with_links(text: str, plain: Callable[[str], str]) -> str:
    out: list[str] = []
    end = 0
    for found in _LINK.finditer(text):
        link = _without_punctuation(re.split(r"[<>\"]", found[0], maxsplit=1)[0])
        if found.start() < end or not (href := _href(link)):
            continue
        out.append(plain(text[end : found.start()]))
        out.append(f'<a href="{escape(href)}">{escape(link)}</a>')
        end = found.start() + len(link)
    out.append(plain(text[end:]))
    return "".join(out)


def _href(link: str) -> str:
    if _IS_LINK.fullmatch(link):
        return link
    return f"mailto:{link}" if _IS_ADDRESS.fullmatch(link) else ""


def _plain(text: str) -> str:
    # Word, which shows mails in Outlook, knows no `white-space: pre-wrap`.
    spaced = _SPACES.sub("\u00a0", text)
    return escape(spaced).replace("\n", "<br>\n")


def _without_punctuation(link: str) -> str:
    """The link without the sentence's own punctuation; brackets stay where they are in pairs."""
    while link:
        last = link[-1]
        opening = _OPENING.get(last)
        if last not in _ENDS and (opening is None or link.count(opening) >= link.count(last)):
            break
        link = link[:-1]
    return link
