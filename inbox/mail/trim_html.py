"""Where mail programs mark quotes and signatures in HTML: text above, text from there on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from inbox.mail.attribution import is_footer
from inbox.mail.header_block import read_block
from inbox.mail.html_text import root_of, write_text

# One of these is in every known marker, in lower case: HTML without them is not parsed at all.
_ANY = re.compile(
    r"quote|gmail_attr|gmail_extra|rplyfwdmsg|appendonsend|moz-cite-prefix|outlookmessageheader|"
    r"border-top:|zmail_extra|reference-message|stopspelling|replysplit|olk_src_body|"
    r"messagereplysection|hmmessage|history|isreplycontent|signature|zwchr|yj6qo"
)
# Everything from these on is the quote, whatever follows.
_TO_THE_END = (
    "#divRplyFwdMsg, #x_divRplyFwdMsg, #appendonsend, #stopSpelling, div.OutlookMessageHeader, "
    "#OutlookMessageHeader, #OLK_SRC_BODY_SECTION, "
    "#ms-outlook-mobile-reference-message, .ms-outlook-mobile-reference-message, "
    "#mail-editor-reference-message-container, "
    "div.yahoo_quoted, #yahoo_quoted, div.yahoo-quoted-begin, [data-marker='__QUOTED_TEXT__'], "
    "[data-marker='__DIVIDER__'], #zwchr, #replySplit, #isReplyContent, "
    "div[name=messageReplySection], div.lark-mail-quote, div.history-quote-wrapper, "
    "div[style*='border-top:solid'], div[style*='border-top: solid']"
)
# The line above a quote, or the box around both: the quote begins here if nobody answers below it.
_BOXES = (
    "div.gmail_extra, div.gmail_quote, div.gmail_quote_container, div.gmail_attr, "
    "div.moz-cite-prefix, div[name=quote], div.gmx_quote, div.protonmail_quote, "
    "div.tutanota_quote, div.zmail_extra, div.zmail_extra_hr, div.missive_quote, "
    "div.front-quote, div.sh-quoted-content, div.mail-quote-collapse, div.mail_quote, "
    "#mail-app-auto-quote, div.proton-quote, div.nylas-quote, div.quoted-text"
)
_BLOCKQUOTES = (
    "blockquote.gmail_quote, blockquote[type=cite], blockquote[cite], blockquote.protonmail_quote, "
    "blockquote.tutanota_quote, blockquote.front-blockquote, blockquote.missive_quote, "
    "blockquote[class*='wmi-quote'], blockquote#qt, blockquote.clean_bq, "
    "blockquote#CanaryBlockquote"
)
_SIGNATURES = (
    "div.gmail_signature, [data-smartmail='gmail_signature'], .moz-signature, #Signature, "
    "#x_Signature, #ms-outlook-mobile-signature, .ms-outlook-ios-signature, "
    "#ms-outlook-ios-signature, #AppleMailSignature, #composer_signature, #mail-app-auto-"
    "default-signature, div.protonmail_signature_block, div[name=messageSignatureSection], "
    "div.missive_signature, div.sh-signature, div.k9mail-signature, div.front-signature, "
    "#ymail_android_signature, #lineBreakAtBeginningOfSignature"
)
_END, _BEGIN, _OPEN, _CLOSE, _SIGN, _SIGNED = "\x1c", "\x1d", "\x1e", "\x1f", "\x0e", "\x0f"
_MARKS = frozenset((_END, _BEGIN, _OPEN, _CLOSE, _SIGN, _SIGNED))
_BORDER = re.compile(
    r"border-top:\s*solid\s+#?\w+\s+[\d.]+pt|border:\s*none;\s*border-top:\s*solid", re.I
)

_DELIMITER = re.compile(r"[\s>]*--\s*")
_LABEL_END = re.compile(r"[:：]")
_MOST_READ = 10


@dataclass(frozen=True, slots=True)
class Marked:
    """What the marks say: `rest` is the quote to the end, "" when none is; `is_answered` when
    somebody wrote below a quote, so that it cannot be cut; `signature` stands above the quote.
    """

    top: str
    rest: str = ""
    signature: str = ""
    is_answered: bool = False


def split_html(html: str) -> tuple[str, str] | None:
    """Text above the first marked quote and text from there on; None when no quote to the end is
    marked.
    """
    marked = read_marks(html)
    return (marked.top, marked.rest) if marked and marked.rest else None


def read_marks(html: str) -> Marked | None:
    """What a program's marks say of the HTML; None where it has none."""
    if not _ANY.search(html.lower()):
        return None
    root = root_of(html)
    if root is None:
        return None
    marks: dict[int, str] = {}
    for selector, mark in (
        (_SIGNATURES, _SIGN + _SIGNED),
        (_BLOCKQUOTES, _OPEN + _CLOSE),
        (_BOXES, _BEGIN),
        (_TO_THE_END, _END),
    ):
        for at, node in enumerate(root.css(selector)[:500]):
            if mark != _END or _is_header(node, at):
                marks[node.mem_id] = mark
    return _read(write_text(root, marks)) if marks else None


