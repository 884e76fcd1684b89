"""A file that is about to leave → the words in it, whatever it is and whatever is in it.

Told by its first octets, for names lie. Texts and mails are read at once; what may be a bomb is
handed back, to be opened where it can do no harm (`cage`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from html import unescape
from itertools import chain
from typing import Final, NamedTuple

from inbox.leaks.decoded import decoded, is_text
from inbox.leaks.keyed import keyed, keyed_octets
from inbox.mail.charset import decode_text
from inbox.mail.html_text import html_to_text
from inbox.mail.parse import parse
from inbox.mail.parts import leaf_bytes
from inbox.mail.rtf import rtf_text

LARGEST: Final = 32 << 20  # octets of a file that are looked at
_LARGEST_TEXT: Final = 1 << 20
_DEEPEST: Final = 6  # files in files
_MOST_FILES: Final = 100
_FOLD = re.compile(r"\r?\n[ \t]")  # RFC 5545 §3.1, RFC 6350 §3.2
_ESCAPED = re.compile(r"\\([nN,;\\])")


class Kind(StrEnum):
    """How a file is read."""

    MAIL = "mail"
    TEXT = "text"
    CARD = "card"  # iCalendar, vCard
    HTML = "html"
    RTF = "rtf"
    ARCHIVE = "archive"  # ZIP, and the office files that are some
    COMPOUND = "compound"  # old Office, Outlook's .msg
    PDF = "pdf"
    PACKED = "packed"  # gzip and its kin, tar
    SEALED = "sealed"  # what says nothing without a key, or in a form that nobody here opens


_HEADS: Final[Mapping[bytes, Kind]] = {
    b"%PDF-": Kind.PDF,
    b"PK\x03\x04": Kind.ARCHIVE,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": Kind.COMPOUND,
    b"{\\RTF": Kind.RTF,
    b"BEGIN:VCARD": Kind.CARD,
    b"BEGIN:VCALENDAR": Kind.CARD,
    b"\x1f\x8b": Kind.PACKED,
    b"BZH": Kind.PACKED,
    b"\xfd7ZXZ\0": Kind.PACKED,
    b"7Z\xbc\xaf'\x1c": Kind.SEALED,
    b"RAR!\x1a\x07": Kind.SEALED,
    b"-----BEGIN PGP MESSAGE": Kind.SEALED,
}
_PDF = b"%PDF-"
_TAR, _TAR_AT = b"ustar", 257
_ENVELOPED = b"*\x86H\x86\xf7\r\x01\x07\x03"  # RFC 5652 §6.1
_TYPES: Final[Mapping[str, Kind]] = {
    "message/": Kind.MAIL,
    "text/html": Kind.HTML,
    "image/svg": Kind.HTML,
    "text/": Kind.TEXT,
}
# For some programs say nothing of a file but that it is one.
_NAMES: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.MAIL: (".eml", ".mht", ".mhtml"),
    Kind.HTML: (".htm", ".html", ".xhtml", ".svg"),
    Kind.TEXT: (".txt", ".csv", ".tsv", ".log", ".md", ".json", ".xml", ".yaml", ".mbox"),
}
SHUT: Final = frozenset((Kind.ARCHIVE, Kind.COMPOUND, Kind.PDF, Kind.PACKED))


@dataclass(frozen=True, slots=True)
class Attached:
    """A file as it would leave."""

    filename: str
    content_type: str
    content: bytes

    @property
    def kind(self) -> Kind | None:
        """How it is read; None for what says nothing, such as a picture."""
        return kind_of(self.filename, self.content_type, self.content[:1024])


class Words(NamedTuple):
    """What a file says."""

    filename: str
    said: str
    is_whole: bool = True  # False where it may say more that nobody can read


@dataclass(slots=True)
class Opened:
    """What was found: words in their order, and files that only a cage may open."""

    words: list[Words] = field(default_factory=list)
    shut: list[Attached] = field(default_factory=list)
    files: int = 0


def kind_of(filename: str, content_type: str, head: bytes) -> Kind | None:
    """By the first octets, else by type and name."""
    if head[_TAR_AT : _TAR_AT + len(_TAR)] == _TAR:
        return Kind.PACKED
    if _ENVELOPED in head[:64]:
        return Kind.SEALED
    head = head.lstrip(b"\xef\xbb\xbf\r\n ")
    by_head = (kind for begin, kind in _HEADS.items() if head.upper().startswith(begin.upper()))
    by_type = (kind for begin, kind in _TYPES.items() if content_type.lower().startswith(begin))
    by_name = (kind for kind, ends in _NAMES.items() if filename.lower().endswith(ends))
    kind = next(chain(by_head, by_type, by_name), None)
    # Readers look for it among the first octets; and a mail may begin with one as it is.
    return Kind.PDF if _PDF in head and kind is not Kind.MAIL else kind


def open_file(file: Attached, opened: Opened, depth: int = 0) -> None:
    """Add the words of a file, and of what is in it, to `opened`. Never raises."""
    kind = file.kind
    opened.files += 1
    if opened.files > _MOST_FILES or len(file.content) > LARGEST or kind is Kind.SEALED:
        opened.words.append(Words(file.filename, "", is_whole=False))
        return
    if kind in SHUT:
        opened.shut.append(file)
        return
    if hidden := keyed_octets(file.content):
        opened.words.append(Words(file.filename, "\n".join(hidden)))
    if kind is Kind.MAIL:
        _open_mail(file, opened, depth)
    elif kind is not None:
        content = file.content[:_LARGEST_TEXT]
        opened.words.append(Words(file.filename, _text(kind, content)))
        open_encoded(file.filename, _source(kind, content), opened, depth)


def open_encoded(filename: str, text: str, opened: Opened, depth: int = 0) -> None:
    """The same of all that is encoded in a text (see `decoded`)."""
    if depth >= _DEEPEST:
        return
    for one in decoded(text):
        kind = "text/plain" if is_text(one.content) else ""
        inner = Attached("", kind, one.content)
        found = Opened(files=opened.files)
        if inner.kind is not None:
            open_file(inner, found, depth + 1)
        elif hidden := keyed_octets(one.content):
            found.words.append(Words("", "\n".join(hidden)))
        name = filename or f"{one.begin}…"
        opened.words += [one._replace(filename=name) for one in found.words]
        opened.shut += [replace(one, filename=name) for one in found.shut]
        opened.files = found.files


def _open_mail(file: Attached, opened: Opened, depth: int) -> None:
    raw, mail = file.content, parse(file.content)
    said = [mail.subject, mail.text]
    # Both forms say the same, as a rule; a mail that is hidden in the other one is no exception.
    said += [html_to_text(mail.html[:_LARGEST_TEXT])] if mail.html else []
    said += keyed(unescape(mail.html or ""))  # where its links lead
    opened.words += [Words(file.filename, one) for one in said]
    for one in mail.attachments:
        if depth >= _DEEPEST or opened.files >= _MOST_FILES:
            opened.words.append(Words(file.filename, "", is_whole=False))
            return
        inner = Attached(one.filename, one.content_type, leaf_bytes(raw, one.part))
        open_file(inner, opened, depth + 1)


def _text(kind: Kind, content: bytes) -> str:
    text = decode_text(content).text
    match kind:
        case Kind.HTML:
            # Where its links lead, and what it remarks, no reader sees.
            return "\n".join((html_to_text(text), *keyed(unescape(text))))
        case Kind.RTF:
            return rtf_text(text)
        case Kind.CARD:
            return "\n".join(_card(text))
    return text


def _source(kind: Kind, content: bytes) -> str:
    """As it is written, where that may hold what is encoded."""
    text = decode_text(content).text
    return _FOLD.sub("", text) if kind is Kind.CARD else text


def _card(text: str) -> Iterator[str]:
    for line in _FOLD.sub("", text).split("\n"):
        name, _, value = line.partition(":")
        yield _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value or name)
