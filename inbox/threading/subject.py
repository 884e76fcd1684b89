"""What a subject is about, once every program's prefixes and tags are off; linear in its length."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256

from inbox.threading.subject_words import GENERIC, GENERIC_WIDE, PREFIXES

_LONGEST = 500  # characters that are looked at

_ALTERNATIVES = "|".join(
    sorted(
        (re.escape(one).replace("_", r"\s") for one in set(PREFIXES.split())), key=len, reverse=True
    )
)
_PREFIX = re.compile(
    rf"\s*(?:{_ALTERNATIVES})\.?\s?(?:[\[(]\s?\d{{1,4}}\s?[\])]|\^\d{{1,4}}|\*\d{{1,4}})?\s{{0,2}}[:：]",
    re.IGNORECASE,
)
_TAG = re.compile(r"\s*(?:\[([^\[\]]{1,60})\]|【([^【】]{1,60})】)")
_GATEWAY = re.compile(
    r"\s*(?:(?:\*{1,4}|\{|<)?\s?(?:external|extern|extérieur|esterno|externo|ext|spam)\s?"
    r"(?:\*{1,4}|\}|>|:|-)|\*{2,5}\s?[^*]{2,40}\*{2,5})",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"[(\[]fwd?[)\]]\s*$", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_GENERIC = frozenset(GENERIC.split())
_GENERIC_WIDE = re.compile(GENERIC_WIDE)
_WORD = re.compile(r"\w+")
_IDENTIFIER = re.compile(r"\d{4,}|(?=\w*[^\W\d])\w*\d{3,}\w*")
_SERIES = re.compile(r"[\[(]([^\[\]()]{0,40}?)\b(\d{1,3})/(\d{1,3})[\])]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WIDE = re.compile(r"[\u0e00-\u0eff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class BaseSubject:
    """`text`: prefixes and tags off, case folded; `is_reply`: some program had added a prefix."""

    text: str
    is_reply: bool


def base_subject(subject: str) -> BaseSubject:
    """What the subject is about, and whether it says that it answers or forwards something."""
    rest = _INVISIBLE.sub("", unicodedata.normalize("NFC", subject[:_LONGEST]))
    rest = " ".join(rest.split())
    is_reply = False
    while True:
        shorter, had_prefix = _without_one(rest)
        is_reply = is_reply or had_prefix
        if shorter == rest:
            return BaseSubject(rest.casefold(), is_reply)
        rest = shorter


def is_unusual(text: str) -> bool:
    """Whether a base subject is so particular that two mails under it hardly differ in matter."""
    words = [word for word in _WORD.findall(text) if not _WIDE.search(word)]
    telling = {word for word in words if len(word) > 2 and word not in _GENERIC}
    wide = len(_WIDE.findall(_GENERIC_WIDE.sub("", text)))
    return len(telling) + wide // 3 >= 2 and sum(map(len, telling)) + 2 * wide >= 9


def has_identifier(text: str) -> bool:
    """Whether it names one thing: an order, an invoice, a part; a year or a code does not."""
    return any(not _YEAR.fullmatch(found) for found in _IDENTIFIER.findall(text))


def is_one_of_series(text: str) -> bool:
    """Whether it names a part of something, as "[PATCH 2/7]" does: others are in the same thread
    under other subjects, and what is sent again has the same ones.
    """
    return part_of(text) is not None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of something that was sent in several mails; `whole` is the same for all of them."""

    whole: str
    number: int

    @property
    def key_of_all(self) -> bytes:
        """The same for all parts."""
        return _key("series", self.whole)

    @property
    def key(self) -> bytes:
        """The same for all parts of this number."""
        return _key("part", f"{self.number} {self.whole}")


def part_of(text: str) -> Part | None:
    """Of what a base subject says that the mail is a part: "[PATCH v2 2/7] …", "Photos (1/3)".

    Parts that are called something have titles of their own; others differ in nothing but the
    number.
    """
    found = _SERIES.search(text)
    if not found or int(found[3]) == 0 or int(found[2]) > int(found[3]):
        return None
    name = " ".join(found[1].split())
    name = name or f"{text[: found.start()].strip()}…{text[found.end() :].strip()}"
    return Part(whole=f"{int(found[3])} {name}", number=int(found[2]))


def subject_key(text: str) -> bytes:
    """The key under which a conversation is found by a base subject that is not its first."""
    return _key("subject", text)


def _key(kind: str, text: str) -> bytes:
    return sha256(f"{kind}:{text}".encode("utf-8", "replace")).digest()[:16]


def _without_one(subject: str) -> tuple[str, bool]:
    """The subject without its first prefix or tag (or last mark), and whether that was a prefix."""
    if found := _PREFIX.match(subject):
        return subject[found.end() :].strip(), True
    if found := _SUFFIX.search(subject[-8:]):
        return subject[: len(subject) - len(found[0])].strip(), True
    if found := _TAG.match(subject):
        rest = subject[found.end() :].strip()
        # What a list or a gateway put before "Re:" is no part of the subject. A number that stood
        # in it from the start may be all that keeps two matters apart.
        if rest and (_PREFIX.match(rest) or not re.search(r"\d", found[0])):
            return rest, False
    elif found := _GATEWAY.match(subject):
        return subject[found.end() :].strip() or subject, False
    return subject, False
