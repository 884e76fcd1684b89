"""The header block of a mail or part, cut into fields: bounded, any line end, never raises."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from inbox.mail.charset import codec_of, decode, scrub, undoubled
from inbox.model.mail import Defect

MAX_BLOCK = 256 * 1024
MAX_FIELDS = 1000
MAX_FIELD = 64 * 1024

_END = re.compile(rb"\n\r*+\n")
_LEAD = re.compile(rb"(?:\xef\xbb\xbf)?\s*+")
_FIELD = re.compile(rb"([\x21-\x39\x3b-\x7e]{1,200})[ \t]*:[ \t]*")
_UTF7 = re.compile(r"\+[A-Za-z0-9+/]{2,80}-")
_FOLD = re.compile(r"\r*+\n(?=[ \t])|\r(?=[ \t])")


@dataclass(slots=True)
class Fields:
    """Raw header fields in order (bodies with their folds), where the body begins, and what was
    odd.
    """

    items: list[tuple[str, bytes]] = field(default_factory=list)
    body: int = 0
    defects: list[Defect] = field(default_factory=list)
    firsts: dict[str, bytes] = field(default_factory=dict)  # the first body of each name

    @property
    def is_ascii(self) -> bool:
        """True when no field has a byte outside ASCII."""
        return all(value.isascii() for _, value in self.items)

    def first(self, name: str) -> bytes:
        """The first body of the named field (lower case), or empty."""
        return self.firsts.get(name, b"")


def split_fields(raw: bytes, start: int = 0, end: int | None = None) -> Fields:
    """The fields of the block that begins at `start` and where its body begins."""
    end = len(raw) if end is None else end
    fields = Fields(body=end)
    if start >= end:
        return fields
    start = _after_lead(raw, start, end, fields)
    if raw.startswith((b"\n", b"\r"), start):
        fields.body = start + (2 if raw.startswith(b"\r\n", start) else 1)
        return fields
    block_end, fields.body = _block(raw, start, end)
    if block_end - start > MAX_BLOCK:
        fields.defects.append(Defect("header.too_long", f"{block_end - start} bytes", lost=True))
        block_end = start + MAX_BLOCK
    _collect(raw[start:block_end], start, fields)
    return fields


def text_of(value: bytes, charset: str = "") -> str:
    """A raw field body unfolded as text; bytes outside ASCII as UTF-8, else `charset`, else a
    guess.
    """
    if value.isascii() and b"\x1b" not in value:
        text = value.decode("ascii")
        if charset and "+" in text and codec_of(charset) == "utf-7":  # as old programs wrote it
            text = _UTF7.sub(_from_utf7, text)
    else:
        text = _raw_text(value, charset)
    if "\n" in text or "\r" in text:
        text = _FOLD.sub("", text)
    return text.strip(" \t\r\n")


def _raw_text(value: bytes, charset: str) -> str:
    if b"\x1b" not in value:
        try:
            return undoubled(value.decode())
        except UnicodeError:
            pass
    return decode(value, hint=charset).text


def _from_utf7(found: re.Match[str]) -> str:
    try:
        return scrub(found[0].encode("ascii").decode("utf-7"))
    except UnicodeError:
        return found[0]


def _after_lead(raw: bytes, start: int, end: int, fields: Fields) -> int:
    """Where the fields begin: behind a byte order mark or blank lines, when fields follow them."""
    lead = _LEAD.match(raw, start, end)
    if lead is None or lead.end() == start or not _FIELD.match(raw, lead.end(), end):
        return start
    if start > 0 and not raw.startswith(b"\xef", start):
        return start  # in a part, a blank line is an empty header block
    fields.defects.append(Defect("header.late_start"))
    return lead.end()


def _block(raw: bytes, start: int, end: int) -> tuple[int, int]:
    """Where the block ends and where the body begins."""
    if b"\n" not in raw[start : min(end, start + 2000)]:
        found = raw.find(b"\r\r", start, end)  # a mail of bare CR, as old Macs wrote it
        return (found + 1, found + 2) if found >= 0 else (end, end)
    match = _END.search(raw, start, end)
    return (match.start() + 1, match.end()) if match else (end, end)


def _collect(block: bytes, offset: int, fields: Fields) -> None:
    name, pieces = "", list[bytes]()
    lines = _lines(block)
    position = 0
    for number, line in enumerate(lines):
        begin, position = position, position + len(line)
        if line[:1] in (b" ", b"\t") and name:
            pieces.append(line)
            continue
        match = _FIELD.match(line)
        if match is None:
            if _is_skippable(line, begin):
                continue
            fields.defects.append(Defect("header.no_colon", _shown(line)))
            if name and number + 1 < len(lines) and _FIELD.match(lines[number + 1]):
                continue  # a stray line among fields is no field and belongs to none
            fields.body = offset + begin  # RFC 5322 §2.2 knows no such line: the body begins
            break
        _keep(fields, name, pieces)
        name, pieces = "", []
        if len(fields.items) >= MAX_FIELDS:
            fields.defects.append(Defect("header.too_many", f"over {MAX_FIELDS} fields", lost=True))
            break
        name, pieces = match[1].decode("ascii"), [line[match.end() :]]
    _keep(fields, name, pieces)


def _keep(fields: Fields, name: str, pieces: list[bytes]) -> None:
    if not name:
        return
    value = b"".join(pieces)
    if len(value) > MAX_FIELD:
        fields.defects.append(Defect("header.field_too_long", name, lost=True))
        value = value[:MAX_FIELD]
    if b"\x00" in value:
        fields.defects.append(Defect("header.nul", name))
        value = value.replace(b"\x00", b"")
    value = value.rstrip(b"\r\n")
    fields.items.append((name, value))
    fields.firsts.setdefault(name.lower(), value)


def _lines(block: bytes) -> list[bytes]:
    if b"\n" in block:
        return [line + b"\n" for line in block.removesuffix(b"\n").split(b"\n")]
    return [line + b"\r" for line in block.removesuffix(b"\r").split(b"\r")]


def _is_skippable(line: bytes, begin: int) -> bool:
    """mbox separators and `>From` escapes, which mail programs leave on top of a mail."""
    if not line.strip():
        return True
    return line.startswith((b"From ", b">From ")) and begin < 2000


def _shown(line: bytes) -> str:
    return scrub(line[:60].decode("ascii", "replace")).strip()
