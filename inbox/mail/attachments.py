"""Leaves that are files → names safe to show, size, hash, place."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from inbox.mail.encoded_words import decode_words
from inbox.mail.fields import text_of
from inbox.mail.tree import Part, content
from inbox.model.mail import Attachment

_MAX_NAME = 150
# Control, format (bidi, zero-width) and private characters let a name look like another one.
_BAD_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_BAD_CHARACTERS = re.compile(r'[<>:"|?*\\/]')
_DEVICES = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_EXTENSIONS = {
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/jpg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/bmp": ".bmp",
    "image/tiff": ".tiff",
    "image/svg+xml": ".svg",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/pgp-signature": ".asc",
    "application/pgp-encrypted": ".asc",
    "application/pgp-keys": ".asc",
    "application/pkcs7-mime": ".p7m",
    "application/pkcs7-signature": ".p7s",
    "application/x-pkcs7-signature": ".p7s",
    "application/ms-tnef": ".dat",
    "message/rfc822": ".eml",
    "message/global": ".eml",
    "message/delivery-status": ".txt",
    "message/disposition-notification": ".txt",
    "message/feedback-report": ".txt",
    "text/rfc822-headers": ".txt",
}


def describe(raw: bytes, part: Part) -> Attachment:
    """The attachment value of a leaf: decoded once for size and hash, not kept."""
    data = content(raw, part)
    return attachment(
        part.leaf,
        file_name(part, data),
        part.content_type,
        data,
        content_id=content_id(part),
        inline=part.disposition == "inline",
    )


def attachment(
    leaf: int,
    name: str,
    content_type: str,
    data: bytes,
    *,
    content_id: str = "",
    inline: bool = False,
) -> Attachment:
    """An attachment value for known bytes; the name is made safe."""
    return Attachment(
        part=leaf,
        filename=safe_name(name) or f"attachment-{leaf + 1}{_EXTENSIONS.get(content_type, '')}",
        content_type=content_type[:120],
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        content_id=content_id,
        inline=inline,
    )


def declared_name(part: Part) -> str:
    """The file name that a part declares in any of the usual places, or empty."""
    name = (
        part.disposition_params.get("filename")
        or part.params.get("name")
        or part.disposition_params.get("name")
        or part.params.get("filename")
        or ""
    )
    # No quotes by RFC 2045, but meant as such by whoever writes them.
    is_quoted = len(name) > 2 and name[0] == name[-1] == "'"
    return name[1:-1] if is_quoted else name


def content_id(part: Part) -> str:
    """The Content-ID without angle brackets (RFC 2392), or empty."""
    return decode_words(text_of(part.fields.first("content-id")[:1000])).strip("<> ")


def file_name(part: Part, data: bytes) -> str:
    """The declared name; a forwarded mail without one is named after its subject."""
    name = declared_name(part)
    if name:
        return name
    if part.content_type in ("message/rfc822", "message/global"):
        return f"{_subject_of(data) or 'message'}.eml"
    description = decode_words(text_of(part.fields.first("content-description")[:300]))
    if re.search(r"\.\w{2,5}$", description):
        return description
    if part.content_type == "text/calendar":
        return "invite.ics"
    location = text_of(part.fields.first("content-location")[:300])
    tail = location.rpartition("/")[2]
    return tail if re.search(r"^[\w.-]+\.\w{2,5}$", tail) else ""


def safe_name(name: str) -> str:
    """A name that shows what it is: no path, no control, bidi or zero-width characters, ≤ 150
    characters.
    """
    name = unicodedata.normalize("NFC", name[:2000])
    name = "".join(" " if c in "\r\n\t" else c for c in name)
    name = "".join(c for c in name if unicodedata.category(c) not in _BAD_CATEGORIES)
    name = re.split(r"[\\/]", name)[-1] if re.search(r"[\\/]", name) else name
    name = _BAD_CHARACTERS.sub("_", name).strip(" .\u3000")
    if _DEVICES.match(name):
        name = f"_{name}"
    if len(name) > _MAX_NAME:
        _stem, dot, extension = name.rpartition(".")
        keep = len(dot + extension) if dot and len(extension) <= 12 else 0
        name = (name[: _MAX_NAME - keep] + dot + extension) if keep else name[:_MAX_NAME]
    return name


def _subject_of(data: bytes) -> str:
    found = re.search(rb"(?im)^subject:[ \t]*([^\r\n]{1,200})", data[:65536])
    return decode_words(text_of(found[1])) if found else ""
