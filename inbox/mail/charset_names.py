"""Charset labels as mails write them → Python's codecs: aliases, supersets, misspellings."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

# Labels that mail uses for a superset of what they name (WHATWG Encoding §4.2 makes the same
# choice).
_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "gb2312-80": "gb18030",
    "csgb2312": "gb18030",
    "iso-ir-58": "gb18030",
    "chinese": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "ms936": "gb18030",
    "windows-936": "gb18030",
    "chinesesimplified": "gb18030",
    "euc-cn": "gb18030",
    "x-euc-cn": "gb18030",
    "hz-gb-2312": "hz",
    "x-hz": "hz",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "shiftjis": "cp932",
    "csshiftjis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "x-ms-cp932": "cp932",
    "windows-31j": "cp932",
    "cswindows31j": "cp932",
    "windows-932": "cp932",
    "ms932": "cp932",
    "ms_kanji": "cp932",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso88591": "cp1252",
    "iso_8859-1": "cp1252",
    "iso-8859-1-windows-3.1-latin-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "western": "cp1252",
    "ansi": "cp1252",
    "x-ansi": "cp1252",
    "ansi_x3.4-1968": "us-ascii",
    "iso646-us": "us-ascii",
    "ascii": "us-ascii",
    "usascii": "us-ascii",
    "us_ascii": "us-ascii",
    "7bit": "us-ascii",
    "8bit": "us-ascii",
    "iso-8859-8-i": "cp1255",
    "iso-8859-8-e": "cp1255",
    "iso-8859-8": "cp1255",
    "visual": "cp1255",
    "logical": "cp1255",
    "iso-8859-9": "cp1254",
    "latin5": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "tis620": "cp874",
    "dos-874": "cp874",
    "windows-874": "cp874",
    "iso-2022-jp": "iso2022_jp",
    "csiso2022jp": "iso2022_jp",
    "iso-2022-jp-1": "iso2022_jp",
    "iso-2022-jp-2": "iso2022_jp",
    "iso-2022-jp-3": "iso2022_jp",
    "iso-2022-jp-2004": "iso2022_jp",
    "iso-2022-jp-ext": "iso2022_jp",
    "iso-2022-jp-ms": "iso2022_jp",
    "x-iso-2022-jp-ms": "iso2022_jp",
    "x-windows-iso2022jp": "iso2022_jp",
    "cp50220": "iso2022_jp",
    "cp50221": "iso2022_jp",
    "cp50222": "iso2022_jp",
    "jis": "iso2022_jp",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601-1989": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "ksc_5601": "cp949",
    "ks_x_1001": "cp949",
    "euc-kr": "cp949",
    "x-euc-kr": "cp949",
    "cseuckr": "cp949",
    "uhc": "cp949",
    "x-windows-949": "cp949",
    "korean": "cp949",
    "big5": "big5hkscs",
    "big-5": "big5hkscs",
    "csbig5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "cp950": "big5hkscs",
    "windows-950": "big5hkscs",
    "chinesetraditional": "big5hkscs",
    "euc-jp": "euc_jp",
    "x-euc-jp": "euc_jp",
    "x-euc": "euc_jp",
    "cseucpkdfmtjapanese": "euc_jp",
    "koi8": "koi8-r",
    "koi": "koi8-r",
    "cskoi8r": "koi8-r",
    "koi8-ru": "koi8-u",
    "mac-cyrillic": "mac_cyrillic",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-ukrainian": "mac_cyrillic",
    "maccyrillic": "mac_cyrillic",
    "macintosh": "mac_roman",
    "mac": "mac_roman",
    "x-mac-roman": "mac_roman",
    "macroman": "mac_roman",
    "x-mac-ce": "mac_latin2",
    "x-mac-centraleurope": "mac_latin2",
    "x-mac-greek": "mac_greek",
    "x-mac-turkish": "mac_turkish",
    "x-user-defined": "cp1252",
    "utf8": "utf-8",
    "utf_8": "utf-8",
    "utf-8-mac": "utf-8",
    "utf8mb4": "utf-8",
    "x-utf-8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "unicode-2-0-utf-8": "utf-8",
    "utf7": "utf-7",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-2-0-utf-7": "utf-7",
    "x-unicode-2-0-utf-7": "utf-7",
    "utf16": "utf-16",
    "ucs-2": "utf-16",
    "ucs2": "utf-16",
    "iso-10646-ucs-2": "utf-16",
    "unicode": "utf-16",
    "unicodefffe": "utf-16-be",
    "unicodebig": "utf-16-be",
    "unicodelittle": "utf-16-le",
    "cyrillic-dos": "cp866",
    "dos-866": "cp866",
}
# Codecs that are no charsets, or that read past what mail may say.
_NOT_CHARSETS = frozenset(
    {"idna", "punycode", "undefined", "mbcs", "oem", "unicode_escape", "raw_unicode_escape"}
)
_PAGE = re.compile(r"^(?:x-)?(?:windows|win|dos|cp|ms|ibm|x-cp|cs?ibm)[-_]?0{0,2}(\d{3,4})$")
# `utf-8-something`, `windows-1252http-equiv`: a known name with more behind it.
_BEGINS_WITH = re.compile(
    r"utf-?(?:8|7|16(?:[-_]?[lb]e)?)|windows-?125[0-8]|cp125[0-8]|iso[-_]?8859[-_]1[0-6]"
    r"|iso[-_]?8859[-_][1-9]|koi8-?[ru]|iso-?2022-?(?:jp|kr)|shift[-_]jis|euc[-_](?:jp|kr)"
    r"|gb(?:2312|18030|k)|big5|us-ascii"
)


@lru_cache(maxsize=512)
def codec_of(label: str) -> str:
    """Python's codec for a charset label of a mail; empty for unknown labels and plain ASCII."""
    name = label.strip().strip("\"'<>").lower().replace(" ", "")
    name = name.split("*", 1)[0]  # RFC 2231 §5: charset*language
    name = name.removeprefix("charset=").strip("\"';,.")
    if len(name) > 200 or not name.isascii():
        return ""
    if found := _codec(name):
        return found
    begins = _BEGINS_WITH.match(name)
    return _codec(begins[0]) if begins and begins[0] != name else ""


def is_ascii_label(label: str) -> bool:
    """True for the labels that say plain ASCII, or nothing."""
    name = label.strip().strip("\"'").lower()
    return _ALIASES.get(name, name) in ("us-ascii", "")


def _codec(name: str) -> str:
    name = _ALIASES.get(name) or _ALIASES.get(name.replace("_", "-")) or name
    if len(name) > 40 or name in _NOT_CHARSETS or name == "us-ascii":
        return ""
    if page := _PAGE.match(name):
        name = f"cp{page[1]}"
        name = _ALIASES.get(name, name)
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    # EBCDIC is for main frames; base64 and zlib are codecs too.
    if not info._is_text_encoding or info.name in _NOT_CHARSETS or not _keeps_ascii(info.name):
        return ""
    return info.name


_NOT_ASCII = ("utf-16", "utf-32", "utf-7", "hz", "iso2022")


def _keeps_ascii(codec: str) -> bool:
    if codec.startswith(_NOT_ASCII):
        return True
    try:
        return b"Az 09@".decode(codec) == "Az 09@"
    except (UnicodeError, ValueError):
        return False
