"""Bytes of any charset → readable, storable text: declared, aliases, UTF-8, then a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass

from inbox.mail.charset_guess import (
    CYRILLIC,
    LATIN,
    WINDOW,
    best_cyrillic,
    cyrillic_score,
    guess,
    is_multibyte,
    is_no_latin,
    looks_odd,
)
from inbox.mail.charset_names import codec_of, is_ascii_label
from inbox.mail.iso2022 import decode_iso2022
from inbox.model.mail import Defect

__all__ = ["Decoded", "codec_of", "decode", "decode_text", "newlines", "scrub", "undoubled"]

_SURROGATES = re.compile("[\ud800-\udfff]")
_NEWLINES = re.compile(r"\r\n?")
# How UTF-8 looks once read as something else and encoded again: Latin, Cyrillic, punctuation and
# Asian letters read as cp1252; Cyrillic read as cp1251 and as KOI8-R. What people could have typed
# counts only where it comes twice.
_CONTINUES = "[\u0080-\u00bf\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
_DOUBLED = {
    "cp1252": re.compile(
        f"[\u00c2\u00c3]{_CONTINUES}|[\u00e2-\u00ed]{_CONTINUES}{{2}}"
        f"|(?:[\u00c4\u00c5\u00ce-\u00d1\u00d7-\u00da]{_CONTINUES}){{2}}"
    ),
    "cp1251": re.compile("(?:[РС][\u0080-\u00bf\u0402-\u040f\u0452-\u045f\u2013-\u2122°±µ¶·]){2}"),
    "koi8-r": re.compile("(?:[пя][\u2500-\u25a0\u2219-\u2265\u00b0-\u00f7ёЁ\u2320\u2321]){2}"),
}
# Control characters beyond ASCII: nobody writes them; they are what Windows has in their places.
_C1 = re.compile("[\x80-\x9f]")
_FROM_C1 = {n: bytes((n,)).decode("cp1252", "replace") for n in range(0x80, 0xA0)}
# These have letters in other places as well, not only more signs.
_WINDOWS = {
    "iso8859-2": "cp1250",
    "iso8859-4": "cp1257",
    "iso8859-6": "cp1256",
    "iso8859-7": "cp1253",
    "iso8859-13": "cp1257",
}
# The score of Cyrillic text that makes sense, and by how much another charset must make more.
_GOOD, _BETTER = 0.8, 0.1
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")  # also half a Greek or Cyrillic letter
_HIGH = re.compile(rb"[\x80-\xff]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the codec that read it; `defect` says what was wrong with the label or the
    bytes.
    """

    text: str
    charset: str
    defect: Defect | None = None


def decode(data: bytes, declared: str = "", hint: str = "") -> Decoded:
    """Text of `data` in its declared charset, or in the one that fits; never raises. `hint` is
    what the rest of the mail is written in: tried before any guess.
    """
    if data.isascii() and not _reads_ascii_differently(declared, data):
        return Decoded(data.decode("ascii"), "us-ascii")
    codec = codec_of(declared)
    decoded = _by_label(data, codec, hint) if codec else _by_guess(data, hint)
    if declared and not codec and not is_ascii_label(declared):
        decoded = _with(decoded, Defect("charset.unknown", _shown(declared)))
    if "\x00" in decoded.text:
        decoded = _with(decoded, decoded.defect or Defect("text.nul"))
    decoded = _with_text(decoded, scrub(decoded.text))
    if (once := undoubled(decoded.text)) is not decoded.text:
        return Decoded(once, "utf-8", Defect("charset.double_encoded", decoded.charset))
    if _C1.search(decoded.text):
        decoded = _of_windows(data, decoded)
    return decoded


def _of_windows(data: bytes, decoded: Decoded) -> Decoded:
    """What was read by an ISO standard, by what Windows has of the same alphabet."""
    defect = decoded.defect or Defect("charset.c1")
    codec = _WINDOWS.get(decoded.charset, "")
    try:
        return Decoded(data.decode(codec), codec, defect)
    except (LookupError, UnicodeError):
        return Decoded(decoded.text.translate(_FROM_C1), decoded.charset, defect)


