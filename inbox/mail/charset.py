"""Bytes of any charset → readable, storable text: declared, aliases, UTF-8, then a guess."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

import chardet

from inbox.model.mail import Defect

_GUESS_BYTES = 4096
_SURROGATES = re.compile("[\ud800-\udfff]")
# How the UTF-8 of Latin, Cyrillic and punctuation looks once read as cp1252.
_DOUBLED = re.compile(
    ""
    "[\u00c2\u00c3\u00c4\u00c5\u00d0\u00d1\u00e2][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_NEWLINES = re.compile(r"\r\n?")

# Labels that mail uses for a superset of what they name (WHATWG Encoding §4.2 makes the same
# choice).
_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "chinesesimplified": "gb18030",
    "euc-cn": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ms_kanji": "cp932",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "ansi": "cp1252",
    "x-ansi": "cp1252",
    "ansi_x3.4-1968": "us-ascii",
    "ascii": "us-ascii",
    "iso-8859-8-i": "cp1255",
    "iso-8859-8": "cp1255",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-2022-jp-ms": "iso2022_jp_ext",
    "cp50220": "iso2022_jp_ext",
    "cp50221": "iso2022_jp_ext",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "korean": "cp949",
    "big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "euc-jp": "euc_jp",
    "x-euc-jp": "euc_jp",
    "koi8-ru": "koi8-u",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-ukrainian": "mac_cyrillic",
    "maccyrillic": "mac_cyrillic",
    "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman",
    "x-user-defined": "cp1252",
    "utf8": "utf-8",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "x-unicode-2-0-utf-7": "utf-7",
    "unicode": "utf-16",
    "unicodebig": "utf-16-be",
    "unicodelittle": "utf-16-le",
    "cp-850": "cp850",
    "win-1251": "cp1251",
    "x-cp1251": "cp1251",
}
# Codecs that are no charsets, or that read past what mail may say.
_NOT_CHARSETS = frozenset(
    {"idna", "punycode", "undefined", "mbcs", "oem", "unicode_escape", "raw_unicode_escape"}
)
_MULTIBYTE = re.compile(r"utf|gb|big5|euc|cp932|cp949|shift|iso2022|hz|johab", re.I)
_WESTERN = frozenset(
    {"cp1252", "iso8859-1", "iso8859-15", "mac-latin2", "mac-roman", "cp1250", "cp850", "cp437"}
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the codec that read it; `defect` says what was wrong with the label or the
    bytes.
    """

    text: str
    charset: str
    defect: Defect | None = None


def decode(data: bytes, declared: str = "") -> Decoded:
    """Text of `data` in its declared charset, or in the one that fits; never raises."""
    if data.isascii() and not _reads_ascii_differently(declared, data):
        return Decoded(data.decode("ascii"), "us-ascii")
    codec = codec_of(declared)
    decoded = _by_label(data, codec) if codec else _by_guess(data)
    if declared and not codec and not _is_ascii_label(declared):
        decoded = _with(decoded, Defect("charset.unknown", _shown(declared)))
    decoded = _with_text(decoded, scrub(decoded.text))
    if (once := undoubled(decoded.text)) is not decoded.text:
        return Decoded(once, "utf-8", Defect("charset.double_encoded", decoded.charset))
    return decoded


def decode_text(data: bytes, declared: str = "") -> Decoded:
    """Like `decode`, without byte order mark and with `\\n` line ends."""
    decoded = decode(data, declared)
    return _with_text(decoded, newlines(decoded.text.removeprefix("\ufeff")))


def scrub(text: str) -> str:
    """The text as a database can keep it: without NUL, lone surrogates replaced."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    if text.isascii():
        return text
    return _SURROGATES.sub("\ufffd", text)


def undoubled(text: str) -> str:
    """The text with UTF-8 that was read as Latin and encoded again put right; else the same
    object.
    """
    if text.isascii() or not _DOUBLED.search(text):
        return text
    try:
        data = b"".join(
            c.encode("latin-1") if "\x7f" < c < "\xa0" else c.encode("cp1252") for c in text
        )
        return data.decode("utf-8")
    except UnicodeError:
        return text


def newlines(text: str) -> str:
    """The text with every line end written as a single line feed."""
    return _NEWLINES.sub("\n", text) if "\r" in text else text


@lru_cache(maxsize=512)
def codec_of(label: str) -> str:
    """Python's codec for a charset label of a mail; empty for unknown labels and plain ASCII."""
    name = label.strip().strip("\"'<>").lower().replace(" ", "")
    name = name.split("*", 1)[0]  # RFC 2231 §5: charset*language
    name = name.removeprefix("charset=")
    name = _ALIASES.get(name) or _ALIASES.get(name.replace("_", "-")) or name
    if len(name) > 40 or not name.isascii() or name in _NOT_CHARSETS or name == "us-ascii":
        return ""
    name = re.sub(r"^(?:windows|win|cp|ms|ibm|x-cp)[-_]?(\d{3,4})$", r"cp\1", name)
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    if not info._is_text_encoding or info.name in _NOT_CHARSETS:  # base64, zlib … are codecs too
        return ""
    return info.name


