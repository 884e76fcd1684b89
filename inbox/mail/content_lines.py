"""The lines of which calendars and address cards are made (RFC 5545, RFC 2426). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_OCTETS = 75  # of a line


def written(lines: Iterable[tuple[str, str]]) -> str:
    """Names and values as lines that end in CRLF, folded; a value is escaped before."""
    folded = (piece for name, value in lines for piece in _folded(f"{name}:{value}"))
    return "\r\n".join(folded) + "\r\n"


def escaped(value: str) -> str:
    """A text as a value (RFC 5545 §3.3.11, RFC 2426 §4)."""
    value = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return _CONTROLS.sub("", value)


def quoted(value: str) -> str:
    """A text as a parameter in quotes; what it cannot hold is left out (RFC 5545 §3.2)."""
    return f'"{_CONTROLS.sub("", value.replace(chr(34), chr(39))).strip()}"'


def _folded(line: str) -> Iterator[str]:
    """Pieces of at most 75 octets, none of which cuts a character."""
    piece, room = "", _OCTETS
    for character in line:
        size = len(character.encode("utf-8", "replace"))
        if size > room:
            yield piece
            piece, room = " ", _OCTETS - 1
        piece += character
        room -= size
    yield piece
