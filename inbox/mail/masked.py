"""A raw mail without the rights that its addresses and links hold; all else is as it came.

Whatever is masked keeps its length, so that every boundary, line and encoding stays where it is:
in the clear, below base64 and quoted-printable, in encoded words, and in mails within the mail.
"""

from __future__ import annotations

import re
import string
from base64 import b64encode
from binascii import a2b_base64, a2b_qp
from collections.abc import Callable, Iterator
from typing import Final

from inbox.mail.tree import Part, read_tree
from inbox.mail.ways_in import MARK

_LONGEST_PART: Final = 4 * 1024 * 1024  # a text is never longer, and a picture holds no address
_DEEPEST: Final = 10


def _any(*ways: str) -> bytes:
    """A pattern of these, with an octet 0 between any two letters, as UTF-16 has it."""
    return b"(?:%s)" % b"|".join(
        rb"\0?".join(re.escape(bytes([c])) for c in w.encode()) for w in ways
    )


# As in `tokens`, whatever the verb; also as links, HTML and UTF-7 write it.
_TOKEN: Final = re.compile(
    rb"(?P<verb>%s\0?(?:(?:[a-z]\0?){1,12}\.\0?)?)(?P<token>(?:[a-z2-7]\0?){26})(?=%s)"
    % (
        _any("+-", "+", "%2B", "&#43;", "&#x2B;", "&plus;"),
        _any("@", "%40", "&#64;", "&#x40;", "&commat;", "+AEA-"),
    ),
    re.IGNORECASE,
)
# And the links that let somebody in, as in `ways_in`.
_SLASH: Final = _any("/", "%2F", "%252F", "&#47;", "&#x2F;", "&sol;")
_WAY_IN: Final = re.compile(
    rb"(?P<verb>%s\0?(?:%s|%s\0?%s\0?%s)\0?%s\0?%s\0?)(?P<token>(?:[\w-]\0?){43})(?![\w-])"
    % (_SLASH, _any("invitations"), _any("sign-in"), _SLASH, _any("links"), _SLASH, _any(MARK)),
    re.IGNORECASE,
)
_LETTER = re.compile(rb"[^\0]")
_DIGITS: Final = frozenset((string.ascii_letters + string.digits + "+/").encode())
_NO_DIGITS: Final = bytes(set(range(256)) - _DIGITS)
_STREAM = re.compile(rb"[^=]+")  # padding ends one encoding; another may follow
# RFC 2045 §6.7: an octet, a soft line break, or what stands for itself.
_QUOTED = re.compile(rb"=([0-9A-F]{2})|(=[ \t]*\r?\n)|([^=]+|=)", re.IGNORECASE)
_WORD = re.compile(rb"(=\?[^?\s]{1,60}\?([BQ])\?)([^?\s]{20,4000})(?=\?=)", re.IGNORECASE)

Mask = Callable[[bytes], bytes]


def masked(raw: bytes, depth: int = 0) -> bytes:
    """The mail with asterisks for each token, of the same length."""
    found = bytearray(_WORD.sub(_masked_word, _in_the_clear(raw)))
    for part in read_tree(raw).leaves:
        if part.end - part.start <= _LONGEST_PART:
            inner = _inner(part, depth)
            found[part.start : part.end] = inner(bytes(found[part.start : part.end]))
    return bytes(found)


def _in_the_clear(data: bytes) -> bytes:
    return _WAY_IN.sub(_asterisks, _TOKEN.sub(_asterisks, data))


def _asterisks(found: re.Match[bytes]) -> bytes:
    return found["verb"] + _LETTER.sub(b"*", found["token"])


def _inner(part: Part, depth: int) -> Mask:
    """How a leaf is masked below its encoding."""
    mask: Mask = _in_the_clear
    if part.content_type.startswith("message/") and depth < _DEEPEST:
        mask = _mail_within(depth + 1)
    if "base" in part.encoding:
        return lambda data: _base64_masked(data, mask)
    if part.encoding.strip("\"' ").startswith(("q", "quoted")):
        return lambda data: _quoted_masked(data, mask)
    return mask


def _mail_within(depth: int) -> Mask:
    return lambda data: masked(data, depth)


def _base64_masked(data: bytes, mask: Mask) -> bytes:
    found = bytearray(data)
    for stream in _STREAM.finditer(data):
        digits = stream[0].translate(None, _NO_DIGITS)
        digits = digits[: len(digits) - (len(digits) % 4 == 1)]  # six bits alone are no octet
        decoded = a2b_base64(digits + b"=" * (-len(digits) % 4))
        new = mask(decoded)
        if new != decoded:
            places = [at for at, one in enumerate(stream[0], stream.start()) if one in _DIGITS]
            for at, digit in zip(places, b64encode(new).rstrip(b"="), strict=False):
                found[at] = digit
    return bytes(found)


def _quoted_masked(data: bytes, mask: Mask) -> bytes:
    plain = a2b_qp(data)
    if mask(plain) == plain:  # as nearly always
        return data
    octets = list(_octets(data))
    decoded = bytes(octet for octet, _, _ in octets)
    new = mask(decoded)
    if new == decoded:
        return data
    found = bytearray(data)
    for (was, start, end), octet in zip(octets, new, strict=True):
        if octet != was:
            found[start:end] = bytes([octet]) if end - start == 1 else b"=%02X" % octet
    return bytes(found)


def _octets(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Each octet that is meant, and from where to where it is written."""
    for found in _QUOTED.finditer(data):
        if found[1]:
            yield int(found[1], 16), found.start(), found.end()
        elif found[3]:
            yield from ((octet, at, at + 1) for at, octet in enumerate(found[3], found.start()))


def _masked_word(found: re.Match[bytes]) -> bytes:
    mask = _base64_masked if found[2] in b"Bb" else _quoted_masked
    return found[1] + mask(found[3], _in_the_clear)
