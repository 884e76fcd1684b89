"""What a person signs with: told by what stands in it, or known because their mails end so again
and again.

Where no structure tells a signature from the words above it, repetition does. Cut is only what
stands at the very end, below the words and the name that close a letter: what people say again in
each mail above these is said to its reader.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final

from inbox.mail.closings import is_closing, is_name
from inbox.mail.disclaimer import disclaimer
from inbox.mail.first_signature import Person, above_quote, first_signature
from inbox.mail.known_words import letters_of, plain
from inbox.mail.quote_marks import is_quoted
from inbox.model.mail import Trimmed

MOST_LINES: Final = 25
_LONGEST: Final = 2_000  # characters of a line
_FEWEST_LETTERS: Final = 2
_FEWEST_LINES: Final = 2  # where nothing closes the letter
_POSTSCRIPT = re.compile(r"\s{0,3}(?:P\.?\s?P?\.?\s?S\.?|N\.?B\.?|П\.?С\.?|З\.?Ы\.?)\s?[:.,–—-]")
_CONTACT = re.compile(r"@|https?://|www\.|(?:\d[\s()/.+-]{0,3}){6}")
_SPOKEN = re.compile(r"[.!?。！？…:]\W{0,3}$")
_SPOKEN_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a person: fingerprints of lines, and SHA-256 of pictures."""

    lines: frozenset[bytes] = frozenset()
    pictures: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What a mail of a person ends with, to be learned: lines as written, pictures by SHA-256."""

    lines: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()


def fingerprint(line: str) -> bytes:
    """The same for a line in whatever form a program writes it; empty for one without words."""
    letters = letters_of(plain(line[:_LONGEST]))
    if len(letters) < _FEWEST_LETTERS:
        return b""
    return blake2b(letters.encode("utf-8", "replace"), digest_size=16).digest()


def last_lines(trimmed: Trimmed) -> tuple[str, ...]:
    """The lines of which some may be a signature: the last own ones, and what was told to be it."""
    last: list[str] = []
    for line in reversed(trimmed.new_text.split("\n")):
        if is_quoted(line) or len(last) >= MOST_LINES:
            break
        if fingerprint(line):
            last.append(line.strip())
    signed = [line.strip() for line in trimmed.signature.split("\n") if fingerprint(line)]
    return tuple(dict.fromkeys((*reversed(last), *signed[:MOST_LINES])))


def without_signature(trimmed: Trimmed, known: Collection[bytes], who: Person) -> Trimmed:
    """The same with the signature at its end put aside, as far as it is known or surely one.

    Never all of it, and nothing of a mail whose end nobody knows. Who answers between the lines of
    a quote has it above them, where their program has put it before they began.
    """
    trimmed = _without_first(trimmed, who)
    whole, trimmed = trimmed, _without_above(trimmed, known, who)
    lines = trimmed.new_text.split("\n")
    begin = _known_end(lines, known)
    if begin == len(lines):
        return trimmed
    if trimmed is whole:  # else it is signed already, and this stands below that
        begin = _below_closing(lines, begin, who.name)
    cut = [line for line in lines[begin:] if line.strip()]
    if not cut or not any(line.strip() for line in lines[:begin]):
        return trimmed
    if any(_POSTSCRIPT.match(line) for line in cut):
        return trimmed
    return _cut(trimmed, lines, begin)


def _without_first(trimmed: Trimmed, who: Person) -> Trimmed:
    """The same without what nobody has seen before and is a signature all the same."""
    lines = trimmed.new_text.split("\n")
    begin = first_signature(lines, who)
    has_words = any(line.strip() for line in lines[:begin])
    return _cut(trimmed, lines, begin) if begin < len(lines) and has_words else trimmed


def _cut(trimmed: Trimmed, lines: list[str], begin: int) -> Trimmed:
    signature = "\n".join((*lines[begin:], trimmed.signature)).strip("\n")
    return replace(trimmed, new_text="\n".join(lines[:begin]).rstrip(), signature=signature)


def _without_above(trimmed: Trimmed, known: Collection[bytes], who: Person) -> Trimmed:
    """The same without a signature that is all there is above the first quoted line."""
    lines = trimmed.new_text.split("\n")
    first = next((at for at, line in enumerate(lines) if is_quoted(line)), 0)
    own = [line for line in lines[:first] if fingerprint(line)]
    is_known = len(own) >= _FEWEST_LINES and all(
        fingerprint(line) in known or is_closing(line) or is_name(line, who.name) for line in own
    )
    is_known = is_known and any(fingerprint(line) in known for line in own)
    if not is_known and not above_quote(lines[:first], who):
        return trimmed
    if not any(fingerprint(line) and not is_quoted(line) for line in lines[first:]):
        return trimmed
    signature = "\n".join((*lines[:first], trimmed.signature)).strip("\n")
    return replace(trimmed, new_text="\n".join(lines[first:]), signature=signature)


def _known_end(lines: list[str], known: Collection[bytes]) -> int:
    """Where the lines begin that are known, up to the end; `len(lines)` where the last is not."""
    begin = at = len(lines)
    while at:
        at -= 1
        key = fingerprint(lines[at])
        if is_quoted(lines[at]) or (key and key not in known):
            break
        if key or (begin < len(lines) and _is_picture(lines[at])):
            begin = at
    return begin


def _is_picture(line: str) -> bool:
    return bool(line.strip()) and not plain(line[:_LONGEST]).strip()


def _below_closing(lines: list[str], begin: int, name: str) -> int:
    """Where the signature begins within what is known: the name below the closing stays."""
    above = next((n for n in reversed(range(begin)) if fingerprint(lines[n])), begin)
    for at in (above, *range(begin, len(lines))):
        if is_closing(lines[at]) or is_name(lines[at], name):
            return max(begin, _behind_name(lines, at, name))
    # Nothing closes the letter: only what nobody says to anybody.
    while begin < len(lines) and (not lines[begin].strip() or _is_spoken(lines, begin)):
        begin += 1
    rest = [line for line in lines[begin:] if line.strip()]
    is_signature = len(rest) >= _FEWEST_LINES and any(map(_CONTACT.search, rest))
    return begin if is_signature else len(lines)


def _behind_name(lines: list[str], at: int, name: str) -> int:
    if is_closing(lines[at]):
        below = next((n for n in range(at + 1, len(lines)) if lines[n].strip()), at)
        return below + 1 if is_name(lines[below], name) else at + 1
    return at + 1


def _is_spoken(lines: list[str], at: int) -> bool:
    line = lines[at].strip()
    is_sentence = len(line.split()) >= _SPOKEN_WORDS or not line.isascii()
    return is_sentence and bool(_SPOKEN.search(line)) and disclaimer(["x", "", line]) == 3
