"""A signature that nobody has seen before, told by what stands in it.

It is the end of a mail, below what closes the letter or below the writer's name, and nothing in it
is a sentence; it has an address or a page of ours, or a telephone number beside a title. In doubt
it is none: words that are cut by mistake are worse than a title that a customer reads three times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from inbox.mail.closings import is_closing, is_name
from inbox.mail.disclaimer import speaks_of_oneself, speaks_to_somebody
from inbox.mail.known_words import plain
from inbox.mail.quote_marks import is_quoted

_MOST_LINES: Final = 30
_LONGEST: Final = 160  # characters of a line
_MOST_WORDS: Final = 9
_MOST_SIGNS: Final = 30  # of a script without spaces
_FEWEST_DIGITS: Final = 7  # of a number that somebody may need
_MOST_DIGITS: Final = 13
_ADDRESS = re.compile(r"[\w.+%'-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})")
_LINK = re.compile(r"(?:https?://|www\.)?((?:[\w-]{1,63}\.){1,8}[a-z][\w-]{1,24})(?:/\S*)?", re.I)
NUMBER = re.compile(r"(?:\(?\+|\(?0|\(?\d)[\d\s()/.–-]{5,}\d")
LABELS = re.compile(
    r"(?<!\w)(?:tele(?:ph|f)on[oe]?|phone|tel|tél(?:éphone)?|mobile?|mobil(?:e?telefon|funk)?|mob|"
    r"cell(?:ulare|ulaire)?|handy|hotline|fax|telefax|direct|direkt|durchwahl|diretto|office|büro|"
    r"ufficio|whatsapp|e-?mail|mail|web(?:site)?|internet|home(?:page)?|teléfono|móvil|portable|"
    r"komórka|telefoon|mobiel|телефон|тел|моб(?:ильный|ільний)?|факс|почта|пошта|сайт|эл|доб|вн|"
    r"ext|int|dw|t|m|p|f|d|e|w|tlf)(?!\w)|電話(?:番号)?|携帯|直通|内線|代表|メール|ファックス|"
    r"电话|手机|传真|邮箱|网址|邮件|ｔｅｌ|ｆａｘ",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[|·•│‖∙●▪]\s*|\s+[-–—]\s+|,\s+|\s{3,}")
_SPOKEN = re.compile(r"[.!?。！？…:：;；,、]\W{0,3}$|(?:です|ます|ました|ません|ください)\W{0,3}$")
_SHORT_FORM = re.compile(
    r"(?i)(?:\b(?:inc|ltd|co|corp|gmbh|kg|e\.\s?v|e\.\s?k|s\.p\.a|s\.?r\.l|s\.a|b\.v|llc|plc|str|"
    r"dept|abt|st|ооо|ао|зао|тов)|\b\w)\.$"
)
_LABELLED = re.compile(r"[^\W\d_][^:：]{0,30}[:：]\s?\S")
_LISTED = re.compile(r"(?:[-*•+>]|\d{1,2}[.)])\s")
_POSTSCRIPT = re.compile(r"(?:P\.?\s?P?\.?\s?S|N\.?B|П\.?С|З\.?Ы)\b", re.IGNORECASE)
_NETWORKS = re.compile(
    r"(?:^|\.)(?:linkedin|xing|facebook|instagram|twitter|youtube|threads|tiktok|vk|t|wa|x)\."
    r"(?:com|net|de|me|ru|to)$"
)
# `Boots & Co. – a step ahead since 1912`: where the company is named in the signature, too.
_SLOGAN = re.compile(r"\s*([^\W\d_][^–—|·:]{2,60}?)\s*(?:[–—|·:]|\s-)\s")
_LONGEST_SLOGAN: Final = 300
_WRAPPED: Final = 50  # characters of a line that a program may have broken; shorter, a person has
_TITLES: Final = frozenset(
    ("dr", "prof", "mr", "mrs", "ms", "herr", "frau", "dipl", "ing", "mba", "phd", "msc", "ppa")
)
# Who speaks of what stands below means it for the reader.
_POINTS_BELOW = re.compile(
    r"(?i)\b(?:below|underneath|following|as follows|here (?:is|are) my|signature|unten|"
    r"folgende\w*|nachstehend\w*|untenstehend\w*|signatur|unterschrift|sotto|seguent[ei]|mia firma|"
    r"ниже|следующ\w+|подпис\w+|ci-dessous|suivant\w*|abajo|siguiente\w*|poniżej|abaixo|hieronder)"
    r"\b|下記|以下の|署名|如下|下方"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who has written: their name, and the domains at which we all have our addresses."""

    name: str
    domains: frozenset[str] = frozenset()


class _Line(IntEnum):
    SPOKEN = 0
    BLANK = 1  # without words: a rule, a picture
    CLOSING = 2
    NAME = 3
    SHORT = 4  # a title, a street: whatever is no sentence
    NUMBER = 5
    OURS = 6  # an address or a page of ours


