"""Where a quoted mail begins: attribution lines, header blocks and separators, by their structure.

*An attribution* is one to four lines with an address or a date, a final colon and a quote below. *A
header block* is three or more lines `Word: value` with an address or sender's label and a date. Words
of languages are looked at only where structure alone could take a customer's list for a header.
"""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"[^\s<>@()\[\]]{1,100}@[^\s<>@()\[\]]{1,200}|mailto:")
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}(?!\d|[./-]\d)|\d{1,2}\s?(?:[ap]\.?m\.?|uhr|時|点|시)", re.I)
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|(?:19|20)\d\d\s?[年년]|\d{1,2}[.]?\s\w{3,12}\.?,?\s(?:19|20)\d\d"
)
_COLON_END = re.compile(r"[:：](?:\s|[*_>\"'»”])*$")
_LABEL = re.compile(
    r"\s{0,8}[*_|]{0,3}([^\W\d_][^:：@<>|\d]{0,28}?)\s{0,2}[*_]{0,3}\s{0,2}[:：][*_]{0,3}(?:\s+(.*)|$)"
)
_DASHES = re.compile(
    r"\s{0,8}(?:[-_=*─—–]{2,}\s*[^\W\d_][^-_=*─—–]{2,60}\s*[-_=*─—–]{2,}|[*]{2}[^*]{3,60}[*]{2})\s*$"
)
_RULE = re.compile(r"\s{0,4}[_─—–=-]{5,}\s*$")
_FROM = frozenset(
    "from von de da van från fra lähettäjä od от від отправитель відправник von: nadawca odesílatel feladó 差出人 发件人 寄件者 寄件人 "
    "보낸사람 보낸 gönderen kimden από מאת من expéditeur remitente mittente absender afzender pošiljatelj "
    "nadawcа saatja sūtītājs siuntėjas expeditor изпратител kimden dari pengirim จาก từ з".split()
)
_SUBJECT = frozenset(
    "subject betreff objet asunto oggetto onderwerp ämne emne aihe temat předmět predmet tárgy тема konu θέμα 件名 主题 主題 "
    "제목 assunto assumpte subiect относно tema predmetul נושא الموضوع onderwerp: teema temats perihal subjek".split()
)


def quote_begins(lines: list[str], at: int) -> bool:
    """True if the quoted mail begins at this line: attribution, header block or separator."""
    line = lines[at]
    if not line.strip() or len(line) > 1000:
        return False
    if _RULE.match(line):
        return _header_lines(lines, _next_text(lines, at + 1)) >= 2
    if _DASHES.match(line):
        return _below_separator(lines, at)
    return _header_lines(lines, at) >= 3 or attribution_length(lines, at) > 0


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
        or _header_lines(lines, below) >= 1
        or attribution_length(lines, below) > 0
    )


def _header_lines(lines: list[str], at: int) -> int:
    """How many header lines of a quoted mail begin here; 0 when they do not make a header."""
    labels: list[str] = []
    values = ""
    misses = 0
    position = at
    while position < len(lines) and position < at + 14 and len(labels) < 8:
        line = lines[position]
        position += 1
        if not line.strip():
            misses += 1
            if misses > 2 or not labels:
                break
            continue
        match = _LABEL.match(line[:400])
        if match is None:
            if not labels or misses >= 2 or len(line) > 300:
                break
            misses += 1
            values += " " + line
            continue
        labels.append(match[1].strip(" *_").lower().replace(" ", ""))
        values += " " + (match[2] or "")
    return len(labels) if _is_header(labels, values) else 0


def _is_header(labels: list[str], values: str) -> bool:
    if len(labels) < 2:
        return False
    known = (labels[0] in _FROM) + any(label in _SUBJECT for label in labels)
    has_date = bool(_DATE.search(values))
    has_address = bool(_ADDRESS.search(values))
    if known == 2:
        return True
    if known == 1:
        return has_date and (has_address or len(labels) >= 4) if len(labels) >= 3 else False
    return (
        len(labels) >= 4
        and has_date
        and bool(_TIME.search(values))
        and has_address
        and "<" in values
    )


def _next_text(lines: list[str], at: int, most: int = 3) -> int:
    end = min(len(lines), at + most)
    while at < end and not lines[at].strip():
        at += 1
    return at
