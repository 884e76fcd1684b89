"""The files of a message as its page shows them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from inbox.mail.attachments import safe_name
from inbox.store.tables import File
from inbox.web.attached import is_mail

_PICTURES: Final = ("image/png", "image/jpeg", "image/gif", "image/webp")
_MAX_PICTURE: Final = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileView:
    """A file of a message."""

    name: str
    size: int  # bytes
    url: str
    is_picture: bool
    open_url: str = ""  # of a mail, which can be read here
    look_url: str = ""  # of a picture or a PDF, which browsers show


@dataclass(frozen=True, slots=True)
class FilesView:
    """What a message has with it; `aside` are those of its signature."""

    listed: list[FileView]
    aside: list[FileView]
    all_url: str  # of all that are listed in one archive, where there are several
    all_size: int


def files_view(files: Sequence[File], conversation_id: int, message_id: int) -> FilesView:
    """The files of one message, in their order."""
    listed = [file for file in files if not file.aside]
    several = len(listed) > 1
    url = f"/conversations/{conversation_id}/messages/{message_id}/files.zip"
    return FilesView(
        listed=[file_view(file, conversation_id) for file in listed],
        aside=[file_view(file, conversation_id) for file in files if file.aside],
        all_url=url if several else "",
        all_size=sum(file.size for file in listed),
    )


def file_view(file: File, conversation_id: int) -> FileView:
    """A file of a conversation."""
    url = f"/conversations/{conversation_id}/files/{file.id}"
    is_picture = file.content_type in _PICTURES and file.size <= _MAX_PICTURE
    is_shown = is_picture or file.content_type == "application/pdf"
    return FileView(
        name=file.filename,
        size=file.size,
        url=url,
        is_picture=is_picture,
        open_url=f"{url}/mail" if is_mail(file.content_type, file.filename) else "",
        look_url=f"{url}/preview/{_last_part(file.filename)}" if is_shown else "",
    )


def _last_part(filename: str) -> str:
    """A name as the last part of an address, where neither `..` nor nothing would be one."""
    return quote(safe_name(filename) or "file", safe="")
