"""ZIP archives and the office files that are some → the words in them.

XML is not parsed: its tags are cut out, so that no entity is ever expanded, and what is broken is
read as far as it goes. Unpacked is only so much of all members together, whatever they claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import Final
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

_MOST_MEMBERS: Final = 500
_MOST_UNPACKED: Final = 24 << 20  # octets
_LARGEST: Final = 8 << 20  # of one member
# What people write, in the formats of Microsoft, of OpenDocument and of EPUB; not how it looks.
_WRITTEN = re.compile(
    r"(?:word/(?:document|comments|footnotes|endnotes|header\d*|footer\d*)"
    r"|xl/(?:sharedStrings|comments\d*|worksheets/[^/]+|threadedComments/[^/]+)"
    r"|ppt/(?:slides|notesSlides|comments)/[^/]+|(?:.+/)?content|docProps/core|meta)\.xml"
    r"|(?:word|xl/worksheets|ppt/slides|ppt/notesSlides)/_rels/[^/]+\.rels",
    re.IGNORECASE,
)
_OFFICE = ("[Content_Types].xml", "content.xml", "mimetype")
# Where a line ends: the paragraphs of all these formats, the cells and texts of a table.
_LINE = re.compile(
    r"</(?:w:p|a:p|text:p|text:h|si|is|c|table:table-cell|comment|dc:\w+|cp:\w+)>|<w:br\b[^<>]*>"
)
_SPACE = re.compile(r"<(?:w:tab|text:s|text:tab|text:line-break|a:br)\b[^<>]*>")
_FORMULA = re.compile(r"<v>[^<>]*</v>")  # of a table: numbers, and the numbers of its texts
_LINK = re.compile(r"\b(?:Target|xlink:href)=[\"']((?:mailto|https?):[^\"'<>]{1,2000})")
_TAG = re.compile(r"<[^<>]*>")
_BLANK = re.compile(r"\n{2,}")


def members(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The names and contents of an archive, within bounds; of office files only what people wrote,
    as text. Never raises: what cannot be unpacked is left out.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            listed = archive.infolist()[:_MOST_MEMBERS]
            is_office = any(one.filename in _OFFICE for one in listed)
            left = _MOST_UNPACKED
            for one in sorted(listed, key=_rank) if is_office else listed:
                if (
                    one.is_dir()
                    or left <= 0
                    or (is_office and not _WRITTEN.fullmatch(one.filename))
                ):
                    continue
                data = _unpacked(archive, one, min(left, _LARGEST))
                left -= len(data)
                yield (
                    (f"{one.filename}.txt", xml_words(data)) if is_office else (one.filename, data)
                )
    except (BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError):
        return


def xml_words(data: bytes) -> bytes:
    """The text between the tags, a line to each paragraph, and where links lead; linear."""
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    links = "\n".join(unquote(unescape(one)) for one in _LINK.findall(text))
    text = _FORMULA.sub("", _SPACE.sub(" ", _LINE.sub("\n", text)))
    said = f"{unescape(_TAG.sub('', text))}\n{links}"
    return _BLANK.sub("\n", said).strip().encode("utf-8", "replace")


def _rank(one: ZipInfo) -> bool:
    """What may be large, the cells of tables, comes last."""
    return one.filename.startswith("xl/worksheets/")


def _unpacked(archive: ZipFile, one: ZipInfo, most: int) -> bytes:
    try:
        with archive.open(one) as member:
            return member.read(most)
    except (
        BadZipFile,
        ValueError,
        OSError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ZlibError,
    ):
        return b""  # encrypted, broken, or packed in a way that nobody knows
