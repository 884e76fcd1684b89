"""A picture to send: drawn here, so that no binary file has to be kept."""

from __future__ import annotations

import struct
import zlib
from typing import Final

_WIDTH, _HEIGHT = 240, 180
_TABLE, _WALL, _POT, _SHADE = (222, 202, 176), (240, 236, 228), (86, 128, 140), (62, 98, 110)


def _teapot() -> bytes:
    rows = b"".join(
        b"\0" + b"".join(bytes(_colour(x, y)) for x in range(_WIDTH)) for y in range(_HEIGHT)
    )
    size = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", size), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _colour(x: int, y: int) -> tuple[int, int, int]:
    """A pot with its spout; the handle lies on the table."""
    ring = (x - 196) ** 2 / 26**2 + (y - 148) ** 2 / 14**2
    if _is_pot(x, y):
        return _SHADE if x + y // 3 > 158 else _POT
    if 0.55 < ring < 1.0 and not 190 < x < 202:
        return _SHADE
    return _TABLE if y > 126 else _WALL


def _is_pot(x: int, y: int) -> bool:
    body = ((x - 104) / 54) ** 2 + ((y - 96) / 44) ** 2 < 1
    lid = ((x - 104) / 22) ** 2 + ((y - 52) / 9) ** 2 < 1
    knob = (x - 104) ** 2 + (y - 39) ** 2 < 36
    spout = 20 < x < 66 and abs(y - (40 + (66 - x) * -0.5 + (x - 20) * 1.4)) < 8
    return body or lid or knob or spout


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + check


PHOTO_OF_A_TEAPOT: Final = _teapot()
