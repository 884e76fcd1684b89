"""Files of old Macintosh programs, written as letters (RFC 1741) → the file within.

A file there has two forks; only the first one, the data, means anything elsewhere. The expansion of
repeated bytes stops at what the header says, and at a bound of our own. Never raises.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

MAX_BINHEX = 32 * 1024 * 1024
_DIGITS = b"!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr"
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_TO_BASE64 = bytes.maketrans(_DIGITS, _BASE64)
_NO_DIGITS = bytes(sorted(set(range(256)) - set(_DIGITS)))
_BEGIN = re.compile(rb"(?:\A|[\r\n])[ \t]*:(?=[!-r])")
_LONGEST_NAME = 63
_AFTER_NAME = 19  # a zero, type, creator, flags, the lengths of both forks


@dataclass(frozen=True, slots=True)
class BinhexFile:
    """The file, and whether its check sum says that it is whole."""

    name: bytes
    data: bytes
    is_whole: bool


def read_binhex(text: bytes) -> BinhexFile | None:
    """The file that stands in the first BinHex 4.0 of a text; None if none can be read."""
    begin = _BEGIN.search(text) if len(text) <= MAX_BINHEX else None
    if begin is None:
        return None
    end = text.find(b":", begin.end())
    packed = _bytes_of(text[begin.end() : end if end >= 0 else len(text)])
    name_length = packed[0] if packed else 0
    if not 0 < name_length <= _LONGEST_NAME:
        return None
    head = _expanded(packed, _LONGEST_NAME + _AFTER_NAME + 3)
    size = int.from_bytes(head[name_length + 12 : name_length + 16])
    start = 1 + name_length + _AFTER_NAME + 2
    if len(head) < start or size > MAX_BINHEX:
        return None
    whole = _expanded(packed, start + size + 2)
    data = whole[start : start + size]
    summed = binascii.crc_hqx(data, 0).to_bytes(2)
    return BinhexFile(
        head[1 : 1 + name_length], data, is_whole=whole[start + size : start + size + 2] == summed
    )


def _bytes_of(digits: bytes) -> bytes:
    """Four digits are three bytes, as in base64, with other letters."""
    letters = digits.translate(_TO_BASE64, _NO_DIGITS)
    letters = letters[: len(letters) // 4 * 4] if len(letters) % 4 == 1 else letters
    return base64.b64decode(letters + b"=" * (-len(letters) % 4))


def _expanded(packed: bytes, most: int) -> bytes:
    """At most so many bytes: `x 90 n` stands for n times x, `90 00` for 90 itself."""
    out = bytearray()
    at = 0
    while len(out) < most and at < len(packed):
        mark = packed.find(b"\x90", at)
        if mark < 0 or mark + 1 >= len(packed):
            out += packed[at : at + most]
            break
        out += packed[at : min(mark, at + most)]
        count = packed[mark + 1]
        if not count:
            out.append(0x90)
        elif out:
            out += out[-1:] * (count - 1)
        at = mark + 2
    return bytes(out[:most])
