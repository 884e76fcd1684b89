"""Where a quoted mail begins: attribution lines, header blocks and separators, by their structure.

*An attribution* is one to four lines with an address or a date, a final colon and a quote below. *A
header block* is three or more lines `Word: value` with an address or sender's label and a date.
Words
of languages are looked at only where structure alone could take a customer's list for a header.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from inbox.mail.device_line import is_device_line
from inbox.mail.disclaimer import disclaimer
from inbox.mail.header_block import Block, read_block
from inbox.mail.notes_header import read_notes_header
from inbox.mail.own_sentence import (
    ends_in_verb,
    is_terse,
    may_name_someone,
    shows_address,
    speaks_of_itself,
    wrote,
)
from inbox.mail.quote_marks import is_quoted, unquoted

_ADDRESS = re.compile(r"[^\s<>@()\[\]]{1,100}@[^\s<>@()\[\]]{1,200}|mailto:")
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}(?!\d|[./-]\d)|\d{1,2}\s?(?:[ap]\.?m\.?|uhr|時|点|시)", re.I)
_DATE = re.compile(
    r"(?<!\d\d\d[ .-])\b(?:19|20)\d\d\b|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|(?:19|20)\d\d\s?[年년]|"
    r"\d{1,2}[.]?\s[^\W\d]{3,12}\.?,?\s(?:19|20)\d\d"
)
_NAMING = re.compile(r"[@\d]")
_DIGIT = re.compile(r"\d")
_COLON_END = re.compile(r"[:：](?:\s|[*_>\"'»”])*$")
_DASHES = re.compile(
    r"\s{0,8}\*?(?:[-_=*─—–#]{2,}\s*[^\W\d_][^_=*─—–]{2,80}?\s*[-_=*─—–#]{2,}|[*]{2}[^*]{3,60}[*]{2})\s*$"
)
# What programs write between two rules above the mail that they quote or pass on.
_ORIGINAL = re.compile(
    r"(?i)original (?:message|mail|appointment)|forwarded (?:message|by|mail)|"
    r"ursprüngliche (?:nachricht|e-?mail)|originalnachricht|"
    r"weitergeleitete|message (?:d'origine|original|transféré|initial)|"
    r"mensaje (?:original|reenviado)|mensagem (?:original|encaminhada)|"
    r"messaggio (?:originale|inoltrato)|oorspronkelijk bericht|doorgestuurd bericht|"
    r"original(?:t)?meddelande|oprindelig meddelelse|"
    r"opprinnelig melding|alkuperäinen viesti|(?:wiadomość|wiadomo.+) (?:oryginalna|"
    r"przekazana)|původní zpráva|eredeti üzenet|"
    r"mesajul? (?:original|redirecționat)|исходное сообщение|пересылаемое сообщение|"
    r"пересланное|вихідне повідомлення|オリジナル|元のメッセージ|"
    r"转发的?邮件|原始邮件|原始郵件|轉寄|원본 메시지|orijinal (?:mesaj|ileti)|"
    r"reply above this line|"
    r"type your reply|(?:oberhalb|über) dies(?:er|e) (?:zeile|linie)|au-dessus de cette ligne|"
    r"(?:encima|arriba) de esta línea|acima desta linha|sopra questa (?:riga|linea)|"
    r"boven deze (?:regel|lijn)|powyżej tej linii|выше этой (?:строки|линии|черты)"
)
_FOOTER = re.compile(r"(?:--|__|==|\*\*)[-_=*]*\s*$")
_FIRST_SIGNS = frozenset("-_=*─—–#0123456789")
_LONGEST = 4
_LONGEST_FOOTER = 100
_RULE = re.compile(r"\s{0,4}[_─—–=-]{4,}\s*$")


def quote_begins(lines: list[str], at: int, attributed: Mapping[int, int] | None = None) -> bool:
    """True if the quoted mail begins at this line: attribution, header block or separator.

    `attributed` is what `attributions` found in the lines, for whoever asks of many of them.
    """
    line = lines[at]
    if not line.strip() or len(line) > 1000:
        return False
    if _RULE.match(line):
        block = any_block(lines, _next_text(lines, at + 1))
        return block is not None and (block.is_likely or block.is_addressed)
    if _DASHES.match(line):
        return _is_dashed_attribution(line) or _below_separator(lines, at)
    block = read_block(lines, at)
    if block is not None and block.is_sure and block.is_of_a_mail:
        return True
    if read_notes_header(lines, at):
        return True
    if has_header_in_quote(lines, at):
        return True
    if attribution_length(lines, at) > 0 if attributed is None else at in attributed:
        return True
    return _is_dashed_attribution(line) or _is_bare_attribution(lines, at)


def may_begin(lines: list[str], at: int) -> bool:
    """False for most lines: they have no sign that any beginning but an attribution has."""
    line = lines[at]
    if ":" in line or "：" in line or line.lstrip()[:1] in _FIRST_SIGNS:
        return True
    return not at or not lines[at - 1].strip(" -_=*")


def head_end(lines: list[str], at: int, attributed: Mapping[int, int] | None = None) -> int:
    """Where the attribution, header or separator ends with which a quote begins at this line; `at`
    if none does.
    """
    if not quote_begins(lines, at, attributed):
        return at
    below = at
    if _RULE.match(lines[at]) or _DASHES.match(lines[at]):
        below = _next_text(lines, at + 1, 4)
    block = any_block(lines, below)
    if block is not None and (block.is_likely or block.is_addressed):
        return block.end
    return below + max(attribution_length(lines, below) if below < len(lines) else 0, below == at)


def any_block(lines: list[str], at: int) -> Block | None:
    """The header that begins at this line, with labels or as Notes writes it; None if none does."""
    if at >= len(lines):
        return None
    return read_block(lines, at) or read_notes_header(lines, at)


def has_header_in_quote(lines: list[str], at: int) -> bool:
    """True for a line with a final colon above a quote that begins with a header: a mail passed
    on.
    """
    if not _COLON_END.search(lines[at]) or len(lines[at]) > 120:
        return False
    below = _next_text(lines, at + 1, 3)
    if below >= len(lines) or not is_quoted(lines[below]):
        return False
    block = read_block([unquoted(line) for line in lines[below : below + 30]], 0)
    return block is not None and block.is_sure


def attribution_length(lines: list[str], at: int) -> int:
    """How many lines from here are an attribution; 0 if there is none."""
    for end in range(at + 1, min(at + _LONGEST, len(lines)) + 1):
        last = lines[end - 1]
        if not last.strip() or len(last) > 400 or (end > at + 1 and is_quoted(last)):
            return 0
        ends = (":" in last or "：" in last) and _COLON_END.search(last)
        if ends or _is_quote_below(lines, end):
            return end - at if _beginning(lines, end) == at else 0
    return 0


def attributions(lines: list[str]) -> dict[int, int]:
    """`attribution_length` of every line that begins one, in one pass."""
    found: dict[int, int] = {}
    last = 0
    above_quotes = _above_quotes(lines)
    for end, line in enumerate(lines, 1):
        ends = (":" in line or "：" in line) and len(line) <= 400 and _COLON_END.search(line)
        if not (ends or end in above_quotes) or not line.strip():
            continue
        may_be = not is_quoted(line) and _may_name(lines[max(0, end - _LONGEST) : end])
        begin = _beginning(lines, end) if may_be else -1
        # An earlier line in between that could be the end is taken for it.
        if begin >= last and begin >= 0:
            found[begin] = end - begin
        last = end
    return found


def _beginning(lines: list[str], end: int) -> int:
    """Where the attribution that ends before `end` begins: as late as it is whole; or -1."""
    dated = bare = -1
    # Above a line that says all of it, nothing belongs to it.
    longest = 1 if _is_whole(lines[end - 1]) else _LONGEST
    for at in range(end - 1, max(-1, end - 1 - longest), -1):
        if not lines[at].strip() or len(lines[at]) > 400 or is_quoted(lines[at]):
            break
        block = " ".join(line.strip() for line in lines[at:end])
        if len(block) > 600 or not _is_attribution(lines, block, at, end):
            continue
        if not (_DATE.search(block) or _TIME.search(block)):
            bare = at if bare < 0 else bare
        elif dated < 0:
            dated = at
            if _has_address(block):
                return at
        elif _has_address(block) and (at == 0 or not lines[at - 1].strip()):
            return at  # a name and address wrapped apart from their date
    return dated if dated >= 0 else bare


def is_footer(lines: list[str], at: int) -> bool:
    """True if the lines from here on are a signature, a list's footer or a disclaimer, or nothing:
    what programs and companies add below everything, the quote included.
    """
    while at < len(lines) and not lines[at].strip():
        at += 1
    below = lines[at : at + _LONGEST_FOOTER]
    if any(lines[n].strip() for n in range(at + _LONGEST_FOOTER, len(lines))):
        return False
    end = disclaimer(below)
    said = [line for line in below[:end] if line.strip()]
    if not said or (_FOOTER.match(said[0].strip()) and len(said) <= 12):
        return True
    return len(said) <= 3 and all(map(is_device_line, said))


def _is_attribution(lines: list[str], block: str, at: int, end: int) -> bool:
    has_colon = bool(_COLON_END.search(block))
    below = _is_quote_below(lines, end)
    if not (has_colon or below) or not _starts_like_attribution(lines[at]):
        return False
    if not any(line.strip() for line in lines[end : end + 8]):
        return False
    has_address = _has_address(block)
    dates = bool(_DATE.search(block)) + bool(_TIME.search(block)) if _DIGIT.search(block) else 0
    if below:
        is_sure = has_address or wrote(block) or may_name_someone(block)
        found = bool(is_sure) and has_address + bool(dates) + has_colon >= 2
    else:
        found = _stands_alone(lines, block, at, end, has_address=has_address, dates=dates)
    return found and not speaks_of_itself(block)


def _stands_alone(
    lines: list[str], block: str, at: int, end: int, *, has_address: bool, dates: int
) -> bool:
    """True for a block with a final colon that is an attribution though no quote mark follows."""
    says_wrote = wrote(block[-40:])
    if has_address and dates and (says_wrote or shows_address(block)):
        return dates == 2 or says_wrote or end - at <= 2 or not lines[at - 1].strip()
    if says_wrote and (has_address or dates):
        return has_address or is_terse(block)
    if dates == 2 and ends_in_verb(block) and may_name_someone(block):
        return len(block) < 160 and end - at <= 2 and "," in block and _is_alone(lines, at, end)
    return bool(_NAME_AND_ADDRESS.fullmatch(block)) and _is_alone(lines, at, end)


def _has_address(text: str) -> bool:
    # Without the sign the pattern would be tried at each character.
    return ("@" in text or "mailto:" in text) and _ADDRESS.search(text) is not None


def _is_dashed_attribution(line: str) -> bool:
    """`---- On Tue, 22 Dec 2015 14:17:36 +0530 Ann <ann@desk.example> wrote ----`."""
    if not _DASHED.fullmatch(line) or not (_DATE.search(line) or _TIME.search(line)):
        return False
    return bool(_ADDRESS.search(line) or wrote(line[-60:]))


def _is_bare_attribution(lines: list[str], at: int) -> bool:
    """A date, a name and an address, or a date with its zone and a name: no colon ends it."""
    line = lines[at].strip()
    if len(line) > 200 or not _is_alone(lines, at, at + 1):
        return False
    return bool(_DATE_NAME_ADDRESS.fullmatch(line) or _STAMP_NAME.fullmatch(line))


def _is_alone(lines: list[str], at: int, end: int) -> bool:
    """True for a paragraph of its own."""
    return (at == 0 or not lines[at - 1].strip()) and (end < len(lines) and not lines[end].strip())


def _starts_like_attribution(line: str) -> bool:
    text = line.strip()
    if text.startswith((">", "- ", "•")) or _LABEL_ONLY.match(text):
        return False
    return not text.startswith("* ") or _is_whole(text)


def _is_whole(line: str) -> bool:
    """True for a line with a final colon that names both an address and a date."""
    return bool(_has_address(line) and _DATE.search(line) and _COLON_END.search(line))


_DASHED = re.compile(r"\s{0,8}[-─—–]{2,8}\s*[^\W\d_].{8,240}[-─—–]{2,8}\s*")
_DATE_NAME_ADDRESS = re.compile(
    r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:,?\s\d{1,2}:\d{2}(?::\d{2})?)?(?:\s(?:GMT|UTC)?[+-]"
    r"\d{1,2}:?\d{2})?\s[^<>\d]{1,80}<[^\s<>@]{1,64}@[^\s<>]{1,200}>"
)
_STAMP_NAME = re.compile(
    r"(?:19|20)\d\d-\d{1,2}-\d{1,2}\s\d{1,2}:\d{2}\s(?:GMT|UTC)[+-]\d{1,2}:?\d{2}\s[^<>\d]{1,80}:?"
)
_LABEL_ONLY = re.compile(r"[^\W\d_]{1,20}[:：]\s")
_NAME_AND_ADDRESS = re.compile(
    r"(?:[^\s<>]{1,30}\s){1,4}<[^\s<>@]{1,64}@[^\s<>]{1,200}>(?:\s[^\s<>]{1,20}){1,3}\s?[:：]"
)


def _may_name(lines: list[str]) -> bool:
    """False without a sign of a date or an address: no attribution is without both."""
    text = "\n".join(lines)
    return _NAMING.search(text) is not None or "mailto:" in text


def _above_quotes(lines: list[str]) -> set[int]:
    """All for which `_is_quote_below` is true."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        if ">" in line and is_quoted(line):
            above = at
            while above and at - above < 3 and not lines[above - 1].strip():
                found.add(above)
                above -= 1
            found.add(above)
    return found


def _is_quote_below(lines: list[str], at: int) -> bool:
    below = _next_text(lines, at, 3)
    return below < len(lines) and is_quoted(lines[below])


def _below_separator(lines: list[str], at: int) -> bool:
    if _ORIGINAL.search(lines[at]):
        return True
    below = _next_text(lines, at + 1, 4)
    if below >= len(lines):
        return False
    block = any_block(lines, below)
    if block is not None and (block.is_likely or block.is_addressed or block.names_a_mail):
        return True
    return is_quoted(lines[below]) or attribution_length(lines, below) > 0


def _next_text(lines: list[str], at: int, most: int = 3) -> int:
    end = min(len(lines), at + most)
    while at < end and not lines[at].strip():
        at += 1
    return at
