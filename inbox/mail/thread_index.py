"""Thread-Index, by which Outlook and Exchange group mails (MS-OXOMSG §2.2.1.3).

A root of 22 bytes names the conversation; every answer appends a block of five bytes. An answer
that repeats the root without a block of its own is shown as another conversation.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta

ROOT = 22
BLOCK = 5
_MOST_BLOCKS = 50  # a longer chain says nothing more, and a header line ends at 998 octets
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_SMALL_DELTA = 1 << 49  # about 1.8 years in units of 100 ns
_FREE_BITS = 6  # of a time in units of 26 ms: the last 1.7 seconds


def new_root(now: datetime, guid: bytes) -> bytes:
    """The 22 bytes of a new conversation; `guid` is 16 random bytes, `now` is aware."""
    if len(guid) != 16:
        raise ValueError("a GUID has 16 bytes")
    return b"\x01" + _filetime(now).to_bytes(8, "big")[:5] + guid


def child(parent: bytes, now: datetime, number: int) -> bytes:
    """The index of an answer to `parent`; raises ValueError where that has no whole root.

    Programs take two answers with the same index for one. So that none have it, however close they
    are, `number` goes into it: consecutive ones of the mails of this house, say.
    """
    root = root_of(parent)
    if not root:
        raise ValueError("not a conversation index")
    delta = max(0, _filetime(now) - _root_time(root))
    is_small = delta < _SMALL_DELTA
    word = delta >> 18 if is_small else 1 << 31 | (delta >> 23) & 0x7FFFFFFF
    blocks = parent[ROOT : len(parent) - (len(parent) - ROOT) % BLOCK]
    blocks = blocks[: (_MOST_BLOCKS - 1) * BLOCK]
    # Four bits are meant for chance. What a time says below two seconds is of no use to anybody.
    free = _FREE_BITS if is_small else 1
    word = word >> free << free | number >> 4 & (1 << free) - 1
    return root + blocks + word.to_bytes(4, "big") + bytes([(number & 0xF) << 4])


def root_of(index: bytes) -> bytes:
    """The 22 bytes that all mails of the conversation share, or nothing if it is too short."""
    return index[:ROOT] if len(index) >= ROOT and index[0] == 1 else b""


def conversation_guid(index: bytes) -> str:
    """The conversation's GUID as 32 hexadecimal digits, or an empty string."""
    return root_of(index)[6:].hex()


def to_header(index: bytes) -> str:
    """The header's value."""
    return b64encode(index).decode()


def from_header(value: str) -> bytes | None:
    """The index of a header that may be folded, unpadded or cut off; None if there is none."""
    text = "".join(value.split()).rstrip("=")
    text = text[: len(text) - 1] if len(text) % 4 == 1 else text
    try:
        index = b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
    return index if root_of(index) else None


def _filetime(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1) * 10


def _root_time(root: bytes) -> int:
    # Exchange writes the five highest bytes of the time after the reserved one, Outlook lets the
    # reserved one stand for the highest. In our century the highest byte of a time is 1.
    if root[1] == 1:
        return int.from_bytes(root[1:6], "big") << 24
    return int.from_bytes(root[:6], "big") << 16
