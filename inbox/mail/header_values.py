"""Header values as they go on the wire: ASCII, short lines, nothing that could end a header.

The standard library's own folding breaks ids and, in some versions, the quotes around names
(python/cpython#100991, #121284), and lets line breaks through (CVE-2024-6923).
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from urllib.parse import quote

from inbox.model.address import Address

FOLD = "\r\n "
_LINE = 76
_WORD = 75  # RFC 2047 §2
_FRAME = len("=?utf-8?B??=")
_LONG = 900  # a line may have 998 octets
_MOST_OCTETS = 254  # of an address, RFC 5321 §4.5.3.1.3
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_NOT_IN_NAMES = str.maketrans('/\\"', "__'")
_ATEXT = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]"
_PHRASE = re.compile(rf"{_ATEXT}+(?: {_ATEXT}+)*", re.ASCII)
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(
    rf'(?:(?:{_ATEXT}|\.){{1,64}}|"(?:[^"\\\x00-\x1f\x7f]|\\[ -~]){{1,62}}")'
    rf"@(?:{_LABEL}(?:\.{_LABEL})*|\[[0-9A-Za-z:.]{{1,60}}\])",
    re.ASCII,
)


def is_sendable(address: str) -> bool:
    """Whether the address may stand in a header and in an SMTP command: ASCII, strict grammar."""
    return (
        address.isascii()
        and len(address) <= _MOST_OCTETS
        and _ADDRESS.fullmatch(address) is not None
    )


def takes_utf8(address: str) -> bool:
    """Whether no mail of ours reaches it for its letters alone: RFC 6531 is for others."""
    local, at, domain = address.rpartition("@")
    return bool(local and at and domain) and not local.isascii()


def clean(value: str) -> str:
    """The value without control characters, line breaks and direction overrides, trimmed."""
    value = _BIDI.sub("", _CONTROLS.sub(" ", value)).strip()
    return value.encode("utf-8", "replace").decode()


def text(value: str, taken: int = 0) -> str:
    """Unstructured text, folded; `taken` is how much of the first line the header's name uses."""
    value = clean(value)
    if _is_plain(value):
        return _fold(re.findall(r"\s*\S+", value), taken)
    return FOLD.join(_words(value, taken))


def addresses(people: Iterable[Address], taken: int = 0) -> str:
    """A list of mailboxes; raises ValueError for an address that is not `is_sendable`."""
    shown = [_mailbox(person) for person in people]
    return _fold([f" {one}," if n else f"{one}," for n, one in enumerate(shown)], taken)[:-1]


def filename_parameters(kind: str, name: str) -> str:
    """`; kind=…` after a Content-Type (`name`) or Content-Disposition (`filename`).

    Plain names are quoted. Others: RFC 2231 for `filename`, which all of today's programs read;
    encoded words for `name`, which older ones fall back on. A quotation mark in it becomes an
    apostrophe: Windows knows no such file, and some readers end the name there.
    """
    name = clean(name).translate(_NOT_IN_NAMES)[:200]
    if _is_plain(name) and len(name) <= 60:  # it fits one line
        return f';{FOLD}{kind}="{_escape(name)}"'
    if kind == "name":
        return f';{FOLD}name="{FOLD.join(_words(name, len(" name=") + 2))}"'
    pieces = _cut(name, 51)
    if len(pieces) == 1:
        return f";{FOLD}{kind}*=UTF-8''{pieces[0]}"
    first = f";{FOLD}{kind}*0*=UTF-8''{pieces[0]}"
    return first + "".join(f";{FOLD}{kind}*{n}*={p}" for n, p in enumerate(pieces[1:], 1))


def _mailbox(person: Address) -> str:
    if not is_sendable(person.address):
        raise ValueError(f"no address to write to: {person.address[:80]!r}")
    name = clean(person.name)
    if not name:
        return person.address
    if not _is_plain(name):
        return f"{FOLD.join(_words(name, len('Reply-To: ')))}{FOLD}<{person.address}>"
    shown = name if _PHRASE.fullmatch(name) else f'"{_escape(name)}"'
    return f"{shown} <{person.address}>"


def _is_plain(value: str) -> bool:
    # Text that looks like an encoded word would be read as one: encode it.
    if not value.isascii() or "=?" in value:
        return False
    return max(map(len, value.split()), default=0) < _LONG


def _escape(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')


def _words(value: str, taken: int) -> list[str]:
    """Encoded words of whole characters, the first of them shorter by `taken`.

    They end between words where that costs little: some readers put a space between two of them.
    """
    words: list[str] = []
    chunk = b""
    room = _octets(_WORD - taken)
    for character in value:
        octets = character.encode()
        if chunk and len(chunk) + len(octets) > room:
            space = chunk.rfind(b" ") + 1
            end = space if space > len(chunk) // 2 else len(chunk)
            words.append(_word(chunk[:end]))
            chunk, room = chunk[end:], _octets(_WORD)
        chunk += octets
    return [*words, _word(chunk)] if chunk else words


def _octets(width: int) -> int:
    return (width - _FRAME) // 4 * 3


def _word(octets: bytes) -> str:
    return f"=?utf-8?B?{b64encode(octets).decode()}?="


def _fold(pieces: list[str], taken: int) -> str:
    """The pieces one after the other; before the space that begins each, a line may end."""
    out: list[str] = []
    used = taken
    for n, piece in enumerate(pieces):
        if n and used + len(piece.split("\r\n", 1)[0]) > _LINE:
            out.append("\r\n")
            used = 0
        out.append(piece)
        used = len(piece.rsplit("\r\n", 1)[1]) if "\r\n" in piece else used + len(piece)
    return "".join(out)


def _cut(name: str, width: int) -> list[str]:
    """Percent-encoded text in pieces of whole characters: some programs decode each by itself."""
    pieces = [""]
    for character in name:
        quoted = quote(character, safe="")
        if len(pieces[-1]) + len(quoted) > width:
            pieces.append("")
        pieces[-1] += quoted
    return pieces
