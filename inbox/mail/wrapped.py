"""Files that hide inside a leaf: Outlook's winmail.dat, BinHex, S/MIME, uuencoded blocks."""

from __future__ import annotations

from inbox.mail.attachments import attachment, declared_name, describe
from inbox.mail.binhex import read_binhex
from inbox.mail.body import Body
from inbox.mail.charset import decode_text, newlines
from inbox.mail.html_text import html_to_text
from inbox.mail.opaque import is_opaque, signed_mail
from inbox.mail.rtf import rtf_html, rtf_text
from inbox.mail.tnef import Unpacked, unpack
from inbox.mail.tree import INNER_STEP, Part, content
from inbox.mail.uuencoded import uuencoded_files
from inbox.model.mail import Attachment, Defect

_BINHEX = ("application/mac-binhex40", "application/mac-binhex", "application/binhex")


def is_tnef(part: Part) -> bool:
    """True for parts that are Outlook's wrapping of files."""
    if part.content_type in ("application/ms-tnef", "application/vnd.ms-tnef"):
        return True
    return declared_name(part).lower() == "winmail.dat"


def unpack_wrapped(
    raw: bytes, part: Part, body: Body
) -> tuple[list[Attachment], list[Defect]] | None:
    """The files in a part that is nothing but their wrapping, or itself when it cannot be opened;
    None for any other part.
    """
    if is_tnef(part):
        return unpack_tnef(raw, part, body)
    return _unpack_binhex(raw, part) if _is_binhex(part) else None


def _is_binhex(part: Part) -> bool:
    return part.content_type in _BINHEX or declared_name(part).lower().endswith(".hqx")


def _unpack_binhex(raw: bytes, part: Part) -> tuple[list[Attachment], list[Defect]]:
    found = read_binhex(content(raw, part))
    if found is None or not found.is_whole:
        code = "binhex.unreadable" if found is None else "binhex.broken"
        return [describe(raw, part)], [Defect(code, declared_name(part)[:60])]
    name = declared_name(part) or found.name.decode("mac_roman")
    name = name[:-4] if name.lower().endswith(".hqx") else name
    leaf = part.leaf + INNER_STEP
    file = attachment(leaf, name, "application/octet-stream", found.data)
    return [file], [Defect("binhex.unpacked", name[:60])]


def unpack_tnef(raw: bytes, part: Part, body: Body) -> tuple[list[Attachment], list[Defect]]:
    """The attachments for a winmail.dat: its files, or itself when it cannot be opened.

    Its text becomes the mail's where the mail has no other.
    """
    inner = unpack(content(raw, part))
    if not inner.is_tnef:
        return [describe(raw, part)], [Defect("tnef.unreadable")]
    if not body.text.strip() and body.html is None:
        body.html = inner.html or rtf_html(inner.rtf) or None
        body.text = newlines(inner.text or _words(inner, body.html or ""))
    files = [
        attachment(
            part.leaf + INNER_STEP * (n + 1),
            one.name,
            one.content_type or "application/octet-stream",
            one.data,
            content_id=one.content_id,
        )
        for n, one in enumerate(inner.files)
    ]
    return files, [Defect("tnef.unpacked", f"{len(files)} files")]


def _words(inner: Unpacked, html: str) -> str:
    return html_to_text(html) if html else rtf_text(inner.rtf)


def inner_bytes(data: bytes, part: Part, number: int) -> bytes:
    """The content of the file `number` (from 1) that hides in a leaf's decoded data; empty if
    absent.
    """
    if is_tnef(part):
        contents = [one.data for one in unpack(data).files]
    elif _is_binhex(part):
        opened = read_binhex(data)
        contents = [opened.data] if opened and opened.is_whole else []
    elif is_opaque(part):
        signed = signed_mail(data)
        contents = [content(signed[0], leaf) for leaf in signed[1].leaves] if signed else []
    else:
        text = decode_text(data, part.params.get("charset", "")).text
        contents = [content for _, content in uuencoded_files(text)]
    return contents[number - 1] if 0 < number <= len(contents) else b""