def _read(text: str) -> Marked:
    """Cut at the first mark; an answer below or between the quotes makes the cut impossible."""
    lines, signature, last = _without_signatures(text.split("\n"))
    first = next((at for at, line in enumerate(lines) if line in _MARKS), -1)
    if first < 0:
        return Marked(top="\n".join(lines), signature=signature)
    top = "\n".join(lines[:first])
    if _is_answered(lines, first):
        return Marked(top=top, signature=last, is_answered=True)
    rest = [line for line in lines[first:] if line not in _MARKS]
    return Marked(top=top, rest="\n".join(rest), signature=signature)


def _without_signatures(lines: list[str]) -> tuple[list[str], str, str]:
    """The lines without the marks of signatures, the last signature above the first quote, and the
    last one of all.

    A signature below a quote goes: it is no answer.
    """
    kept: list[str] = []
    signature: list[str] = []
    last: list[str] = []
    depth = quoted = 0
    for line in lines:
        if line in (_SIGN, _SIGNED):
            depth = max(0, depth + (1 if line == _SIGN else -1))
            if line == _SIGN and depth == 1:
                if quoted and kept and _DELIMITER.fullmatch(kept[-1]):
                    kept.pop()
                last = []
                signature = last if not quoted else signature
            continue
        quoted += line in _MARKS
        if depth and line not in _MARKS:
            last.append(line)
            if quoted:
                continue
        kept.append(line)
    return kept, "\n".join(signature).strip(), "\n".join(last).strip()


def _is_answered(lines: list[str], first: int) -> bool:
    depth = 0
    closed = False
    for at in range(first, len(lines)):
        line = lines[at]
        if line == _END:
            return False
        if line in (_OPEN, _CLOSE):
            depth += 1 if line == _OPEN else -1
            closed = closed or line == _CLOSE
        elif closed and depth <= 0 and line.strip("> \t"):
            return not is_footer([one for one in lines[at:] if one not in _MARKS], 0)
    return False


def _is_header(node: LexborNode, at: int) -> bool:
    """True for a box with a program's name on it, or a line above and `Word: value` below it."""
    style = node.attributes.get("style") or ""
    if any(node.attributes.get(name) for name in ("id", "class", "name", "data-marker")):
        return True
    # Boxes may stand in boxes: the text of all of them together has no bound.
    return bool(_BORDER.search(style)) and (at >= _MOST_READ or _has_labels(node))


def _has_labels(node: LexborNode) -> bool:
    text = node.text()[:4000].strip()
    first = read_block([text], 0, least=1)
    return (first is not None and "from" in first.fields) or len(_LABEL_END.findall(text)) >= 2
