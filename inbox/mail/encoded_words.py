"""Header values with RFC 2047 encoded words → text; broken words are read where they can be."""

from __future__ import annotations

import binascii
import re
from itertools import islice

from inbox.mail.charset import decode, scrub

# A question mark inside a word is against RFC 2047 §4.2 but written by some; counts keep it linear.
_WORD = re.compile(r"=\?([^?\s]{1,75})\?([bBqQ])\?([^?]*(?:(?<!=)\?(?!=)[^?]{0,80}){0,3})\?=")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]+")
_MAX_WORDS = 2000


def decode_words(value: str) -> str:
    """The text of an unfolded header value; control characters become spaces (no header can grow
    from it).
    """
    if "=?" in value:
        value = _decoded(value)
    return clean(value)


def clean(value: str) -> str:
    """The value on one line, without control characters, storable."""
    if not value.isprintable():
        value = _CONTROL.sub(" ", scrub(value))
    return value.strip()


def _decoded(value: str) -> str:
    out: list[str] = []
    run: list[
        bytes
    ] = []  # bytes of adjacent words of one charset: characters may be cut between words
    run_charset = ""
    last = 0
    for found in islice(_WORD.finditer(value), _MAX_WORDS):
        charset, encoding, text = found.groups()
        gap = value[last : found.start()]
        adjacent = last > 0 and not gap.strip(" \t")
        if run and (not adjacent or charset.lower() != run_charset):
            out.append(decode(b"".join(run), run_charset).text)
            run = []
        if not adjacent:
            out.append(gap)
        run_charset = charset.lower()
        run.append(_bytes_of(encoding, text))
        last = found.end()
    if run:
        out.append(decode(b"".join(run), run_charset).text)
    out.append(value[last:])
    return "".join(out)


def _bytes_of(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return binascii.a2b_qp(raw, header=True)
    return base64_bytes(raw)


def base64_bytes(data: bytes) -> bytes:
    """The bytes of base64 with any noise, padding or cut; what cannot be read is left out."""
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        digits = re.sub(rb"[^A-Za-z0-9+/]+", b"", data)
        digits = digits[: len(digits) - (len(digits) % 4 == 1)]
        return binascii.a2b_base64(digits + b"=" * (-len(digits) % 4))
