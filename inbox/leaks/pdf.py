"""PDF → the words on its pages, within bounds; for a process of its own, which may be ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import Final
from urllib.parse import unquote

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

_MOST_PAGES: Final = 100
_MOST_CHARACTERS: Final = 400_000
_MOST_LINKS: Final = 500  # of a page
_LONGEST_LINK: Final = 2000
# What a file that is broken makes it raise, besides its own.
_BROKEN: Final = (
    PyPdfError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, OSError,
    AssertionError, EOFError, NotImplementedError, RecursionError, MemoryError,
)  # fmt: skip


def pdf_words(content: bytes) -> str:
    """The text of its first pages, and where their links lead; empty where none can be read."""
    pages: list[str] = []
    with suppress(*_BROKEN):
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            reader.decrypt("")  # most are only locked against changes
        room = _MOST_CHARACTERS
        for page in reader.pages[:_MOST_PAGES]:
            pages.append("\n".join((page.extract_text()[:room], *_links(page))))
            room -= len(pages[-1])
            if room <= 0:
                break
    return "\n\n".join(pages)


def _links(page: PageObject) -> Iterator[str]:
    """A notice that was printed shows a word, and the address behind it is a link."""
    for one in (page.annotations or ())[:_MOST_LINKS]:
        action = one.get_object().get("/A")
        target = action and action.get_object().get("/URI")
        if target:
            yield unquote(str(target))[:_LONGEST_LINK]
