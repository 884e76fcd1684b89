"""A file that is about to leave → the words in it, whatever it is and whatever is in it.

Told by its first octets, for names lie. Texts and mails are read at once; what may be a bomb is
handed back, to be opened where it can do no harm (`cage`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from quopri import decodestring
from typing import Final, NamedTuple

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


_HEADS: Final[Mapping[bytes, Kind]] = {
    b"PK\x03\x04": Kind.ARCHIVE,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": Kind.COMPOUND,
    b"{\\RTF": Kind.RTF,
    b"BEGIN:VCARD": Kind.CARD,
    b"BEGIN:VCALENDAR": Kind.CARD,
}
_TYPES: Final[Mapping[str, Kind]] = {
    "message/": Kind.MAIL,
    "text/html": Kind.HTML,
    "text/": Kind.TEXT,
}
# For some programs say nothing of a file but that it is one.
_NAMES: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.MAIL: (".eml", ".mht", ".mhtml"),
    Kind.HTML: (".htm", ".html", ".xhtml"),
    Kind.TEXT: (".txt", ".csv", ".tsv", ".log", ".md", ".json", ".xml", ".yaml"),
}
SHUT: Final = frozenset((Kind.ARCHIVE, Kind.COMPOUND, Kind.PDF))


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


@dataclass(slots=True)
class Opened:
    """What was found: words in their order, and files that only a cage may open."""

    words: list[Words] = field(default_factory=list)
    shut: list[Attached] = field(default_factory=list)
    files: int = 0


def may_say(filename: str, content_type: str) -> bool:
    """Whether a file has to be looked at, by what is known without its content."""
    return content_type.partition("/")[0] not in ("image", "audio", "video", "font")


def kind_of(filename: str, content_type: str, head: bytes) -> Kind | None:
    """By the first octets, else by type and name."""
    head = head.lstrip(b"\xef\xbb\xbf\r\n ")
    if b"%PDF-" in head:
        return Kind.PDF
    by_head = (kind for begin, kind in _HEADS.items() if head.upper().startswith(begin))
    by_type = (kind for begin, kind in _TYPES.items() if content_type.lower().startswith(begin))
    by_name = (kind for kind, ends in _NAMES.items() if filename.lower().endswith(ends))
    return next(chain(by_head, by_type, by_name), None)


def open_file(file: Attached, opened: Opened, depth: int = 0) -> None:
    """Add the words of a file, and of what is in it, to `opened`. Never raises."""
    kind = file.kind
    opened.files += 1
    if kind is None or opened.files > _MOST_FILES or len(file.content) > LARGEST:
        return
    if kind in SHUT:
        opened.shut.append(file)
    elif kind is Kind.MAIL:
        _open_mail(file, opened, depth)
    else:
        said = _text(kind, file.content[:_LARGEST_TEXT])
        opened.words.append(Words(file.filename, said))


def _open_mail(file: Attached, opened: Opened, depth: int) -> None:
    raw, mail = file.content, parse(file.content)
    said = [mail.subject, mail.text]
    # Both forms say the same, as a rule; a mail that is hidden in the other one is no exception.
    said += [html_to_text(mail.html[:_LARGEST_TEXT])] if mail.html else []
    opened.words += [Words(file.filename, one) for one in said]
    if depth >= _DEEPEST:
        return
    for one in mail.attachments:
        if may_say(one.filename, one.content_type) and opened.files < _MOST_FILES:
            inner = Attached(one.filename, one.content_type, leaf_bytes(raw, one.part))
            open_file(inner, opened, depth + 1)


def _text(kind: Kind, content: bytes) -> str:
    if kind is Kind.CARD and b"QUOTED-PRINTABLE" in content.upper():  # vCard 2.1
        content += b"\n" + decodestring(content)
    text = decode_text(content).text
    match kind:
        case Kind.HTML:
            return html_to_text(text)
        case Kind.RTF:
            return rtf_text(text)
        case Kind.CARD:
            return "\n".join(_card(text))
    return text


def _card(text: str) -> Iterator[str]:
    for line in _FOLD.sub("", text).split("\n"):
        name, _, value = line.partition(":")
        yield _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value or name)