def first_signature(lines: list[str], who: Person) -> int:
    """Where a signature begins that reaches to the end; `len(lines)` if none surely does."""
    end = len(lines)
    lines = lines[: _above_slogan(lines, who)]
    kinds = _kinds(lines, who)
    begin = _begin(kinds)
    anchor = _anchor(lines, kinds, begin, who)
    if anchor < 0 or not any(line.strip() for line in lines[:anchor]):
        return end
    first = _behind_name(lines, kinds, anchor, who)
    block = kinds[first:]
    if not _is_signature(block) or not _is_ended(lines, kinds, first) or _is_meant(lines, anchor):
        return end
    return first


def above_quote(lines: list[str], who: Person) -> bool:
    """Whether these lines are nothing but such a signature, name and all."""
    lines = lines[: _above_slogan(lines, who)]
    kinds = _kinds(lines, who)
    if not kinds or min(kinds) is _Line.SPOKEN or not _is_ended(lines, kinds, 0):
        return False
    first = next((kind for kind in kinds if kind is not _Line.BLANK), _Line.SPOKEN)
    is_named = first in (_Line.CLOSING, _Line.NAME) or _starts_with_name(lines[0], who)
    return is_named and _is_signature(kinds)


def ends_letter(text: str, who: Person) -> bool:
    """Whether the last line closes the letter, or is the writer's name."""
    last = text.rstrip().rpartition("\n")[2]
    return is_closing(last) or _is_name(last, who)


def signed_addresses(text: str, who: Person) -> Iterator[str]:
    """Addresses of ours that stand alone below what closes the letter."""
    lines = text.split("\n")
    kinds = _kinds(lines, who)
    last = max(
        (at for at, kind in enumerate(kinds) if kind in (_Line.CLOSING, _Line.NAME)),
        default=len(lines),
    )
    for line, kind in zip(lines[last:], kinds[last:], strict=True):
        if kind is _Line.OURS:
            yield from (found[0] for found in _ADDRESS.finditer(line))


def _kinds(lines: list[str], who: Person) -> list[_Line]:
    """What each line is; all above the last ones is said."""
    first = max(0, len(lines) - _MOST_LINES)
    said = [_Line.SPOKEN] * first
    return said + [_kind(line, who) for line in lines[first:]]


def _kind(line: str, who: Person) -> _Line:
    text = " ".join(plain(line[: 2 * _LONGEST]).split())
    if not any(map(str.isalnum, text)):
        return _Line.BLANK
    if is_quoted(line) or len(line) > _LONGEST or _LISTED.match(text) or _POSTSCRIPT.match(text):
        return _Line.SPOKEN
    if is_closing(text):
        return _Line.CLOSING
    if _is_name(text, who):
        return _Line.NAME
    parts = [one for one in _PARTS.split(text) if one]
    kinds = [_part(one, who) for one in parts]
    return _Line.SPOKEN if _Line.SPOKEN in kinds else max(kinds)


def _part(text: str, who: Person) -> _Line:
    """What a part of a line is, between two signs that part it."""
    rest, has_ours, has_others = _without_links(text, who)
    if has_others:
        return _Line.SPOKEN
    has_number = _is_dialled(rest)
    bare = LABELS.sub(" ", NUMBER.sub(" ", rest)) if has_number or has_ours else rest
    words = re.findall(r"\w+", bare)
    if has_ours or has_number:
        if len(words) > 1:
            return _Line.SPOKEN
        return _Line.OURS if has_ours else _Line.NUMBER
    return _Line.SHORT if not words or _is_short(text, words) else _Line.SPOKEN


def _is_dialled(text: str) -> bool:
    """Whether a number in it is one of a telephone, and none of a parcel."""
    number = NUMBER.search(text)
    digits = sum(map(str.isdigit, number[0])) if number else 0
    if number is None or digits < _FEWEST_DIGITS:
        return False
    is_written = number[0].startswith(("+", "(", "0")) and not number[0].isdigit()
    return LABELS.search(text) is not None or (is_written and digits <= _MOST_DIGITS)


def _is_short(text: str, words: list[str]) -> bool:
    if len(words) > _MOST_WORDS or (not text.isascii() and len(text) > _MOST_SIGNS * 2):
        return False
    if _SPOKEN.search(text) and not _SHORT_FORM.search(text):
        return False
    if text[0].islower() or _LABELLED.match(text) or sum(map(str.isdigit, text)) >= _FEWEST_DIGITS:
        return False
    return not (speaks_of_oneself(text) or speaks_to_somebody(text))