def decode_text(data: bytes, declared: str = "", hint: str = "") -> Decoded:
    """Like `decode`, without byte order mark and with `\\n` line ends."""
    decoded = decode(data, declared, hint)
    return _with_text(decoded, newlines(decoded.text.removeprefix("\ufeff")))


def scrub(text: str) -> str:
    """The text as a database can keep it: without NUL, lone surrogates replaced."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    if text.isascii():
        return text
    return _SURROGATES.sub("\ufffd", text)


def undoubled(text: str) -> str:
    """The text with UTF-8 that was read as another charset and encoded again put right; else the
    same object.
    """
    if text.isascii():
        return text
    for codec, marks in _DOUBLED.items():
        if marks.search(text):
            try:
                return _bytes_of(text, codec).decode("utf-8")
            except UnicodeError:
                continue
    return text


def newlines(text: str) -> str:
    """The text with every line end written as a single line feed."""
    return _NEWLINES.sub("\n", text) if "\r" in text else text


def _bytes_of(text: str, codec: str) -> bytes:
    """The bytes that were read as this text; what the codec leaves undefined came through as
    control characters.
    """
    try:
        return text.encode(codec)
    except UnicodeError:
        return b"".join(
            c.encode("latin-1") if "\x7f" < c < "\xa0" else c.encode(codec) for c in text
        )


def _reads_ascii_differently(declared: str, data: bytes) -> bool:
    if b"\x1b" in data or b"\x00" in data:
        return True
    if b"~{" in data and b"~}" in data and not declared:
        return True
    return bool(declared) and codec_of(declared).startswith(("utf-7", "utf-16", "utf-32", "hz"))


def _by_label(data: bytes, codec: str, hint: str) -> Decoded:
    if codec.startswith("iso2022"):
        return _japanese(data, hint)
    if codec == "utf-7" and not data.isascii():
        return _mixed_utf7(data, hint)
    if codec.startswith(("utf-16", "utf-32")) and b"\x00" not in data and not _has_mark(data):
        other = _by_guess(data, hint)  # text of two or four bytes a character has mostly zeros
        if (other.charset == "utf-8" or data.isascii()) and not _CONTROLS.search(data):
            return _with(other, Defect("charset.mislabelled", f"{codec} is {other.charset}"))
    if codec != "utf-8" and _is_surely_utf8(data, codec):
        text = data.decode("utf-8")
        return Decoded(text, "utf-8", Defect("charset.mislabelled", f"{codec} is utf-8"))
    if better := _other_alphabet(data, codec, hint):
        return better
    try:
        return Decoded(data.decode(_byte_order(data, codec)), codec)
    except (UnicodeError, ValueError, OverflowError):
        return _undecodable(data, codec, hint)


def _undecodable(data: bytes, codec: str, hint: str) -> Decoded:
    lenient = data.decode(_byte_order(data, codec), "replace")
    lost = Decoded(lenient, codec, Defect("charset.undecodable", codec, lost=True))
    if not is_multibyte(codec):
        return lost
    high = sum(1 for byte in data[:WINDOW] if byte > 127)
    broken = lenient[:WINDOW].count("\ufffd")
    if broken * 8 <= high or codec.startswith(("utf-16", "utf-32", "utf-7", "hz")):
        return lost
    guessed = _by_guess(data, hint)
    return _with(guessed, Defect("charset.mislabelled", f"{codec} is {guessed.charset}"))


def _japanese(data: bytes, hint: str) -> Decoded:
    """ISO-2022-JP; with bytes beyond ASCII and no escapes it is something else under its label."""
    if not data.isascii() and b"\x1b" not in data:
        guessed = _by_guess(data, hint)
        detail = f"iso-2022-jp is {guessed.charset}"
        return _with(guessed, Defect("charset.mislabelled", detail))
    text, is_whole = decode_iso2022(data)
    lost = None if is_whole else Defect("charset.undecodable", "iso-2022-jp", lost=True)
    return Decoded(text, "iso2022_jp", lost)


def _mixed_utf7(data: bytes, hint: str) -> Decoded:
    """UTF-7 with 8-bit text in between, as footers are appended to it."""
    codec = _by_guess(data, hint).charset
    out: list[str] = []
    start = 0
    for found in _HIGH.finditer(data):
        out.append(data[start : found.start()].decode("utf-7", "replace"))
        out.append(found[0].decode(codec, "replace"))
        start = found.end()
    out.append(data[start:].decode("utf-7", "replace"))
    return Decoded("".join(out), "utf-7", Defect("charset.mislabelled", f"utf-7 and {codec}"))


def _other_alphabet(data: bytes, codec: str, hint: str) -> Decoded | None:
    """Text of another alphabet under a single-byte label that reads any bytes at all."""
    if codec in LATIN:
        if not is_no_latin(data):
            return None
        guessed = _by_guess(data, hint)
        found = guessed.charset
        if found in LATIN:
            return None
    elif codec in CYRILLIC or codec == "koi8-r":
        if not looks_odd(data, codec) or not is_no_latin(data):
            return None
        found, score = best_cyrillic(data)
        if score < max(_GOOD, cyrillic_score(data, codec) + _BETTER):
            return None
    else:
        return None
    text = data.decode(found, "replace")
    return Decoded(text, found, Defect("charset.mislabelled", f"{codec} is {found}"))


def _by_guess(data: bytes, hint: str = "") -> Decoded:
    if b"\x1b$" in data or b"\x1b(" in data:
        text, is_whole = decode_iso2022(data)
        if is_whole:
            return Decoded(text, "iso2022_jp", Defect("charset.guessed", "iso-2022-jp"))
    if _has_mark(data):
        text = data.decode("utf-16", "replace")
        return Decoded(text, "utf-16", Defect("charset.guessed", "utf-16"))
    try:
        text = data.decode("utf-8")
    except UnicodeError:
        return _by_hint(data, codec_of(hint))
    if data.isascii() and (chinese := _hz(data)):
        return Decoded(chinese, "hz", Defect("charset.guessed", "hz"))
    return Decoded(text, "utf-8", None if data.isascii() else Defect("charset.guessed", "utf-8"))


def _by_hint(data: bytes, hint: str) -> Decoded:
    if hint and not hint.startswith(("utf", "iso2022", "hz")) and not _is_unlikely(data, hint):
        try:
            return Decoded(data.decode(hint), hint, Defect("charset.guessed", hint))
        except UnicodeError:
            pass
    codec = guess(data)
    return Decoded(data.decode(codec, "replace"), codec, Defect("charset.guessed", codec))


def _is_unlikely(data: bytes, codec: str) -> bool:
    if codec in LATIN:
        return is_no_latin(data)
    if codec in CYRILLIC or codec == "koi8-r":
        return cyrillic_score(data, codec) < 0
    return False


def _hz(data: bytes) -> str:
    """The text of HZ (RFC 1843), by its marks; empty where it is none."""
    if b"~{" not in data or b"~}" not in data:
        return ""
    try:
        text = data.decode("hz")
    except UnicodeError:
        return ""
    return text if any("\u4e00" <= c <= "\u9fff" for c in text) else ""


def _has_mark(data: bytes) -> bool:
    return data.startswith((b"\xff\xfe", b"\xfe\xff"))


def _byte_order(data: bytes, codec: str) -> str:
    """UTF-16 without a mark: the higher bytes of spaces and of Latin letters are zeros."""
    if codec != "utf-16" or _has_mark(data):
        return codec
    window = data[:WINDOW]
    return "utf-16-be" if window[::2].count(0) > window[1::2].count(0) else "utf-16-le"


def _is_surely_utf8(data: bytes, codec: str) -> bool:
    """True for valid UTF-8 with so many characters outside ASCII that no text in `codec` is that
    by chance.
    """
    if codec.startswith(("utf", "hz")):
        return False
    try:
        text = data.decode("utf-8")
    except UnicodeError:
        return False
    characters = sum(1 for c in text[:WINDOW] if c > "\x7f")
    if codec in LATIN:
        return characters >= 1
    if not is_multibyte(codec):
        return characters >= 2
    return sum(1 for c in text[:WINDOW] if c > "\u07ff") >= 2 or characters >= 4


def _shown(label: str) -> str:
    return scrub(label)[:60]


def _with(decoded: Decoded, defect: Defect) -> Decoded:
    return Decoded(decoded.text, decoded.charset, defect)


def _with_text(decoded: Decoded, text: str) -> Decoded:
    return decoded if text is decoded.text else Decoded(text, decoded.charset, decoded.defect)
