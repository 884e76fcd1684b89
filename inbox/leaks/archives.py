"""Archives, and the office files that are some → the words in them.

XML is not parsed: its tags are cut out, so that no entity is ever expanded, and what is broken is
read as far as it goes. Unpacked is only so much of all members together, whatever they claim.
"""

from __future__ import annotations

import re
from bz2 import BZ2Decompressor
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from html import unescape
from io import BytesIO
from lzma import LZMADecompressor, LZMAError
from tarfile import TarError, TarFile
from typing import Final, Protocol
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import decompressobj
from zlib import error as ZlibError

from inbox.leaks.keyed import keyed_octets

_MOST_MEMBERS: Final = 500
_MOST_UNPACKED: Final = 24 << 20  # octets
_LARGEST: Final = 8 << 20  # of the words of one member; keys are looked for behind that as well


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


# What is broken, or made to break.
_BROKEN: Final = (
    BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError, ZlibError,
    LZMAError, TarError, LookupError,
)  # fmt: skip
_ONE_THING: Final[Mapping[bytes, Callable[[], _Unpacker]]] = {
    b"\x1f\x8b": lambda: decompressobj(31),  # RFC 1952
    b"BZh": BZ2Decompressor,
    b"\xfd7zXZ": LZMADecompressor,
}
# What people write, in the formats of Microsoft, of OpenDocument and of EPUB; not how it looks.
_WRITTEN = re.compile(
    r"(?:word/(?:document|comments|footnotes|endnotes|header\d*|footer\d*)"
    r"|xl/(?:sharedStrings|comments\d*|worksheets/[^/]+|threadedComments/[^/]+)"
    r"|ppt/(?:slides|notesSlides|comments)/[^/]+|(?:.+/)?content|docProps/core|meta)\.xml"
    r"|(?:word|xl/worksheets|ppt/slides|ppt/notesSlides)/_rels/[^/]+\.rels",
    re.IGNORECASE,
)
# Files of other programs within, which say what they say by themselves.
_WITHIN = re.compile(r"(?:word|xl|ppt)/embeddings/[^/]+|Object \d+/[^/]+", re.IGNORECASE)
_KEYS = "META-INF/manifest.xml"  # of OpenDocument: names what is encrypted
_ENCRYPTED: Final = 1  # flag of a member, APPNOTE 4.4.4
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


def members(content: bytes) -> Iterator[tuple[str, bytes | None]]:
    """The names and contents of an archive, within bounds; of office files what people wrote, as
    text, and what has a key. None for what cannot be unpacked. Never raises.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            yield from _members(archive)
    except _BROKEN:
        yield "", None


def _members(archive: ZipFile) -> Iterator[tuple[str, bytes | None]]:
    listed = archive.infolist()
    is_office = any(one.filename in _OFFICE for one in listed)
    left = _MOST_UNPACKED
    for number, one in enumerate(sorted(listed, key=_rank) if is_office else listed):
        if one.is_dir():
            continue
        if left <= 0 or number >= _MOST_MEMBERS:
            yield one.filename, None
            return
        data = _unpacked(archive, one, left + 1)
        left -= len(data or b"")
        if data is None or not is_office:
            yield one.filename, data
        else:
            yield from _of_office(one.filename, data)
    if left < 0:
        yield "", None


def _of_office(name: str, data: bytes) -> Iterator[tuple[str, bytes | None]]:
    if _WRITTEN.fullmatch(name):
        yield f"{name}.txt", xml_words(data[:_LARGEST])
    elif _WITHIN.fullmatch(name):
        yield name, data
    elif name == _KEYS and b"encryption-data" in data:
        yield name, None
    # How it looks says nothing; what hides there may.
    if hidden := keyed_octets(data):
        yield f"{name}.txt", "\n".join(hidden).encode()


def xml_words(data: bytes) -> bytes:
    """The text between the tags, a line to each paragraph, and where links lead; linear."""
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    links = "\n".join(unquote(unescape(one)) for one in _LINK.findall(text))
    text = _FORMULA.sub("", _SPACE.sub(" ", _LINE.sub("\n", text)))
    said = f"{unescape(_TAG.sub('', text))}\n{links}"
    return _BLANK.sub("\n", said).strip().encode("utf-8", "replace")


def _rank(one: ZipInfo) -> tuple[bool, bool]:
    """What people wrote comes first, and of that what may be large, the cells of tables, last."""
    return (
        _WRITTEN.fullmatch(one.filename) is None,
        one.filename.startswith("xl/worksheets/"),
    )


def _unpacked(archive: ZipFile, one: ZipInfo, most: int) -> bytes | None:
    """None where it is encrypted, broken, or packed in a way that nobody knows."""
    if one.flag_bits & _ENCRYPTED:
        return None
    try:
        with archive.open(one) as member:
            return member.read(most)
    except _BROKEN:
        return None


def unpacked(content: bytes) -> Iterator[tuple[str, bytes | None]]:
    """The same of gzip, bzip2 and xz, which hold one thing, and of tar."""
    for head, unpacker in _ONE_THING.items():
        if content.startswith(head):
            one = unpacker()
            with suppress(*_BROKEN):
                yield "", one.decompress(content, _MOST_UNPACKED)
            if not one.eof:
                yield "", None
            return
    yield from _of_tar(content)


def _of_tar(content: bytes) -> Iterator[tuple[str, bytes | None]]:
    left = _MOST_UNPACKED
    try:
        with TarFile.open(fileobj=BytesIO(content), mode="r:") as archive:
            for number, one in enumerate(archive):
                if left <= 0 or number >= _MOST_MEMBERS:
                    yield one.name, None
                    return
                if one.isfile() and (member := archive.extractfile(one)):
                    data = member.read(left + 1)
                    left -= len(data)
                    yield one.name, data
        if left < 0:
            yield "", None
    except _BROKEN:
        yield "", None
