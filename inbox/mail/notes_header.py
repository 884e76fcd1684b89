"""The header that Lotus Notes writes above what it quotes: name and moment have no labels there.

Either lines (`Ann Doe/Support/ACME`, `10.11.2026 10:00`, then `To: …`, or `To` with its value
below), or a table of two columns, with `To`, `cc` and `Subject` at the end of a left one that is
empty else, or behind the name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from inbox.mail.header_block import Block, field_of

_MOMENT = re.compile(
    r"(?:\w{2,12}\.?,? )?(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}\.? \w{3,12}\.? \d{4})\.?,? "
    r"(?:\w{1,3} )?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?(?: [A-Z]{2,5})?"
)
_TIME = re.compile(r"\d[:.]\d\d")
_LABELLED = re.compile(r"([^\W\d_]{1,14}) ?[:：](?:\s+(.*))?$")
_ADDRESS = re.compile(r"[^\s<>@()]{1,64}@[^\s<>@()]{1,200}")
_SENT_BY = re.compile(r"<[^<>]*>?|>|[^\W\d_]+ [^\W\d_]+: \S.{0,80}")
_COLUMNS = re.compile(r"(\s{8,})(\S.*?)(?:\s{3,}(\S.*))?$")
_IN_ANGLES = re.compile(r"<[^<>]*>")
_RIGHT = 30  # columns: what begins further right has no left column
_FIELDS = ("to", "cc", "subject")
_LONGEST = 24
_LONGEST_NAME = 120
_WORDS_OF_NAME = 6
_LINES_TO_MOMENT = 4
_LINES_TO_LABELS = 6
_SENTENCE_END = (".", ",", "!", "?", ":", "：", ";", "。")


def read_notes_header(lines: Sequence[str], at: int) -> Block | None:
    """The header that begins at this line; None if none does. At most 24 lines are looked at."""
    if at and lines[at - 1].strip(" -_=*"):
        above = lines[at - 1].strip()
        if not above.endswith(("-", "_", "=")):
            return None
    if lines[at].startswith("        "):
        return _table(lines[at : at + _LONGEST], at)
    return _list(lines[at : at + _LONGEST], at)


def _list(lines: Sequence[str], at: int) -> Block | None:
    moment = next(
        (n for n in range(1, min(len(lines), _LINES_TO_MOMENT)) if _is_moment(lines[n])), 0
    )
    if not moment or not _is_name(lines[0].strip()):
        return None
    if not all(_SENT_BY.fullmatch(line.strip()) for line in lines[1:moment] if line.strip()):
        return None
    block = Block()
    block.fields["from"] = _one([lines[0], *(one for one in lines[1:moment] if "@" in one)])
    block.fields["date"] = lines[moment].strip()
    end = _read_labels(lines, moment + 1, block)
    return _whole(block, at + end)


def _read_labels(lines: Sequence[str], begin: int, block: Block) -> int:
    """Read `To: …`, or `To` and its value in the next line, into the block; gives their end."""
    name = ""
    end = begin
    for number in range(begin, len(lines)):
        line = lines[number].strip()
        found, value = _label(line)
        if found in _FIELDS and found not in block.fields:
            name = found
            block.fields[name] = value
        elif not name and number - begin > _LINES_TO_LABELS:
            break
        elif name == "subject" and (block.fields[name] or not line):
            if block.fields[name] or number > end + 1:
                break
            continue
        elif name and line:
            block.fields[name] = f"{block.fields[name]} {line}".strip()
        end = number + 1 if name and line else end
    return end


def _label(line: str) -> tuple[str, str]:
    match = _LABELLED.match(line)
    if match:
        return field_of(match[1]), (match[2] or "").strip()
    return (field_of(line), "") if len(line) <= 14 and " " not in line else ("", "")


def _table(lines: Sequence[str], at: int) -> Block | None:
    """Name, address and moment on the left, labels and values on the right, one a line."""
    left: list[str] = []
    block = Block()
    name = ""
    end = 0
    for number, line in enumerate(lines):
        match = _COLUMNS.match(line[:200].rstrip()) if line.strip() else None
        if match is None and line.strip():
            break
        if match is None:
            if name == "subject" and block.fields[name]:
                break
            continue
        here, right = _in_columns(match)
        left += [here] if here else []
        found = field_of(right) if right and len(right) <= 14 and " " not in right else ""
        if found in _FIELDS and found not in block.fields:
            name = found
            block.fields[name] = ""
        elif right and name:
            block.fields[name] = f"{block.fields[name]} {right}".strip()
        end = number + 1
    said = _one(left)
    moment = _MOMENT.search(said)
    if moment is None:
        return None
    who = said[: moment.start()] + said[moment.end() :]
    # An address is cut where the column ends.
    block.fields["from"] = _IN_ANGLES.sub(lambda one: "".join(one[0].split()), who).strip()
    block.fields["date"] = moment[0]
    return _whole(block, at + end)


def _in_columns(match: re.Match[str]) -> tuple[str, str]:
    first, second = match[2] or "", match[3] or ""
    if not second and (
        len(match[1]) >= _RIGHT or (field_of(first) in _FIELDS and " " not in first)
    ):
        return "", first
    return first, second


def _whole(block: Block, end: int) -> Block | None:
    """The block, if it tells who, when, to whom and what about."""
    if not {"from", "date", "to", "subject"} <= block.fields.keys() or not block.fields["from"]:
        return None
    block.labels = len(block.fields)
    block.end = end
    return block


def _is_moment(line: str) -> bool:
    return (
        8 < len(line) < 100
        and _TIME.search(line) is not None
        and bool(_MOMENT.fullmatch(" ".join(line.split())))
    )


def _is_name(text: str) -> bool:
    """True for `Ann Doe/Support/ACME`, `"Ann Doe" <ann@desk.example>`, and a name alone."""
    if not text or len(text) > _LONGEST_NAME or text.endswith(_SENTENCE_END):
        return False
    if _ADDRESS.search(text):
        return True
    return ":" not in text and len(text.split()) <= _WORDS_OF_NAME and text[:1].isalpha()


def _one(lines: Sequence[str]) -> str:
    return " ".join(" ".join(lines).split())
