"""PDF → the words on its pages, within bounds; for a process of its own, which may be ended."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError

_MOST_PAGES: Final = 100
_MOST_CHARACTERS: Final = 400_000
# What a file that is broken makes it raise, besides its own.
_BROKEN: Final = (
    PyPdfError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, OSError,
    AssertionError, EOFError, NotImplementedError, RecursionError, MemoryError,
)  # fmt: skip


def pdf_words(content: bytes) -> str:
    """The text of its first pages; empty where there is none, or none that can be read."""
    pages: list[str] = []
    with suppress(*_BROKEN):
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            reader.decrypt("")  # most are only locked against changes
        room = _MOST_CHARACTERS
        for page in reader.pages[:_MOST_PAGES]:
            pages.append(page.extract_text()[:room])
            room -= len(pages[-1])
            if room <= 0:
                break
    return "\n\n".join(pages)
