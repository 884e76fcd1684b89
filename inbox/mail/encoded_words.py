"""Header values with RFC 2047 encoded words → text; broken words are read where they can be."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field
from itertools import islice

from inbox.mail.charset import decode, scrub

# A question mark inside a word is against RFC 2047 §4.2 but written by some; counts keep it linear.
_WORD = re.compile(r"=\?([^?\s]{0,75})\?([bBqQ])\?([^?]*(?:(?<!=)\?(?!=)[^?]{0,80}){0,3})\?=")
# The last word of a value that a server has cut; in the other encoding it can be read as it is.
_CUT = re.compile(r"=\?[^?\s]{1,75}\?[bB]\?[A-Za-z0-9+/]{4,}={0,2}\??$")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]+")
_UNREADABLE = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LONGEST_WORD = 1000
_MAX_WORDS = 2000


def decode_words(value: str) -> str:
    """The text of an unfolded header value; control characters become spaces (no header can grow
    from it).
    """
    if "=?" in value:
        value = _decoded(_completed(value.rstrip()))
    return clean(value)


def _completed(value: str) -> str:
    """The value with an end to its last word, if only that is missing."""
    last = value.rfind("=?", 0, -2)
    if value.endswith("?=") or len(value) - last > _LONGEST_WORD or not _CUT.match(value, last):
        return value
    return value.rstrip("?") + "?="


def clean(value: str) -> str:
    """The value on one line, without control characters, storable."""
    if not value.isprintable():
        value = _CONTROL.sub(" ", scrub(value))
    return value.strip()


@dataclass(slots=True)
class _Run:
    """Adjacent words of one charset: characters, and even base64, may be cut between them."""

    charset: str
    written: str = ""
    data: bytearray = field(default_factory=bytearray)
    base64: str = ""  # not decoded yet, for the next word may go on with it

    def add(self, word: str, encoding: str, text: str) -> None:
        self.written += word
        if encoding in "qQ":
            self._end_base64()
            self.data += binascii.a2b_qp(text.encode("utf-8", "surrogateescape"), header=True)
            return
        self.base64 += "".join(text.split())
        if len(self.base64) % 4 == 0 or self.base64.endswith("="):
            self._end_base64()

    def text(self) -> str:
        """What the words say; as written where they cannot be read."""
        self._end_base64()
        decoded = decode(bytes(self.data), self.charset)
        is_noise = decoded.defect is not None and _UNREADABLE.search(decoded.text)
        return self.written if is_noise else decoded.text

    def _end_base64(self) -> None:
        if self.base64:
            self.data += base64_bytes(self.base64.encode("utf-8", "surrogateescape"))
            self.base64 = ""


def _decoded(value: str) -> str:
    out: list[str] = []
    run: _Run | None = None
    last = 0
    for found in islice(_WORD.finditer(value), _MAX_WORDS):
        charset, encoding, text = found.groups()
        gap = value[last : found.start()]
        adjacent = last > 0 and not gap.strip(" \t")
        if run and not (adjacent and charset.lower() == run.charset):
            out.append(run.text())
            run = None
        if not adjacent:
            out.append(gap)
        run = run or _Run(charset.lower())
        run.add(found[0], encoding, text)
        last = found.end()
    if run:
        out.append(run.text())
    out.append(value[last:])
    return "".join(out)


def base64_bytes(data: bytes) -> bytes:
    """The bytes of base64 with any noise, padding or cut; what cannot be read is left out."""
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        digits = re.sub(rb"[^A-Za-z0-9+/]+", b"", data)
        digits = digits[: len(digits) - (len(digits) % 4 == 1)]
        return binascii.a2b_base64(digits + b"=" * (-len(digits) % 4))
