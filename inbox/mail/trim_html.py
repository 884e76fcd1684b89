"""Where mail programs mark their quotes in HTML: text above, text from there on."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from inbox.mail.attribution import is_footer
from inbox.mail.html_text import root_of, write_text

# One of these is in every known marker, in lower case: HTML without them is not parsed at all.
_ANY = (
    "gmail_quote",
    "gmail_attr",
    "gmail_extra",
    "divrplyfwdmsg",
    "appendonsend",
    "<blockquote",
    "moz-cite-prefix",
    "yahoo_quoted",
    "outlookmessageheader",
    "border-top:",
    "protonmail_quote",
    "zmail_extra",
    "ms-outlook-mobile-reference",
    "gmx_quote",
    "__quoted_text__",
    "stopspelling",
    "replysplit",
    "name=quote",
    'name="quote"',
    "mail-editor-reference",
)
# Everything from these on is the quote, whatever follows.
_TO_THE_END = (
    "#divRplyFwdMsg, #appendonsend, #stopSpelling, div.OutlookMessageHeader, "
    "#OutlookMessageHeader, "
    "#ms-outlook-mobile-reference-message, div.yahoo_quoted, #yahoo_quoted, div.protonmail_quote, "
    "div.zmail_extra, [data-marker='__QUOTED_TEXT__'], #replySplit, "
    "#mail-editor-reference-message-container, "
    "div[style*='border-top:solid'], div[style*='border-top: solid']"
)
# The line above a quote, or the box around both: the quote begins here if nobody answers below it.
_BOXES = (
    "div.gmail_extra, div.gmail_quote, div.gmail_quote_container, "
    " div.gmail_attr, div.moz-cite-prefix, "
    "div[name=quote], "
    "div.gmx_quote, div.protonmail_quote"
)
_BLOCKQUOTES = (
    "blockquote.gmail_quote, blockquote[type=cite], blockquote[cite], blockquote.protonmail_quote, "
    "blockquote.tutanota_quote"
)
_END, _BEGIN, _OPEN, _CLOSE = "\x1c", "\x1d", "\x1e", "\x1f"
_MARKS = frozenset((_END, _BEGIN, _OPEN, _CLOSE))
_BORDER = re.compile(
    r"border-top:\s*solid\s+#?\w+\s+[\d.]+pt|border:\s*none;\s*border-top:\s*solid", re.I
)


def split_html(html: str) -> tuple[str, str] | None:
    """Text above the first marked quote and text from there on; None when no quote to the end is
    marked.
    """
    folded = html.lower()
    if not any(mark in folded for mark in _ANY):
        return None
    root = root_of(html)
    if root is None:
        return None
    marks: dict[int, str] = {}
    for selector, mark in ((_BLOCKQUOTES, _OPEN + _CLOSE), (_BOXES, _BEGIN), (_TO_THE_END, _END)):
        for node in root.css(selector)[:500]:
            if mark != _END or _is_header(node):
                marks[node.mem_id] = mark
    return _split(write_text(root, marks)) if marks else None


def _split(text: str) -> tuple[str, str] | None:
    """Cut at the first mark; an answer below or between the quotes makes the cut impossible."""
    lines = text.split("\n")
    first = next((at for at, line in enumerate(lines) if line in _MARKS), -1)
    if first < 0:
        return None
    depth = 0
    closed = False
    for at in range(first, len(lines)):
        line = lines[at]
        if line == _END:
            break
        if line in (_OPEN, _CLOSE):
            depth += 1 if line == _OPEN else -1
            closed = closed or line == _CLOSE
        elif closed and depth <= 0 and line.strip("> \t"):
            if not is_footer(lines, at):
                return None
            break
    rest = [line for line in lines[first:] if line not in _MARKS]
    return "\n".join(lines[:first]), "\n".join(rest)


def _is_header(node: LexborNode) -> bool:
    style = node.attributes.get("style") or ""
    if node.attributes.get("id") or "class" in node.attributes or "data-marker" in node.attributes:
        return True
    return bool(_BORDER.search(style))
