"""The picture below the signature of a mailbox: PNG or JPEG, and of it only what is seen.

What cameras and programs put beside the picture (places, names, a second small picture, anything
behind its end) does not go out to customers. Pure; never raises for any bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from inbox.mail.pictures import LARGEST_LOGO

_PNG: Final = b"\x89PNG\r\n\x1a\n"
# PNG (W3C 2003) §11: the picture, and how its colours are meant.
_PNG_KEPT: Final = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"sBIT")
)
_JPEG: Final = b"\xff\xd8"
# ITU T.81 B.1.1.3: frames name the size; of the applications JFIF (APP0), colours (APP2) and
# Adobe's (APP14) say how it is to be seen.
_FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_JPEG_KEPT: Final = frozenset((0xE0, 0xE2, 0xEE))
_APPLICATIONS: Final = frozenset(range(0xE0, 0xF0))
_COMMENT: Final = 0xFE
_SCAN: Final = 0xDA
_END: Final = b"\xff\xd9"
_MOST_PIXELS: Final = 4000  # in one direction


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that may be sent: its bytes, its type, and its size in pixels."""

    content: bytes
    content_type: str
    width: int
    height: int


def read_logo(octets: bytes) -> Picture | None:
    """The picture in these bytes without what is not seen; None for what is none, or too large."""
    if len(octets) > LARGEST_LOGO:
        return None
    found = _png(octets) if octets.startswith(_PNG) else _jpeg(octets)
    if found is None or not (0 < found.width <= _MOST_PIXELS and 0 < found.height <= _MOST_PIXELS):
        return None
    return found


def _png(octets: bytes) -> Picture | None:
    parts = list(_chunks(octets))
    kinds = [kind for kind, _ in parts]
    is_whole = kinds[:1] == [b"IHDR"] and kinds[-1:] == [b"IEND"] and b"IDAT" in kinds
    if not is_whole or len(parts[0][1]) < 25:
        return None
    width, height = struct.unpack(">II", parts[0][1][8:16])
    kept = b"".join(chunk for kind, chunk in parts if kind in _PNG_KEPT)
    return Picture(_PNG + kept, "image/png", width, height)


def _chunks(octets: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each with its name, whole, up to the end of the picture."""
    at = len(_PNG)
    while at + 12 <= len(octets):
        length = int.from_bytes(octets[at : at + 4])
        kind, end = octets[at + 4 : at + 8], at + 12 + length
        if end > len(octets):
            return
        yield kind, octets[at:end]
        if kind == b"IEND":
            return
        at = end


def _jpeg(octets: bytes) -> Picture | None:
    size, kept = (0, 0), [_JPEG]
    for marker, segment in _segments(octets):
        if marker in _FRAMES and len(segment) >= 9:
            height, width = struct.unpack(">HH", segment[5:9])
            size = (width, height)
        if marker in _JPEG_KEPT or not (marker in _APPLICATIONS or marker == _COMMENT):
            kept.append(segment)
        if marker == _SCAN:
            is_whole = segment.endswith(_END) and size != (0, 0)
            return Picture(b"".join(kept), "image/jpeg", *size) if is_whole else None
    return None


def _segments(octets: bytes) -> Iterator[tuple[int, bytes]]:
    """Each with its marker, whole; the first scan with all behind it, to the end of the picture."""
    at = len(_JPEG) if octets.startswith(_JPEG) else len(octets)
    while at + 4 <= len(octets) and octets[at] == 0xFF:
        marker = octets[at + 1]
        length = int.from_bytes(octets[at + 2 : at + 4])
        if marker == _SCAN:
            last = octets.rfind(_END, at)
            yield marker, octets[at : last + len(_END)] if last >= 0 else b""
            return
        if length < 2:
            return
        yield marker, octets[at : at + 2 + length]
        at += 2 + length
