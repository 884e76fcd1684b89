"""What somebody typed → its parts: operator, value, quoted or not, wanted or not. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 400  # characters of a question
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟«»「」『』＂", '"') | {"：": ":", "－": "-"})
_TOKEN: Final = re.compile(
    r"""(?P<not>[-−–!]?)(?:(?P<name>[^\W\d][\w-]*):(?!//))?(?:"(?P<quoted>[^"]*)(?P<end>"?)|(?P<bare>[^\s"]*))"""
)
_OR: Final = frozenset({"OR", "|", "||", "ODER", "OPPURE", "ИЛИ", "または"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A part of a question."""

    name: str = ""  # before the colon
    value: str
    is_not: bool = False
    is_quoted: bool = False
    is_open: bool = False  # a quote that does not end

    @property
    def is_or(self) -> bool:
        """Whether it stands between two things of which one is enough."""
        return not (self.name or self.is_not or self.is_quoted) and self.value in _OR

    @property
    def said(self) -> str:
        """As it was written, about."""
        end = "" if self.is_open else '"'
        value = f'"{self.value}{end}' if self.is_quoted else self.value
        return "-" * self.is_not + (f"{self.name}:" if self.name else "") + value


def tokens(text: str) -> list[Token]:
    """The parts, in order; of what is too long the beginning."""
    plain = unicodedata.normalize("NFC", text).translate(_QUOTES).replace("\x00", " ")
    found: list[Token] = []
    at, plain = 0, plain[:LONGEST]
    while at < len(plain):
        if plain[at].isspace():
            at += 1
            continue
        match = _TOKEN.match(plain, at)
        if match is None or match.end() == at:  # cannot be, and must not hang
            at += 1
            continue
        found.append(_token(match))
        at = match.end()
    return found


def _token(match: re.Match[str]) -> Token:
    quoted = match["quoted"]
    return Token(
        name=match["name"] or "",
        value=match["bare"] if quoted is None else quoted.strip(),
        is_not=bool(match["not"]),
        is_quoted=quoted is not None,
        is_open=quoted is not None and not match["end"],
    )
