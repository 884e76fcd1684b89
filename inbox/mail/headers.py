"""Raw header fields → what they say: ids, people, date, subject; text is decoded and storable."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from mailparser.dates import parse_mail_date

from inbox.mail.addresses import MAX_ADDRESSES, AddressList, parse_from, parse_list
from inbox.mail.dates import is_misread, lenient_date, plain_date
from inbox.mail.encoded_words import clean, decode_words
from inbox.mail.fields import Fields, text_of
from inbox.mail.params import parse_params
from inbox.model.address import Address
from inbox.model.mail import Defect

_MAX_IDS = 200
_MAX_ID = 998
_ID = re.compile(r"<([^<>]{1,1100})>")
_ONCE = frozenset(
    {
        "from",
        "sender",
        "reply-to",
        "to",
        "cc",
        "message-id",
        "in-reply-to",
        "references",
        "subject",
        "date",
    }
)


@dataclass(slots=True)
class Headers:
    """Decoded header fields in order, looked up by lower-case name."""

    items: list[tuple[str, str]] = field(default_factory=list)  # decoded, for showing and storing
    raw: dict[str, list[str]] = field(default_factory=dict)  # unfolded, encoded words left alone
    defects: list[Defect] = field(default_factory=list)
    decoded: dict[str, str] = field(default_factory=dict)  # the first of each name

    def first(self, name: str) -> str:
        """The first unfolded value of a field (lower case), or empty."""
        return self.raw.get(name, [""])[0]

    def all(self, name: str) -> list[str]:
        """Every unfolded value of a field (lower case)."""
        return self.raw.get(name, [])

    def text(self, name: str) -> str:
        """The first value of a field (lower case) decoded, or empty."""
        return self.decoded.get(name, "")


def read_headers(fields: Fields, charset: str = "") -> Headers:
    """The fields as text; undeclared 8-bit values are read as UTF-8, in `charset`, which the mail's
    text is written in, or as guessed.
    """
    headers = Headers(defects=list(fields.defects))
    if not charset:
        content_type = fields.first("content-type").decode("ascii", "replace")
        charset = parse_params(content_type)[1].get("charset", "")
    if not fields.is_ascii:
        headers.defects.append(Defect("header.8bit", charset))
    for name, value in fields.items:
        text = text_of(value, charset)
        decoded, lowered = decode_words(text), name.lower()
        headers.items.append((name, decoded))
        headers.decoded.setdefault(lowered, decoded)
        headers.raw.setdefault(lowered, []).append(clean(text) if not text.isprintable() else text)
    for name, values in headers.raw.items():
        if len(values) > 1 and name in _ONCE:
            headers.defects.append(Defect("header.repeated", name))
    return headers


def authors(headers: Headers) -> AddressList:
    """Every mailbox of every From field; more than one means that nobody knows who wrote."""
    found = [parse_from(value) for value in headers.all("from")[:20]]
    people: dict[str, Address] = {}
    for one in found:
        for address in one.addresses[:MAX_ADDRESSES]:
            people.setdefault(address.address, address)
    return AddressList(tuple(people.values()), tuple(d for one in found for d in one.defects))


def people(headers: Headers, name: str) -> AddressList:
    """The mailboxes of all fields of that name, each once."""
    found = [parse_list(value, name) for value in headers.all(name)]
    if len(found) == 1:
        return found[0]
    kept: dict[str, Address] = {}
    for one in found:
        for address in one.addresses:
            if len(kept) < MAX_ADDRESSES:
                kept.setdefault(address.address, address)
    return AddressList(tuple(kept.values()), tuple(d for one in found for d in one.defects))


def message_id(headers: Headers) -> str:
    """The mail's own id without angle brackets, or empty."""
    ids = _ids(headers.first("message-id"))
    return ids[0] if ids else "".join(headers.first("message-id").strip("<>").split())[:_MAX_ID]


def message_ids(headers: Headers, name: str) -> tuple[str, ...]:
    """The ids that a References or In-Reply-To names, oldest first, each once, at most 200."""
    seen: dict[str, None] = {}
    for value in headers.all(name):
        for one in _ids(value):
            seen.setdefault(one)
    ids = tuple(seen)
    return ids if len(ids) <= _MAX_IDS else (ids[0], *ids[1 - _MAX_IDS :])


def date(headers: Headers) -> tuple[datetime | None, list[Defect]]:
    """When the sender says that it was written, with their offset; None when unusable."""
    value = headers.first("date")[:200]
    if not value:
        return None, [Defect("date.missing")]
    if (plain := plain_date(value)) is not None and plain.year >= 1970:
        return plain, []
    result = parse_mail_date(value)
    when = result.value
    if when is not None and not is_misread(value):
        with suppress(ValueError, OverflowError):
            when = when.astimezone(timezone(timedelta(hours=float(result.timezone))))
        defects = [Defect("date.odd", reason) for reason in result.reasons]
    else:
        when, defects = lenient_date(value), [Defect("date.broken", clean(value)[:80])]
    if when is not None and not 1970 <= when.year <= 2200:
        return None, [*defects, Defect("date.broken", f"year {when.year}")]
    return when, defects


def thread_index(headers: Headers) -> bytes | None:
    """Outlook's Thread-Index decoded (MS-OXOMSG 2.2.1.3): 22 bytes and more, else None."""
    value = headers.first("thread-index")[:4096]
    try:
        data = base64.b64decode("".join(value.split()), validate=False)
    except (binascii.Error, ValueError):
        return None
    return data if len(data) >= 22 else None


def delivered_to(headers: Headers) -> tuple[str, ...]:
    """The addresses that servers on the way noted as the recipient."""
    seen: dict[str, None] = {}
    for name in ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to"):
        for value in headers.all(name)[:20]:
            for one in parse_list(value, name).addresses:
                seen.setdefault(one.address)
    return tuple(seen)


def _ids(value: str) -> list[str]:
    if "=?" in value:  # some programs encode long ids (python/cpython#100991)
        value = decode_words(value)
    found: Iterable[str] = _ID.findall(value)
    ids = ["".join(one.split())[:_MAX_ID] for one in found]
    if not ids:
        ids = [one.strip("<>,;\"'")[:_MAX_ID] for one in value.split() if "@" in one]
    return [one for one in ids if one]