def _without_links(text: str, who: Person) -> tuple[str, bool, bool]:
    """The text without addresses and pages; whether some are ours, and whether some are not."""
    ours = others = False
    for pattern in (_ADDRESS, _LINK):
        for found in pattern.finditer(text):
            if pattern is _LINK and not _is_link(found):
                continue
            domain = found[1].casefold()
            is_ours = any(domain == one or domain.endswith(f".{one}") for one in who.domains)
            ours |= is_ours
            others |= not is_ours and not _NETWORKS.search(domain)
        text = pattern.sub(lambda found: " " if "@" in found[0] or _is_link(found) else found[0],
                           text)  # fmt: skip
    return text, ours, others


def _is_link(found: re.Match[str]) -> bool:
    """Whether it is more than two words that a full stop glues together."""
    return found[0] != found[1] or "/" in found[0] or found[1].casefold().startswith("www.")


def _is_name(text: str, who: Person) -> bool:
    words = [one for one in re.findall(r"\w+", text.casefold()) if one not in _TITLES]
    return bool(words) and len(text) <= 60 and is_name(" ".join(words), who.name)


def _above_slogan(lines: list[str], who: Person) -> int:
    """Where what a company says of itself begins, in a paragraph of its own below everything."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    begin = end
    while begin and lines[begin - 1].strip():
        begin -= 1
    text = " ".join(lines[begin:end])
    found = _SLOGAN.match(text[:_LONGEST_SLOGAN])
    if not found or speaks_of_oneself(text) or text.rstrip().endswith(("?", "？")):
        return len(lines)
    if any(len(line) < _WRAPPED for line in lines[begin : end - 1]):
        return len(lines)
    company = found[1].strip()
    is_named = any(company in line for line in lines[max(0, begin - _MOST_LINES) : begin])
    return begin if is_named and not NUMBER.search(text) else len(lines)


def _begin(kinds: list[_Line]) -> int:
    """Where the lines begin, up to the end, of which none is spoken."""
    at = len(kinds)
    while at and kinds[at - 1] is not _Line.SPOKEN:
        at -= 1
    return at


def _anchor(lines: list[str], kinds: list[_Line], begin: int, who: Person) -> int:
    """The line that closes the letter, or the writer's name as a paragraph begins; -1 if none."""
    for at in range(begin, len(kinds)):
        if kinds[at] is _Line.CLOSING:
            return at
        above = lines[at - 1].strip() if at else ""
        is_apart = not above or re.search(r"[.!?。！？…)]\W{0,2}$", above) is not None
        if is_apart and (kinds[at] is _Line.NAME or _starts_with_name(lines[at], who)):
            return at
    return -1


def _starts_with_name(line: str, who: Person) -> bool:
    """`Jane Roe | Sales`, `Jane Roe, Sales`: the whole name, and something besides."""
    first = _PARTS.split(" ".join(line.split()), maxsplit=1)[0]
    return len(first.split()) > 1 and first != " ".join(line.split()) and _is_name(first, who)


def _behind_name(lines: list[str], kinds: list[_Line], anchor: int, who: Person) -> int:
    """Where what follows the name begins; names are said, as they close a letter."""
    if kinds[anchor] not in (_Line.CLOSING, _Line.NAME):
        return anchor
    at = anchor
    if kinds[anchor] is _Line.CLOSING:
        below = next((n for n in range(at + 1, len(lines)) if kinds[n] is not _Line.BLANK), at)
        at = below if _may_be_name(lines[below], kinds[below], who) else at
    return at + 1


def _may_be_name(line: str, kind: _Line, who: Person) -> bool:
    """`K. Miller` for Karen Miller."""
    if kind is _Line.NAME:
        return True
    words = set(re.findall(r"\w{3,}", line.casefold()))
    own = set(re.findall(r"\w{3,}", who.name.casefold()))
    return kind is _Line.SHORT and bool(words & own) and len(line.split()) <= 4


def _is_signature(block: list[_Line]) -> bool:
    """Whether it says something that only a signature says."""
    if _Line.OURS in block:
        return True
    others = sum(kind in (_Line.SHORT, _Line.NAME) for kind in block)
    return _Line.NUMBER in block and others >= 1


def _is_ended(lines: list[str], kinds: list[_Line], first: int) -> bool:
    """Whether what reaches a reader stands nowhere below the last sure line: a paragraph of its own
    could be said.
    """
    last = max(
        (at for at in range(first, len(kinds)) if kinds[at] >= _Line.NUMBER), default=len(kinds)
    )
    while last + 1 < len(lines) and lines[last + 1].strip():
        last += 1
    return all(kind in (_Line.BLANK, _Line.NAME) for kind in kinds[last + 1 :])


def _is_meant(lines: list[str], anchor: int) -> bool:
    """Whether the letter points to what stands below it."""
    above = [line.strip() for line in lines[:anchor] if line.strip() and not is_quoted(line)][-3:]
    if not above:
        return False
    return above[-1].endswith((":", "：")) or _POINTS_BELOW.search(" ".join(above)) is not None
