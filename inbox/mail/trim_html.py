"""Where mail programs mark their quotes in HTML: text above, text from there on."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from inbox.mail.html_text import MARK, root_of, write_text

# What every known marker contains: HTML without it is not parsed at all.
_ANY = re.compile(
    r"gmail_quote|divRplyFwdMsg|appendonsend|type=[\"']?cite|moz-cite-prefix|yahoo_quoted|OutlookMessageHeader|"
    r"border-top:\s*solid|border:\s*none;\s*border-top|protonmail_quote|zmail_extra|ms-outlook-mobile-reference|"
    r"mail-quote|gmail_extra|quoted-text|gmx_quote|data-marker=[\"']__QUOTED|WPS_WORD|tutanota_quote|stopSpelling|"
    r"name=[\"']quote|mailbox_quote|replyHeader|BLOCKQUOTE_|reply-intro|mailru-blockquote|yandex",
    re.I,
)
# Everything from these on is the quote, whatever follows.
_TO_THE_END = (
    "#divRplyFwdMsg, #appendonsend, #stopSpelling, div.OutlookMessageHeader, #OutlookMessageHeader, "
    "#ms-outlook-mobile-reference-message, div.yahoo_quoted, #yahoo_quoted, div.protonmail_quote, "
    "div.zmail_extra, [data-marker='__QUOTED_TEXT__'], #replySplit, #mail-editor-reference-message-container, "
    "div[style*='border-top:solid'], div[style*='border-top: solid']"
)
# These are quotes as long as no own words follow them.
_QUOTES = (
    "div.gmail_quote, div.gmail_quote_container, blockquote.gmail_quote, div.gmail_extra, blockquote[type=cite], "
    "div.moz-cite-prefix, blockquote.protonmail_quote, blockquote.tutanota_quote, div[name=quote], div.gmx_quote"
)
_BORDER = re.compile(
    r"border-top:\s*solid\s+#?\w+\s+[\d.]+pt|border:\s*none;\s*border-top:\s*solid", re.I
)


def split_html(html: str) -> tuple[str, str] | None:
    """Text above the first marked quote and text from there on; None when no quote to the end is marked."""
    if not _ANY.search(html):
        return None
    root = root_of(html)
    if root is None:
        return None
    nodes = [node for node in root.css(_TO_THE_END) if _is_header(node)]
    marks = frozenset(node.mem_id for node in nodes[:1])
    quotes = frozenset(node.mem_id for node in root.css(_QUOTES)[:500])
    text = write_text(root, marks | quotes)
    return _split(text)


def _split(text: str) -> tuple[str, str] | None:
    if MARK not in text:
        return None
    top, _, rest = text.partition(MARK)
    return top, rest.replace(MARK, "")


def _is_header(node: LexborNode) -> bool:
    style = node.attributes.get("style") or ""
    if node.attributes.get("id") or "class" in node.attributes or "data-marker" in node.attributes:
        return True
    return bool(_BORDER.search(style))
