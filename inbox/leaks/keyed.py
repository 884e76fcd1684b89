"""Octets in which nobody can read → the addresses with keys in them, as they may be ours.

Pictures with their remarks, unknown files, and what stands behind the words of those that are read:
an address that a notice gave is made of plain letters, and lies there as it is. Whether it is one
of ours, the database knows.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Final

_PLUS = r"(?:\+|%(?:25){0,3}2B|=2B|&#43;|&#x2B;|&plus;)"
# Searched for by its first sign: nothing before it is tried over and over.
_KEY = rf"{_PLUS}(?:[\w-]{{1,64}}\.)?[a-z2-7]{{26}}(?![a-z2-7])"
_KEYED = re.compile(_KEY, re.IGNORECASE | re.ASCII)
_KEYED_OCTETS = re.compile(_KEY.encode(), re.IGNORECASE)
_WRITTEN_PLUS = re.compile(_PLUS, re.IGNORECASE | re.ASCII)
_BEFORE = re.compile(r"[a-z._-]{0,64}$", re.IGNORECASE | re.ASCII)
_BEHIND = re.compile(r"(?:(?:@|=40|%(?:25){0,3}40|&#64;|&#x40;|&commat;)[\w.-]{1,253})?", re.ASCII)
_WRITTEN_AT = re.compile(r"=40|%(?:25){0,3}40|&#64;|&#x40;|&commat;", re.IGNORECASE)
_LONGEST_BEFORE, _LONGEST_BEHIND = 64, 280
_MOST: Final = 200
_WINDOW: Final = 1 << 19  # octets
_LONGEST_KEY: Final = 128

_PNG = b"\x89PNG\r\n\x1a\n"
_PACKED = re.compile(b"x")
_LONGEST_NAMES: Final = 400  # octets, of what a remark is called
_GIF = b"GIF8"
_GIF_REMARK = b"!\xfe"
_LONGEST_REMARK: Final = 1 << 20  # octets, unpacked
_MOST_REMARKS: Final = 200
_MOST_UNPACKED: Final = 8 << 20  # octets, of all remarks of a picture
_MOST_TRIES: Final = 400
_PIECE: Final = 1 << 14  # octets


def keyed(text: str) -> list[str]:
    """The addresses in a text that have a key, each written as it would be in a mail."""
    found = []
    for one in _KEYED.finditer(text):
        before = _BEFORE.search(text[max(0, one.start() - _LONGEST_BEFORE) : one.start()])
        behind = _BEHIND.match(text[one.end() : one.end() + _LONGEST_BEHIND])
        said = "".join((before[0] if before else "", one[0], behind[0] if behind else ""))
        found.append(_WRITTEN_AT.sub("@", _WRITTEN_PLUS.sub("+", said)))
        if len(found) == _MOST:
            break
    return list(dict.fromkeys(found))


def keyed_octets(content: bytes) -> list[str]:
    """The same in octets, in one octet a sign or in two, and in remarks that are packed."""
    found = [address for said in _as_they_lie(content) for address in keyed(said)]
    return list(dict.fromkeys(found))


def _as_they_lie(content: bytes) -> Iterator[str]:
    for octets in (content, content.replace(b"\0", b"")) if b"\0" in content else (content,):
        yield from _around(octets)
    for remark in _remarks(content):
        yield from _around(remark)


def _around(octets: bytes) -> Iterator[str]:
    for number, one in enumerate(_keys_in(octets)):
        if number == _MOST:
            return
        begin, end = max(0, one.start() - _LONGEST_BEFORE), one.end() + _LONGEST_BEHIND
        yield octets[begin:end].decode("latin-1")


def _keys_in(octets: bytes) -> Iterator[re.Match[bytes]]:
    # Piece by piece: while a pattern is looked for, nothing else of the process gets on.
    for begin in range(0, len(octets), _WINDOW):
        for one in _KEYED_OCTETS.finditer(octets, begin, begin + _WINDOW + _LONGEST_KEY):
            if one.start() < begin + _WINDOW:
                yield one


def _remarks(content: bytes) -> Iterator[bytes]:
    """What is written in a picture beside the picture, where it is packed or in pieces."""
    if content.startswith(_PNG):
        yield from _png_remarks(content)
    elif content.startswith(_GIF):
        yield from _gif_remarks(content)


def _png_remarks(content: bytes) -> Iterator[bytes]:
    """PNG (W3C 2003) §11.3.4: zTXt, and iTXt where it is packed."""
    at, room, tries = len(_PNG), _MOST_UNPACKED, _MOST_TRIES
    for _ in range(_MOST_REMARKS):
        size, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        if not kind:
            return
        if kind in (b"zTXt", b"iTXt"):
            data = content[at + 8 : at + 8 + min(size, _LONGEST_REMARK)]
            # Where the packed text begins, each kind says in its own way; its own mark is surer.
            for one in _PACKED.finditer(data[:_LONGEST_NAMES]):
                if tries <= 0 or room <= 0:
                    return
                tries -= 1
                said, is_sound = _unpacked(data[one.start() :], min(room, _LONGEST_REMARK))
                room -= len(said)
                yield said
                if is_sound:
                    break
        at += size + 12


def _unpacked(data: bytes, most: int) -> tuple[bytes, bool]:
    """What it unpacks to, and whether that is sound: who breaks off late has cost as much."""
    unpacker, said = zlib.decompressobj(), bytearray()
    try:
        while data and len(said) < most:
            said += unpacker.decompress(data, _PIECE)
            data = unpacker.unconsumed_tail
    except zlib.error:
        return bytes(said), False
    return bytes(said), True


def _gif_remarks(content: bytes) -> Iterator[bytes]:
    """GIF89a §24: pieces of at most 255 octets, each behind its length."""
    begin = content.find(_GIF_REMARK)
    for _ in range(_MOST_REMARKS):
        if begin < 0:
            return
        pieces: list[bytes] = []
        at = begin + 2
        while (size := int.from_bytes(content[at : at + 1], "big")) and len(pieces) < _MOST_REMARKS:
            pieces.append(content[at + 1 : at + 1 + size])
            at += 1 + size
        yield b"".join(pieces)
        begin = content.find(_GIF_REMARK, max(at, begin + 2))
