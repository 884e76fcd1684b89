"""Where a quoted mail begins: attribution lines, header blocks and separators, by their structure.

*An attribution* is one to four lines with an address or a date, a final colon and a quote below. *A
header block* is three or more lines `Word: value` with an address or sender's label and a date. Words
of languages are looked at only where structure alone could take a customer's list for a header.
"""

from __future__ import annotations

import re

from inbox.mail.header_block import read_block

_ADDRESS = re.compile(r"[^\s<>@()\[\]]{1,100}@[^\s<>@()\[\]]{1,200}|mailto:")
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}(?!\d|[./-]\d)|\d{1,2}\s?(?:[ap]\.?m\.?|uhr|時|点|시)", re.I)
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|(?:19|20)\d\d\s?[年년]|\d{1,2}[.]?\s\w{3,12}\.?,?\s(?:19|20)\d\d"
)
_COLON_END = re.compile(r"[:：](?:\s|[*_>\"'»”])*$")
_DASHES = re.compile(
    r"\s{0,8}(?:[-_=*─—–]{2,}\s*[^\W\d_][^-_=*─—–]{2,60}\s*[-_=*─—–]{2,}|[*]{2}[^*]{3,60}[*]{2})\s*$"
)
_RULE = re.compile(r"\s{0,4}[_─—–=-]{5,}\s*$")


def quote_begins(lines: list[str], at: int) -> bool:
    """True if the quoted mail begins at this line: attribution, header block or separator."""
    line = lines[at]
    if not line.strip() or len(line) > 1000:
        return False
    if _RULE.match(line):
        block = read_block(lines, _next_text(lines, at + 1))
        return block is not None and block.is_likely
    if _DASHES.match(line):
        return _below_separator(lines, at)
    block = read_block(lines, at)
    return (block is not None and block.is_sure) or attribution_length(lines, at) > 0


def attribution_length(lines: list[str], at: int) -> int:
    """How many lines from here are an attribution; 0 if there is none."""
    block = ""
    for count in range(1, 5):
        if at + count > len(lines) or not lines[at + count - 1].strip():
            return 0
        block += " " + lines[at + count - 1].strip()
        if len(block) > 600 or (count > 1 and is_quoted(lines[at + count - 1])):
            return 0
        if _COLON_END.search(block) or _is_quote_below(lines, at + count):
            if _is_attribution(lines, block, at, count):
                return count
            if _COLON_END.search(block):
                return 0
    return 0


def is_quoted(line: str) -> bool:
    """True for a line with a quote mark."""
    return line.lstrip(" \t\u00a0")[:1] == ">" and len(line) - len(line.lstrip(" \t\u00a0")) < 4


def _is_attribution(lines: list[str], block: str, at: int, count: int) -> bool:
    has_colon = bool(_COLON_END.search(block))
    has_address = bool(_ADDRESS.search(block))
    dates = bool(_DATE.search(block)) + bool(_TIME.search(block))
    below = _is_quote_below(lines, at + count)
    if not _starts_like_attribution(lines[at]):
        return False
    if has_colon and has_address and dates:
        return below or (dates == 2 and at + count < len(lines))
    if below and dates and (has_colon or has_address):
        return True
    if below and has_colon and has_address:
        return True
    return (
        has_colon
        and dates == 2
        and len(block) < 200
        and at + count < len(lines)
        and count <= 2
        and "," in block
    )


def _starts_like_attribution(line: str) -> bool:
    text = line.strip()
    return not text.startswith((">", "-", "*")) and not _LABEL_ONLY.match(text)


_LABEL_ONLY = re.compile(r"[^\W\d_]{1,20}[:：]\s")


def _is_quote_below(lines: list[str], at: int) -> bool:
    below = _next_text(lines, at, 3)
    return below < len(lines) and is_quoted(lines[below])


def _below_separator(lines: list[str], at: int) -> bool:
    below = _next_text(lines, at + 1, 4)
    if below >= len(lines):
        return False
    return (
        is_quoted(lines[below])
        or read_block(lines, below) is not None
        or attribution_length(lines, below) > 0
    )


def _next_text(lines: list[str], at: int, most: int = 3) -> int:
    end = min(len(lines), at + most)
    while at < end and not lines[at].strip():
        at += 1
    return at
