"""Address lists of headers → mailboxes, on mail-parser's structural scanner; never guesses an
author.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from mailparser.utils import get_addresses

from inbox.mail.charset import scrub
from inbox.mail.encoded_words import decode_words
from inbox.model.address import Address, normalize
from inbox.model.mail import Defect

MAX_ADDRESSES = 1000
_MAX_MAILBOX = 1024

# One or more ordinary mailboxes, nothing that RFC 5322 §3.4 gives another meaning: no scanner
# needed.
_PLAIN = re.compile(
    r"""\s*+(?:"([^"\\@<>]*+)"\s*+|([^"\\@<>,;:()\[\]]*+))<([\w!#$%&'*+/=?^`{|}~.-]++@[\w.-]++)>\s*+(?:,|$)""",
    re.ASCII,
)
_BARE = re.compile(r"\s*+([\w!#$%&'*+/=?^`{|}~.-]++@[\w.-]++)\s*+$", re.ASCII)
_LOOKS_LIKE = re.compile(r"[^\s<>(),;:\"\[\]\\]{1,128}@[^\s<>(),;:\"\[\]\\]{1,255}")
_ANGLE = re.compile(r"<([^<>\"]*+)>")
# Words before an address: they may hold what would part addresses, against RFC 2047 §5.
_NAME = re.compile(r"((?:=\?[^?\s]{1,75}\?[qQ]\?[^?\s]*+\?=\s*+){1,40}+)<(?=[^<>\s?=]+@)")
_PARTS = re.compile(r'[()<>@,;:\\"\[\].]')
_COMMA = re.compile(
    r"(?:(?<=^)|(?<=[,;]))\s*+[^\s\"<>@()\[\]:;,][^\"<>@()\[\]:;,]{0,60},\s?"
    r"[^\"<>@()\[\]:;,]{1,60}(?=<[^<>\s@]{1,64}@)"
)
_UNCLEAR = re.compile(r"[()<>:;\\\"]")
# What mail-parser says of readable items: no second reading of the address is possible.
_HARMLESS = frozenset({"structural-recovery", "overlong-encoded-word", "invalid-encoded-word"})


@dataclass(frozen=True, slots=True)
class AddressList:
    """The mailboxes of one header field and what was odd about it."""

    addresses: tuple[Address, ...] = ()
    defects: tuple[Defect, ...] = ()


def parse_list(value: str, header: str = "") -> AddressList:
    """The mailboxes of an unfolded To, Cc or Reply-To; broken items give the address that they
    show.
    """
    value = _joined(_named(value))
    if ";" in value and ":" not in value and '"' not in value:
        value = value.replace(";", ",")  # as Outlook shows lists; no group of RFC 5322 §3.4
    if (simple := _simple(value)) is not None:
        return AddressList(simple)
    pairs, notes, cut = _scanned(value)
    addresses = [_address(name, address) for name, address in pairs]
    defects = [Defect("address.too_many", header, lost=True)] if cut else []
    for note in notes:
        defects.append(Defect("address.broken", f"{header}: {note['reason']}"))
        if not note["recovered"]:
            addresses += _shown_in(str(note["raw"]))
    return AddressList(_unique(addresses), tuple(defects))


def parse_from(value: str) -> AddressList:
    """Every mailbox that any reader could take for the author of an unfolded From: one only if
    it is clear.
    """
    value, written = _joined(_named(value)), value
    if (simple := _simple(value)) is not None:
        return AddressList(simple, _told(value, written))
    pairs, notes, cut = _scanned(value)
    addresses = [_address(name, address) for name, address in pairs]
    defects = [Defect("address.too_many", "From", lost=True)] if cut else []
    for note in notes:
        reasons = set(str(note["reason"]).split(","))
        defects.append(Defect("from.broken", str(note["reason"])))
        if not reasons <= _HARMLESS:
            addresses += _shown_in(str(note["raw"]))
    # `<admin@one.example(.two.example)>` is admin@one.example to some readers and not to others.
    for found in _ANGLE.finditer(value):
        without = found[1].replace("(", "").replace(")", "")
        if "(" in found[1] and _BARE.match(without):
            addresses.append(_address("", without))
    unique = _unique(addresses)
    if len(unique) == 1 and not unique[0].name and defects:
        unique = (_name_above(value, unique[0]),)
    if len(unique) > 1:
        defects.append(Defect("from.ambiguous", ", ".join(a.address for a in unique[:4])))
    return AddressList(unique, tuple(defects))


def _named(value: str) -> str:
    """The value with what would part addresses hidden in the encoded words of names."""
    if "=?" not in value:
        return value
    return _NAME.sub(lambda name: _PARTS.sub(_hidden, name[0][:-1]) + "<", value)


def _joined(value: str) -> str:
    """The value with quotation marks around a name that has a comma: `Roe, Jane <jane@…>`."""
    return _COMMA.sub(r'"\g<0>"', value) if "," in value and '"' not in value else value


def _told(value: str, written: str) -> tuple[Defect, ...]:
    return (Defect("from.broken", "comma in a name"),) if len(value) > len(written) else ()


def _name_above(value: str, author: Address) -> Address:
    """The author with the words in front of the only address as a name, where no grammar reads
    them.
    """
    name, sign, _ = value.partition("@")
    words = name.rpartition("<")[0] or name.rpartition(" ")[0]
    words = words.strip(" <\"'\t")
    if not sign or value.count("@") > 1 or _UNCLEAR.search(words):
        return author
    return _address(words, author.address)


def _hidden(sign: re.Match[str]) -> str:
    return f"={ord(sign[0]):02X}"


def _simple(value: str) -> tuple[Address, ...] | None:
    if found := _BARE.match(value):
        return (_address("", found[1]),)
    out: list[Address] = []
    position = 0
    while position < len(value):
        match = _PLAIN.match(value, position)
        if match is None or len(out) >= MAX_ADDRESSES:
            return None
        out.append(_address(match[1] or match[2] or "", match[3]))
        position = match.end()
    return _unique(out) if out else None


def _scanned(value: str) -> tuple[list[tuple[str, str]], list[dict[str, Any]], bool]:
    value, cut = _bounded(value)
    notes: list[dict[str, Any]] = []
    try:
        pairs = get_addresses(value, defects=notes)
    except (ValueError, IndexError, RecursionError, LookupError, TypeError) as error:
        return (
            [],
            [{"reason": type(error).__name__, "raw": value[:_MAX_MAILBOX], "recovered": False}],
            cut,
        )
    return [(name, address) for name, address in pairs if address], notes[:50], cut


def _bounded(value: str) -> tuple[str, bool]:
    """At most MAX_ADDRESSES items, none longer than _MAX_MAILBOX: the reader of one item is not
    linear.
    """
    if len(value) <= _MAX_MAILBOX:
        return value, False
    items = value.split(",", MAX_ADDRESSES)
    cut = len(items) > MAX_ADDRESSES or any(len(item) > _MAX_MAILBOX for item in items)
    return ",".join(item for item in items[:MAX_ADDRESSES] if len(item) <= _MAX_MAILBOX), cut


def _shown_in(raw: str) -> list[Address]:
    return [_address("", found.group().strip("'`.")) for found in _LOOKS_LIKE.finditer(raw[:4096])]


def _address(name: str, address: str) -> Address:
    shown = decode_words(name).strip().strip('"').strip()
    if len(shown) > 1 and shown[0] == shown[-1] == "'":
        shown = shown[1:-1]
    normal = normalize(scrub(address))
    says_it = ("@" in shown or "@" not in normal) and normalize(shown) == normal
    return Address(name="" if says_it else shown, address=normal)


def _unique(addresses: list[Address]) -> tuple[Address, ...]:
    """Each address once, with the first name given."""
    kept: dict[str, Address] = {}
    for one in addresses:
        known = kept.get(one.address)
        if known is None or (not known.name and one.name):
            kept[one.address] = one
    return tuple(kept.values())
