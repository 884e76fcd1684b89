"""Outlook's winmail.dat (MS-OXTNEF, MS-OXCMSG) → the files and the text in it.

Own reader: the library for it copies the rest of the data at every object and believes every
count, so
that a small file keeps it busy for hours. Here each object is read once and no count is believed.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from compressed_rtf import decompress

from inbox.mail.charset import codec_of, decode

MAX_TNEF = 32 * 1024 * 1024
MAX_FILES = 200
_MAX_OBJECTS = 5000
_MAX_PROPERTIES = 2000
_MAX_RTF = 512 * 1024
_SIGNATURE = 0x223E9F78
_MESSAGE_OBJECT = b"\x07\x03\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"

_ATT_BODY = 0x800C
_ATT_TITLE = 0x8010
_ATT_DATA = 0x800F
_ATT_RENDER = 0x9002
_ATT_PROPERTIES = 0x9003
_ATT_ATTACHMENT = 0x9005
_ATT_CODEPAGE = 0x9007

_SIZES = {
    0x02: 4,
    0x03: 4,
    0x04: 4,
    0x05: 8,
    0x06: 8,
    0x07: 8,
    0x0A: 4,
    0x0B: 4,
    0x14: 8,
    0x40: 8,
    0x48: 16,
}
_VARIABLE = (0x0D, 0x1E, 0x1F, 0x102)


@dataclass(slots=True)
class TnefFile:
    """One file of a winmail.dat."""

    name: str = ""
    data: bytes = b""
    content_type: str = ""
    content_id: str = ""
    is_message: bool = False


@dataclass(slots=True)
class Unpacked:
    """The files and the text of a winmail.dat."""

    files: list[TnefFile] = field(default_factory=list)
    text: str = ""
    html: str = ""
    rtf: str = ""
    is_tnef: bool = False


def unpack(data: bytes, depth: int = 0) -> Unpacked:
    """What a winmail.dat holds, files of mails within it too; empty when it is none. Never
    raises.
    """
    found = Unpacked()
    if len(data) < 6 or len(data) > MAX_TNEF or struct.unpack_from("<I", data)[0] != _SIGNATURE:
        return found
    found.is_tnef = True
    codepage = ""
    for name, start, end in _objects(data):
        value = data[start:end]
        if name == _ATT_CODEPAGE and len(value) >= 4:
            codepage = codec_of(f"cp{struct.unpack_from('<I', value)[0]}")
        elif name == _ATT_BODY:
            found.text = found.text or decode(value.rstrip(b"\x00"), codepage).text
        elif name == _ATT_PROPERTIES:
            _read_message(found, value, codepage)
        elif name == _ATT_RENDER and len(found.files) < MAX_FILES:
            found.files.append(TnefFile())
        elif found.files:
            _read_attachment(found.files[-1], name, value, codepage)
    found.files = _with_inner(found.files, depth)
    return found


def _objects(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Name and place of each object: level, name, type, length, value, checksum."""
    offset = 6
    for _ in range(_MAX_OBJECTS):
        if offset + 11 > len(data):
            return
        name, _, length = struct.unpack_from("<HHI", data, offset + 1)
        start = offset + 9
        yield name, start, min(start + length, len(data))
        offset = start + length + 2


def _read_message(found: Unpacked, data: bytes, codepage: str) -> None:
    for tag, value in _properties(data):
        if tag == 0x1000:
            found.text = found.text or decode(value.rstrip(b"\x00"), codepage).text
        elif tag == 0x1013:
            found.html = decode(value.rstrip(b"\x00"), "").text
        elif tag == 0x1009 and not found.rtf:
            found.rtf = _rtf(value)


def _read_attachment(file: TnefFile, name: int, value: bytes, codepage: str) -> None:
    if name == _ATT_TITLE:
        file.name = decode(value.rstrip(b"\x00"), codepage).text
    elif name == _ATT_DATA:
        file.data = value
    elif name == _ATT_ATTACHMENT:
        _read_file(file, value, codepage)


def _read_file(file: TnefFile, data: bytes, codepage: str) -> None:
    for tag, value in _properties(data):
        if tag == 0x3707 or (tag == 0x3704 and not file.name) or (tag == 0x3001 and not file.name):
            file.name = _string(value, codepage) or file.name
        elif tag == 0x370E:
            file.content_type = _string(value, codepage).lower()
        elif tag == 0x3712:
            file.content_id = _string(value, codepage).strip("<>")
        elif tag == 0x3701 and not file.data:
            file.is_message = value.startswith(_MESSAGE_OBJECT)
            file.data = value[16:] if file.is_message else value


def _string(value: bytes, codepage: str) -> str:
    if len(value) > 1 and value[1:2] == b"\x00":
        return value[: len(value) & ~1].decode("utf-16-le", "replace").rstrip("\x00")
    return decode(value.split(b"\x00", 1)[0], codepage).text


def _properties(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and value of each MAPI property (MS-OXTNEF 2.1.3.4); stops at the first broken one."""
    offset = 4
    try:
        for _ in range(min(struct.unpack_from("<I", data)[0], _MAX_PROPERTIES)):
            kind, tag = struct.unpack_from("<HH", data, offset)
            offset = _after_name(data, offset + 4) if tag >= 0x8000 else offset + 4
            values = 1
            if kind & 0x1000 or kind in _VARIABLE:
                values = min(struct.unpack_from("<I", data, offset)[0], _MAX_PROPERTIES)
                offset += 4
            for _ in range(values):
                start, end = _value(data, offset, kind & 0xFFF)
                yield tag, data[start:end]
                offset = end + (start - end) % 4
    except struct.error:
        return


def _value(data: bytes, offset: int, kind: int) -> tuple[int, int]:
    """Where one value begins and ends; `struct.error` for an unknown kind or one too long."""
    size = _SIZES.get(kind, 0)
    if kind in _VARIABLE:
        size = struct.unpack_from("<I", data, offset)[0]
        offset += 4
    elif not size:
        raise struct.error
    if offset + size > len(data):
        raise struct.error
    return offset, offset + size


def _after_name(data: bytes, offset: int) -> int:
    """Where the value of a named property begins: GUID, kind, number or name."""
    kind = struct.unpack_from("<I", data, offset + 16)[0]
    if kind == 0:
        return offset + 24
    length: int = struct.unpack_from("<I", data, offset + 20)[0]
    return offset + 24 + length + (-length % 4)


def _rtf(value: bytes) -> str:
    if not 16 <= len(value) <= _MAX_RTF:
        return ""
    try:
        data: bytes = decompress(value)
    except Exception:
        return ""
    return data.decode("latin-1")


def _with_inner(files: list[TnefFile], depth: int) -> list[TnefFile]:
    """The files, those of an embedded mail in its place."""
    out: list[TnefFile] = []
    for file in files:
        inner = unpack(file.data, depth + 1).files if file.is_message and depth < 3 else []
        out += inner or ([file] if file.data or file.name else [])
    return out[:MAX_FILES]
