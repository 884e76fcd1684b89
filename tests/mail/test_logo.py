"""The picture below a mailbox's signature: what is seen of it, and nothing else."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.demo.pictures import PHOTO_OF_A_TEAPOT as TEAPOT
from inbox.mail.logo import read_logo
from inbox.mail.pictures import LARGEST_LOGO

# A frame of 16 by 8, a scan of two bytes; what a camera says, and what somebody put behind it.
FRAME = b"\xff\xc0\x00\x11\x08\x00\x08\x00\x10\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"
SCAN = b"\xff\xda\x00\x0c\x03\x01\x00\x02\x11\x03\x11\x00\x3f\x00\x12\x34"
JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
EXIF = b"\xff\xe1\x00\x11Exif\x00\x00N 52.5, E"
SAID = b"\xff\xfe\x00\x09by Anna"
JPEG = b"\xff\xd8" + JFIF + EXIF + SAID + FRAME + SCAN + b"\xff\xd9"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_a_png_keeps_what_is_seen() -> None:
    said = chunk(b"tEXt", b"Author\0Anna")
    marked = TEAPOT[:33] + said + TEAPOT[33:] + b"<script>"
    found = read_logo(marked)
    assert found is not None
    assert (found.content, found.content_type) == (TEAPOT, "image/png")
    assert (found.width, found.height) == (240, 180)


def test_a_jpeg_keeps_what_is_seen() -> None:
    found = read_logo(JPEG + b"PK\x03\x04")
    assert found is not None
    assert found.content == b"\xff\xd8" + JFIF + FRAME + SCAN + b"\xff\xd9"
    assert (found.content_type, found.width, found.height) == ("image/jpeg", 16, 8)


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a\x01\x00\x01\x00",
        TEAPOT[:40],
        TEAPOT[:16] + struct.pack(">II", 100_000, 1) + TEAPOT[24:],
        JPEG[:30],
        TEAPOT + b"\0" * LARGEST_LOGO,
    ],
    ids=["nothing", "svg", "gif", "cut", "huge", "no end", "heavy"],
)
def test_what_is_no_such_picture(octets: bytes) -> None:
    assert read_logo(octets) is None


@given(st.binary(max_size=400), st.integers(0, 60), st.sampled_from([TEAPOT, JPEG, b""]))
def test_any_bytes_are_a_picture_that_reads_the_same_again_or_none(
    octets: bytes, at: int, around: bytes
) -> None:
    found = read_logo(around[:at] + octets + around[at:])
    assert found is None or read_logo(found.content) == found
