"""PDF → the words on its pages, within bounds; for a process of its own, which may be ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from itertools import islice
from typing import Final, NamedTuple
from urllib.parse import unquote
from zlib import decompressobj
from zlib import error as ZlibError

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from inbox.leaks.keyed import keyed_octets

_MOST_PAGES: Final = 100
_MOST_CHARACTERS: Final = 400_000
_MOST_LINKS: Final = 500  # of a page
_LONGEST_LINK: Final = 2000
_MOST_FILES: Final = 50
_MOST_STREAMS: Final = 3000
_MOST_UNPACKED: Final = 24 << 20  # octets
_LARGEST: Final = 2 << 20  # of a stream
_STREAM = re.compile(rb"stream\r?\n(?=x)")  # what zlib has packed begins so
# What a file that is broken makes it raise, besides its own.
_BROKEN: Final = (
    PyPdfError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, OSError,
    AssertionError, EOFError, NotImplementedError, RecursionError, MemoryError,
)  # fmt: skip


class Read(NamedTuple):
    """What a PDF says, the files in it, and whether that is all."""

    said: str
    files: tuple[tuple[str, bytes | None], ...]
    is_whole: bool


def read_pdf(content: bytes) -> Read:
    """The text of its first pages, its forms and remarks, where its links lead, and addresses with
    a key wherever they lie. Never raises; one that is locked or broken is not whole.
    """
    pages: list[str] = []
    files: list[tuple[str, bytes | None]] = []
    is_whole = False
    with suppress(*_BROKEN):
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            reader.decrypt("")  # most are only locked against changes
        room, is_read = _MOST_CHARACTERS, True
        for page in islice(reader.pages, _MOST_PAGES):
            said, is_page_read = _of_page(page)
            pages.append(said[:room])
            is_read = is_read and is_page_read
            room -= len(pages[-1])
            if room <= 0:
                break
        pages += _beside(reader)
        files += _within(reader)
        is_whole = is_read and bool(reader.pages)
    return Read("\n\n".join((*pages, *_hidden(content))), tuple(files), is_whole)


def _of_page(page: PageObject) -> tuple[str, bool]:
    links: list[str] = []
    with suppress(*_BROKEN):
        links += _links(page)
    try:
        return "\n".join((page.extract_text()[:_MOST_CHARACTERS], *links)), True
    except _BROKEN:
        return "\n".join(links), False


def _beside(reader: PdfReader) -> list[str]:
    """What it says of itself, and what was filled in."""
    said: list[str] = []
    with suppress(*_BROKEN):
        said += map(str, (reader.metadata or {}).values())
    with suppress(*_BROKEN):
        said += [str(one) for one in (reader.get_form_text_fields() or {}).values() if one]
    return [one[:_LONGEST_LINK] for one in said[:_MOST_LINKS]]


def _within(reader: PdfReader) -> Iterator[tuple[str, bytes | None]]:
    """Files that are attached to it."""
    with suppress(*_BROKEN):
        for name, contents in islice(reader.attachments.items(), _MOST_FILES):
            yield from ((name, one) for one in contents)


def _hidden(content: bytes) -> list[str]:
    """Addresses with a key in any stream of it, whether a page shows it or not."""
    found, room = keyed_octets(content), _MOST_UNPACKED
    for number, one in enumerate(_STREAM.finditer(content)):
        if number >= _MOST_STREAMS or room <= 0:
            break
        with suppress(ZlibError):
            end = content.find(b"endstream", one.end())
            packed = content[one.end() : end if end >= 0 else None]
            data = decompressobj().decompress(packed, min(room, _LARGEST))
            room -= len(data)
            found += keyed_octets(data)
    return found


def _links(page: PageObject) -> Iterator[str]:
    """A notice that was printed shows a word, and the address behind it is a link."""
    for one in (page.annotations or ())[:_MOST_LINKS]:
        shown = one.get_object()
        if remark := shown.get("/Contents"):
            yield str(remark)[:_LONGEST_LINK]
        action = shown.get("/A")
        target = action and action.get_object().get("/URI")
        if target:
            yield unquote(str(target))[:_LONGEST_LINK]
