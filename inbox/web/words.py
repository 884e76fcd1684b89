"""Text of people → markup of ours: escaped, links clickable, nothing else."""

from __future__ import annotations

import re
from hashlib import sha256

from babel import Locale
from babel.units import format_unit
from markupsafe import Markup

from inbox.mail.markup import to_lines

_HUES = 12
_LINK = re.compile(r'<a href="')


def shown(text: str) -> Markup:
    """A mail's text as it is read: line by line, with links that open apart."""
    lines = to_lines(text.strip("\n"))
    safe = _LINK.sub('<a rel="noopener noreferrer nofollow" target="_blank" href="', lines)
    return Markup(safe)  # noqa: S704 - `to_lines` escapes all that is not its own


def initials(name: str) -> str:
    """One or two letters that stand for a person; of a Japanese name the first character."""
    words = [word for word in re.split(r"[\s.@_-]+", name.strip()) if word[:1].isalnum()]
    if not words:
        return "?"
    if ord(words[0][0]) > 0x2E7F:  # CJK and beyond: one character says as much as two letters
        return words[0][0]
    return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper()


def hue(address: str) -> int:
    """A colour out of twelve, always the same for an address."""
    return sha256(address.lower().encode()).digest()[0] % _HUES


def one_line(text: str, length: int = 160) -> str:
    """The beginning of a text in one line."""
    line = " ".join(text[: length * 4].split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def count_lines(text: str) -> int:
    """How many lines that are not empty."""
    return sum(1 for line in text.splitlines() if line.strip())


def size_in_words(size: int, locale: Locale) -> str:
    """Bytes as people say them: "4 kB", "1.2 MB", in German "1,2 MB"."""
    if size < 1_000_000:
        amount, unit, form = max(1.0, size / 1000), "kilobyte", "#,##0"
    else:
        amount, unit, form = size / 1_000_000, "megabyte", "#,##0.0"
    said = format_unit(amount, f"digital-{unit}", "short", form, locale=locale)
    return said.replace(" ", "\N{NO-BREAK SPACE}")
