"""Content-Transfer-Encoding (RFC 2045 §6) → bytes; broken encodings are read as far as they go."""

from __future__ import annotations

import binascii
import re
import string
from io import BytesIO
from itertools import islice

from inbox.mail.encoded_words import base64_bytes
from inbox.model.mail import Defect

_IDENTITY = frozenset(
    {"", "7bit", "8bit", "binary", "none", "7-bit", "8-bit", "7bits", "8bits", "utf-8"}
)
_BASE64_DIGITS = (string.ascii_letters + string.digits + "+/=").encode()
_BASE64_BYTES = _BASE64_DIGITS + b" \t\r\n\f\v"
# Where plain text can follow base64, as mailing lists append it.
_FOOTER = re.compile(rb"=[ \t]*\r?\n|\n[ \t]*\r?\n")
_PADDING = re.compile(rb"=[\s=]*+")


def decode_transfer(data: bytes, encoding: str) -> tuple[bytes, Defect | None]:
    """The decoded bytes and what was wrong with the encoding; never raises."""
    name = encoding.strip("\"'; \t").partition(";")[0].strip()
    if name.startswith(("quoted", "qp")):  # `quoted printable`, `quoted-printable.` …
        name = "quoted-printable"
    name = name.partition(" ")[0].rstrip(".,")
    if name in _IDENTITY:
        return data, None
    if name in ("base64", "b", "base-64"):
        return _base64(data)
    if name == "quoted-printable":
        return binascii.a2b_qp(data), None
    if name in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _uuencoded(data)
    return data, Defect("encoding.unknown", name[:40])


def _base64(data: bytes) -> tuple[bytes, Defect | None]:
    data = data.strip()
    if _is_words(data):
        return data, Defect("encoding.not_base64")
    for end in islice(_FOOTER.finditer(data), 20):
        if _is_plain(data[end.end() : end.end() + 4000]):
            decoded = b"".join(map(base64_bytes, _PADDING.split(data[: end.end()], 1000)))
            footer = data[end.end() :].strip()
            return decoded + b"\n" + footer, Defect("encoding.base64_then_text")
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
    if len(data.split(None, 5)) > 4 and _mean_length(data) < 20:
        return data, Defect("encoding.not_base64")
    return base64_bytes(data), Defect("encoding.base64_junk")


def _is_words(data: bytes) -> bool:
    """True for lines of several short words: base64 has no spaces within its lines."""
    window = data[:4000]
    lines = [line.split() for line in window.splitlines() if line.strip()]
    several = sum(1 for line in lines if len(line) > 1)
    return several > 0 and several * 3 >= len(lines) and _mean_length(window) < 20


def _is_plain(window: bytes) -> bool:
    """True for lines each of which has what no base64 has."""
    lines = [line.strip() for line in window.splitlines() if line.strip()]
    return bool(lines) and all(line.translate(None, _BASE64_DIGITS) for line in lines)


def _mean_length(data: bytes) -> float:
    words = data[:4000].split()
    return sum(map(len, words)) / len(words) if words else 0.0


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
