"""Which language a text is in, when that is beyond doubt: by its script, else by its small words.

No model is loaded. The scripts that one language has to itself decide alone; Latin, Cyrillic and
Arabic text is judged by function words and letters, and what is short, mixed or in a language that
is not listed here stays unknown: a wrong answer would send a person a mail they cannot read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from inbox.mail.language_words import CYRILLIC, FOREIGN_LETTERS, OWN_LETTERS, SMALL_WORDS

_LOOKED_AT = 1500
_LEAST_WORDS = 4  # of a text in letters that several languages share
_LEAST_KNOWN = 3  # small words of the language found among them
_SHARE = 0.14  # of all words that are small words: 0.3 to 0.5 in plain text
_LEAD = 1.5  # times as many as the next language has
_QUOTED = re.compile(r"(?m)^>.*$")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ASCII_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")  # in small letters
_FURTHER = re.compile(r"[^\x00-\x7f]")

_NO_LETTERS = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))

# Scripts that stand for one language in mail.
_SCRIPTS = {
    "el": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
    "ka": re.compile("[\u10a0-\u10ff]"),
    "hy": re.compile("[\u0530-\u058f]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "ko": re.compile("[\uac00-\ud7a3\u1100-\u11ff]"),
    "kana": re.compile("[\u3041-\u30fa]"),
    "han": re.compile("[\u4e00-\u9fff]"),
    "cyrillic": re.compile("[\u0400-\u04ff]"),
    "arabic": re.compile("[\u0600-\u06ff]"),
    "latin": re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
}
# Signs of one of the two ways to write Chinese, among the most frequent ones.
_SIMPLIFIED = frozenset("们这个来说时对会为过还没么样现问题请谢给发经应该开关东车书电话号单订货传")
_TRADITIONAL = frozenset("們這個來說時對會為過還沒麼樣現問題請謝給發經應該開關東車書電話號單訂貨傳")
_LANGUAGES: dict[str, list[str]] = {}
for _language, _words in SMALL_WORDS.items():
    for _word in _words:
        _LANGUAGES.setdefault(_word, []).append(_language)
_OF_CYRILLIC = [one for one in SMALL_WORDS if one in CYRILLIC]
_OF_LATIN = [one for one in SMALL_WORDS if one not in CYRILLIC]
_DISTINCT = 1 << 20  # one number holds the weight of the words and, in these steps, how many differ
_OWNERS: dict[str, list[str]] = {}
_STRANGERS: dict[str, list[str]] = {}
for _table, _letters_of in ((_OWNERS, OWN_LETTERS), (_STRANGERS, FOREIGN_LETTERS)):
    for _language, _letters in _letters_of.items():
        for _letter in _letters:
            _table.setdefault(_letter, []).append(_language)
_PERSIAN = re.compile("[\u067e\u0686\u06af\u06cc\u06a9]")
_URDU = re.compile("[\u0679\u0688\u0691\u06ba\u06d2]")


def language_of(text: str) -> str | None:
    """The BCP 47 tag of the language that a text is written in; None where that is not sure."""
    text = _prose(text[:_LOOKED_AT])
    if text.isascii():
        return _by_words(text.lower(), is_cyrillic=False)
    found = _scripts_in(text)
    total = sum(found.values())
    if not total:
        return None
    if found["kana"] + found["han"] + found["ko"] > 3 and found["latin"] < total * 0.6:
        return _east_asian(text, found)
    script, count = found.most_common(1)[0]
    # Other alphabets quote Latin names; Latin text quotes no others, unless it is half of two.
    if count < total * (0.85 if script == "latin" else 0.6):
        return None
    if script != "latin" and _by_words(text.lower(), is_cyrillic=False):
        return None
    if script in ("latin", "cyrillic"):
        return _by_words(text.lower(), is_cyrillic=script == "cyrillic")
    if count < 8:
        return None
    return _arabic(text) if script == "arabic" else script


def _scripts_in(text: str) -> Counter[str]:
    """How many letters of the text each script has."""
    found: Counter[str] = Counter()
    for letter, count in Counter(_FURTHER.findall(text)).items():
        if script := _script_of(letter):
            found[script] += count
    found["latin"] += len(text.encode("ascii", "ignore").translate(None, _NO_LETTERS))
    return found


@lru_cache(maxsize=4096)
def _script_of(letter: str) -> str:
    return next((name for name, letters in _SCRIPTS.items() if letters.match(letter)), "")


def _prose(text: str) -> str:
    """The text without quotes, addresses and links."""
    text = _QUOTED.sub(" ", text) if ">" in text else text
    if "@" in text or "://" in text or "www." in text:
        return " ".join(filter(_is_prose, text.split()))
    return text


def _is_prose(word: str) -> bool:
    """False for addresses and links."""
    return "@" not in word and "://" not in word and not word.startswith(("www.", "<http"))


def _east_asian(text: str, found: Counter[str]) -> str | None:
    signs = found["kana"] + found["han"] + found["ko"]
    if found["ko"] > signs * 0.5:
        return "ko"
    if found["kana"] > signs * 0.15:
        return "ja"
    if found["kana"] or found["han"] < 6:
        return None  # a Japanese name and a Chinese one look alike
    simplified = sum(1 for sign in text if sign in _SIMPLIFIED and sign not in _TRADITIONAL)
    traditional = sum(1 for sign in text if sign in _TRADITIONAL and sign not in _SIMPLIFIED)
    if simplified > traditional:
        return "zh-Hans"
    return "zh-Hant" if traditional > simplified else None


def _arabic(text: str) -> str | None:
    if _URDU.search(text):
        return "ur"
    return "fa" if len(_PERSIAN.findall(text)) > 2 else "ar"


def _by_words(text: str, *, is_cyrillic: bool) -> str | None:
    words = (_ASCII_WORD if text.isascii() else _WORD).findall(text.replace("’", "'"))
    if len(words) < _LEAST_WORDS:
        return None
    scored = _scores(words, text, is_cyrillic=is_cyrillic)
    (best, most), (_, next_most) = (*scored, ("", 0.0), ("", 0.0))[:2]
    if most < max(_LEAST_KNOWN, len(words) * _SHARE) or most < next_most * _LEAD:
        return None
    return best


def _scores(words: list[str], text: str, *, is_cyrillic: bool) -> list[tuple[str, float]]:
    """Languages with how many small words of theirs, and letters of their own, stand there."""
    said: dict[str, int] = {}
    for word, count in Counter(words).items():
        if languages := _LANGUAGES.get(word):
            # Single letters are also initials, lists and formulas.
            weight = min(count, 20) * 2 + _DISTINCT if len(word) > 1 else min(count, 20)
            for language in languages:
                said[language] = said.get(language, 0) + weight
    known = _OF_CYRILLIC if is_cyrillic else _OF_LATIN
    scores = dict.fromkeys(known, 0.0)
    for language, total in said.items():
        distinct, weight = divmod(total, _DISTINCT)
        if distinct >= _LEAST_KNOWN and language in scores:
            scores[language] = weight / 2
    if not text.isascii():  # no language here has a letter of its own in ASCII
        letters = Counter(_FURTHER.findall(text))
        own, foreign = _count(letters, _OWNERS), _count(letters, _STRANGERS)
        for language in known:
            scores[language] += min(own.get(language, 0), len(words) / 8)
            scores[language] -= 2 * foreign.get(language, 0)
    ordered = ((language, score) for language, score in scores.items() if score > 0)
    return sorted(ordered, key=lambda one: -one[1])


def _count(letters: Counter[str], languages_of: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """How many of the letters belong to each language."""
    found: dict[str, int] = {}
    for letter, count in letters.items():
        for language in languages_of.get(letter, ()):
            found[language] = found.get(language, 0) + count
    return found
