"""ISO-2022-JP as mails really write it → text: with NEC's and IBM's characters, half-width kana
and 8-bit bytes in between (ISO-2022-JP-MS, CP50221).

Python's own codecs know the standard only: a circled digit or an 髙 in a name ends them.
"""

from __future__ import annotations

import re

_ESCAPE = re.compile(rb"\x1b(\$[@AB]|\$\([@ABCDOPQ]|\([BJIH]|\.[AF])")
_KOREAN = b"\x1b$)C"
_LINE_END = re.compile(rb"[\r\n]")


def decode_iso2022(data: bytes) -> tuple[str, bool]:
    """The text and whether every byte of it could be read."""
    if _KOREAN in data:  # RFC 1557
        text = data.decode("iso2022_kr", "replace")
        return text, "\ufffd" not in text
    out: list[str] = []
    mode = b"(B"
    start = 0
    for found in _ESCAPE.finditer(data):
        out.append(_stretch(data[start : found.start()], mode))
        mode = found[1]
        start = found.end()
    out.append(_stretch(data[start:], mode))
    text = "".join(out)
    return text, "\ufffd" not in text


def _stretch(data: bytes, mode: bytes) -> str:
    if not data:
        return ""
    if mode in (b"(B", b"(J", b"(H") or mode[:1] == b".":
        return _roman(data)
    if mode == b"(I":
        return _kana(data)
    # A line ends in ASCII (RFC 1468): whoever forgot the escape meant it.
    first = _LINE_END.search(data)
    if first is None:
        return _wide(data, mode)
    return _wide(data[: first.start()], mode) + _roman(data[first.start() :])


def _roman(data: bytes) -> str:
    if data.isascii():
        return data.replace(b"\x0e", b"").replace(b"\x0f", b"").decode("ascii")
    return data.decode("cp932", "replace")  # what stands raw in a Japanese mail


def _kana(data: bytes) -> str:
    return bytes(b | 0x80 if 0x21 <= b <= 0x5F else b for b in data).decode("cp932", "replace")


def _wide(data: bytes, mode: bytes) -> str:
    """Two bytes a character, of the set that the escape named."""
    high = bytes(b | 0x80 if b > 0x20 else b for b in data)
    if mode in (b"$A", b"$(A"):
        return high.decode("gb18030", "replace")
    if mode == b"$(C":
        return high.decode("cp949", "replace")
    if mode in (b"$(D", b"$(P"):
        pairs = (high[n : n + 2] for n in range(0, len(high), 2))
        return b"".join(b"\x8f" + pair for pair in pairs).decode("euc_jp", "replace")
    try:
        return high.decode("euc_jp")
    except UnicodeError:
        return _shifted(data).decode("cp932", "replace")


def _shifted(data: bytes) -> bytearray:
    """JIS X 0208 rows and cells as Shift_JIS has them, whose Windows codec knows NEC's row 13 and
    IBM's rows.
    """
    out = bytearray()
    position = 0
    while position < len(data):
        one = data[position] & 0x7F
        if one <= 0x20 or position + 1 >= len(data):
            out.append(data[position])
            position += 1
            continue
        two = data[position + 1] & 0x7F
        position += 2
        out.append((one + 1) // 2 + (0x70 if one < 0x5F else 0xB0))
        out.append((two + (0x7E if one % 2 == 0 else 0x1F + (two >= 0x60))) & 0xFF)
    return out
