"""Which charset do these bytes come from? For mails that do not say, or say it wrongly."""

from __future__ import annotations

import math
import re
from functools import lru_cache

import chardet

from inbox.mail.charset_names import codec_of

WINDOW = 4096
CYRILLIC = ("cp1251", "koi8-u", "iso8859-5", "cp866", "mac-cyrillic")
_ASKED = (
    "utf-8 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp866 cp874 koi8-r koi8-u"
    " iso8859-2 iso8859-5 iso8859-7 mac-cyrillic cp932 euc-jp gb18030 big5hkscs cp949"
).split()
_MULTIBYTE = re.compile(r"utf|gb|big5|euc|cp932|cp949|shift|iso2022|hz|johab", re.I)
# What texts in Latin letters are written in.
LATIN = frozenset(
    {"cp1250", "cp1252", "cp1254", "cp1257", "cp1258", "cp850", "cp852", "cp437"}
    | {"mac-roman", "mac-latin2", "mac-turkish"}
    | {f"iso8859-{part}" for part in (1, 2, 3, 4, 9, 10, 13, 14, 15, 16)}
)
_RUNS = re.compile(rb"[\x80-\xff]{3,}")
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_TOUCHING = re.compile(rb"[A-Za-z][\x80-\xff]+|[\x80-\xff]+[A-Za-z]")
_TAG = re.compile(rb"<[A-Za-z/!][\x20-\x3b\x3d\x3f-\x7f\s]{0,400}>")
_LETTER = re.compile(rb"[A-Za-z\x80-\xff]")


def is_multibyte(codec: str) -> bool:
    """True for the charsets in which one character is several bytes."""
    return _MULTIBYTE.search(codec) is not None


def guess(data: bytes) -> str:
    """The codec that these bytes, which are not UTF-8, most likely were written in."""
    window = _TAG.sub(b" ", window_of(data))
    high = sum(1 for byte in window if byte > 127)
    said = chardet.detect(window, include_encodings=_ASKED).get("encoding")
    found = codec_of(str(said or ""))
    if not found or found in ("utf-8", "ascii"):
        found = "cp1252"
    if japanese := _with_kana(window):
        return japanese
    if found in LATIN:
        # Short western texts are taken for Eastern ones: few accents mean cp1252.
        return "cp1252" if high * 20 <= len(window) else found
    if is_multibyte(found):
        # East Asian text is mostly bytes beyond ASCII.
        return "cp1252" if high * 12 <= len(window) else found
    if _has_accents(window):
        return "cp1252"
    return best_cyrillic(window)[0] if found in CYRILLIC or found == "koi8-r" else found


def is_no_latin(data: bytes) -> bool:
    """True for bytes which stand in whole words beyond ASCII, as no text in Latin letters does."""
    window = window_of(data)
    letters = len(_LETTER.findall(window))
    in_runs = sum(map(len, _RUNS.findall(window)))
    return in_runs > 4 and in_runs * 10 > letters * 4


def _has_accents(window: bytes) -> bool:
    """True where most letters beyond ASCII stand within words of ASCII letters: those are accents,
    and in no other alphabet than the Latin.
    """
    runs = len(_HIGH_RUN.findall(window))
    return len(_TOUCHING.findall(window)) * 2 > runs or not _RUNS.search(window)


def window_of(data: bytes) -> bytes:
    """The stretch around the first byte that is not ASCII: what a guess can use."""
    if len(data) <= WINDOW:
        return data
    first = _HIGH.search(data)
    start = max(0, (first.start() if first else 0) - 64)
    return data[start : start + WINDOW]


def _with_kana(window: bytes) -> str:
    """The Japanese charset in which the bytes are kana to a third, even where some are broken."""
    best, most = "", 0.3
    for codec in ("euc_jp", "cp932"):
        text = window.decode(codec, "replace")
        wide = sum(1 for c in text if c > "\x7f")
        kana = sum(1 for c in text if "\u3041" <= c <= "\u30fe") - 5 * text.count("\ufffd")
        if kana > most * wide:
            best, most = codec, kana / wide
    return best


# How often letters stand in a thousand of Russian or Ukrainian text.
_OFTEN = {
    "о": 110, "е": 85, "а": 80, "и": 74, "н": 67, "т": 63, "с": 55, "р": 47, "в": 45, "л": 44,
    "к": 35, "м": 32, "д": 30, "п": 28, "у": 26, "я": 20, "ы": 19, "ь": 17, "г": 17, "з": 16,
    "б": 16, "ч": 14, "й": 12, "х": 10, "ж": 9, "ш": 7, "ю": 6, "ц": 5, "щ": 4, "э": 3, "ф": 3,
    "ъ": 1, "ё": 1, "і": 20, "ї": 5, "є": 5, "ґ": 1,
}  # fmt: skip
_WEIGHT = {letter: math.log(often / 8) for letter, often in _OFTEN.items()}
_ODD_WORDS = re.compile(
    "[а-яёіїєґ][А-ЯЁІЇЄҐ]|[\u0402\u0403\u0405\u0408-\u040f\u0452\u0453\u0455\u0458-\u045f]"
    "|[\u2500-\u25ff\x80-\x9f]|[а-яА-Я][\xa1-\xbf\u2013-\u2122][а-яА-Я]"
)
_ODD = -3.0


def best_cyrillic(data: bytes) -> tuple[str, float]:
    """The Cyrillic codec that makes the best words of the bytes, and how good they are (mean of
    the letters' weights; about 1.2 for Russian, below 0.5 for what is none).
    """
    scored = sorted(((cyrillic_score(data, codec), -n) for n, codec in enumerate(CYRILLIC)))
    score, place = scored[-1]
    return CYRILLIC[-place], score


def cyrillic_score(data: bytes, codec: str) -> float:
    """How much like Russian or Ukrainian the bytes read in a codec."""
    text = window_of(data)[:500].decode(codec, "replace")
    total = count = 0.0
    before = ""
    for character in text:
        if character > "\x7f":
            total += _letter_weight(character, before)
            count += 1
        before = character
    return total / count if count else 0.0


def looks_odd(data: bytes, codec: str) -> bool:
    """True where bytes read in a Cyrillic codec show what Russian and Ukrainian words have not."""
    return _ODD_WORDS.search(window_of(data).decode(codec, "replace")) is not None


def _letter_weight(character: str, before: str) -> float:
    weight = _weight(character)
    # A capital after a small letter is how a text of another Cyrillic charset reads.
    if character.isupper() and before.islower():
        return _ODD
    if weight is None:
        return 0.0 if character in "№«»–—…“”„‘’• \xa0" else _ODD
    return weight - (0.5 if character.isupper() and before.isupper() else 0.0)


@lru_cache(maxsize=1024)
def _weight(character: str) -> float | None:
    return _WEIGHT.get(character.lower())
