"""Content-Transfer-Encoding (RFC 2045 §6) → bytes; broken encodings are read as far as they go."""

from __future__ import annotations

import binascii
import re
import string
from io import BytesIO

from inbox.mail.encoded_words import base64_bytes
from inbox.model.mail import Defect

_IDENTITY = frozenset(
    {"", "7bit", "8bit", "binary", "none", "7-bit", "8-bit", "7bits", "8bits", "utf-8"}
)
_BASE64_BYTES = (string.ascii_letters + string.digits + "+/= \t\r\n\f\v").encode()
_PADDING = re.compile(rb"=[\s=]*+")


def decode_transfer(data: bytes, encoding: str) -> tuple[bytes, Defect | None]:
    """The decoded bytes and what was wrong with the encoding; never raises."""
    name = encoding.strip("\"'; \t").partition(" ")[0].partition(";")[0]
    if name in _IDENTITY:
        return data, None
    if name in ("base64", "b", "base-64"):
        return _base64(data)
    if name in ("quoted-printable", "qp", "quotedprintable", "quoted_printable"):
        return binascii.a2b_qp(data), None
    if name in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _uuencoded(data)
    return data, Defect("encoding.unknown", name[:40])


def _base64(data: bytes) -> tuple[bytes, Defect | None]:
    data = data.strip()
    padding = data.find(b"=")
    if padding >= 0 and data[padding:].strip(b"= \t\r\n"):
        # Several encodings one after the other (lists append footers so): decode each.
        pieces = [piece for piece in _PADDING.split(data, 1000) if piece.strip()]
        if len(pieces) > 1:
            joined = b"".join(base64_bytes(piece) for piece in pieces)
            return joined, Defect("encoding.base64_joined")
    if data.translate(None, _BASE64_BYTES):
        return _base64_with_junk(data)
    try:
        return binascii.a2b_base64(data), None
    except binascii.Error:
        return base64_bytes(data), Defect("encoding.base64_truncated", lost=True)


def _base64_with_junk(data: bytes) -> tuple[bytes, Defect | None]:
    """Text that only claims to be base64 is given as it stands; else the junk is left out."""
    words = data[:4000].split()
    if len(words) > 4 and sum(map(len, words)) / len(words) < 20:
        return data, Defect("encoding.not_base64")
    return base64_bytes(data), Defect("encoding.base64_junk")


def _uuencoded(data: bytes) -> tuple[bytes, Defect | None]:
    lines = BytesIO(data)
    if not any(line.startswith(b"begin ") for line in lines):
        return data, Defect("encoding.not_uuencoded")
    out = bytearray()
    defect = None
    for line in lines:
        said = line.strip(b"\r\n")
        if said.strip() == b"end":
            break
        if said.strip() in (b"`", b""):
            continue
        try:
            out += _uuencoded_line(said)
        except binascii.Error:
            defect = Defect("encoding.uuencode_broken", lost=True)
    return bytes(out), defect


def _uuencoded_line(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        # Some encoders pad too much: read as many characters as the length byte says.
        return binascii.a2b_uu(line[: (((line[0] - 32) & 63) * 4 + 5) // 3])