def _reads_ascii_differently(declared: str, data: bytes) -> bool:
    if b"\x1b" in data or b"\x00" in data:
        return True
    lowered = declared.lower()
    return (
        "utf-7" in lowered or "utf-16" in lowered or "utf-32" in lowered or lowered.startswith("hz")
    )


def _is_ascii_label(label: str) -> bool:
    name = label.strip().strip("\"'").lower()
    return _ALIASES.get(name, name) in ("us-ascii", "")


def _by_label(data: bytes, codec: str) -> Decoded:
    single_byte = not _MULTIBYTE.search(codec)
    if single_byte and _is_long_utf8(data):
        return Decoded(
            data.decode("utf-8"), "utf-8", Defect("charset.mislabelled", f"{codec} is utf-8")
        )
    try:
        return Decoded(data.decode(codec), codec)
    except (UnicodeError, ValueError, OverflowError):
        pass
    if single_byte:
        return Decoded(
            data.decode(codec, "replace"), codec, Defect("charset.undecodable", codec, lost=True)
        )
    return _mislabelled(data, codec)


def _mislabelled(data: bytes, codec: str) -> Decoded:
    lenient = data.decode(codec, "replace")
    high = sum(1 for byte in data[:_GUESS_BYTES] if byte > 127)
    broken = lenient[:_GUESS_BYTES].count("\ufffd")
    if broken * 8 <= high or codec.startswith(("iso2022", "utf-16", "utf-32", "utf-7")):
        return Decoded(lenient, codec, Defect("charset.undecodable", codec, lost=True))
    guessed = _by_guess(data)
    return _with(guessed, Defect("charset.mislabelled", f"{codec} is {guessed.charset}"))


def _by_guess(data: bytes) -> Decoded:
    if b"\x1b$" in data or b"\x1b(" in data:
        try:
            return Decoded(
                data.decode("iso2022_jp_ext"),
                "iso2022_jp_ext",
                Defect("charset.guessed", "iso-2022-jp"),
            )
        except UnicodeError:
            pass
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Decoded(
            data.decode("utf-16", "replace"), "utf-16", Defect("charset.guessed", "utf-16")
        )
    try:
        return Decoded(
            data.decode("utf-8"),
            "utf-8",
            None if data.isascii() else Defect("charset.guessed", "utf-8"),
        )
    except UnicodeError:
        codec = _guess(data)
    return Decoded(data.decode(codec, "replace"), codec, Defect("charset.guessed", codec))


# What texts in Latin letters are written in.
_LATIN = frozenset(
    {"cp1250", "cp1252", "cp1254", "cp1257", "cp1258"}
    | {f"iso8859-{part}" for part in (1, 2, 3, 4, 9, 10, 13, 14, 15, 16)}
)
_RUN = re.compile(rb"[\x80-\xff]{3}")


def _guess(data: bytes) -> str:
    window = _window(data)
    high = sum(1 for byte in window if byte > 127)
    found = codec_of(str(chardet.detect(window).get("encoding") or ""))
    # Short western texts are taken for Mac or Eastern charsets: few accents mean cp1252.
    if not found or found in ("utf-8", "ascii") or (found in _WESTERN and high * 20 <= len(window)):
        return "cp1252"
    if found not in _LATIN and not _MULTIBYTE.search(found) and not _RUN.search(window):
        return "cp1252"  # single letters between ASCII are accents, in no other alphabet
    if _MULTIBYTE.search(found) and high * 12 <= len(window):
        return "cp1252"  # East Asian text is mostly bytes beyond ASCII
    return found


def _window(data: bytes) -> bytes:
    """The stretch around the first byte that is not ASCII: what a guess can use."""
    if len(data) <= _GUESS_BYTES:
        return data
    first = re.search(rb"[\x80-\xff]", data)
    start = max(0, (first.start() if first else 0) - 64)
    return data[start : start + _GUESS_BYTES]


def _is_long_utf8(data: bytes) -> bool:
    """True for valid UTF-8 with two or more characters outside ASCII: no single-byte text is
    that by chance.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeError:
        return False
    return len(data) - len(text) >= 2 and sum(1 for c in text[:_GUESS_BYTES] if c > "\x7f") >= 2


def _shown(label: str) -> str:
    return scrub(label)[:60]


def _with(decoded: Decoded, defect: Defect) -> Decoded:
    return Decoded(decoded.text, decoded.charset, defect)


def _with_text(decoded: Decoded, text: str) -> Decoded:
    return decoded if text is decoded.text else Decoded(text, decoded.charset, decoded.defect)
