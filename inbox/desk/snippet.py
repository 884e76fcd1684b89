"""The beginning of what was said last, for lists."""

from __future__ import annotations

from typing import Final

_LENGTH: Final = 200
READ: Final = 4 * _LENGTH  # characters that are enough to make it of


def snippet(words: str) -> str:
    """The first words on one line."""
    return " ".join(words[:READ].split())[:_LENGTH]
