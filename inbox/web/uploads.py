"""Files of a form: read within limits; kept over a refused try, signed, so that none is forged."""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from fastapi import Request

from inbox.asgi.forms import files_of
from inbox.desk.answer import AnswerFile
from inbox.desk.put_aside import keep_bytes
from inbox.errors import InboxError, Invalid, NotFound
from inbox.mail.attachments import safe_name
from inbox.mail.pictures import picture_type
from inbox.refusals import Refusal
from inbox.store.drafts import DraftFileRow
from inbox.store.engine import Reader, Writer
from inbox.store.timeline import blob_of, blob_size

MAX_BYTES = 25 * 1024 * 1024
_Why = TypeVar("_Why", bound=InboxError | None)
_BETWEEN = re.compile(r"[\s()\[\]<>]+")


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that was put aside, as the page shows it."""

    name: str
    size: int  # bytes
    signed: str
    shown_url: str  # of a picture, for who has uploaded it


async def read_uploads(request: Request, *, as_pictures: bool = False) -> list[AnswerFile]:
    """The files that were sent along. Raises Invalid when they are too large for a mail.

    With `as_pictures` a picture has a name by which words can show it.
    """
    found = []
    left = MAX_BYTES
    for upload in await files_of(request, "file"):
        content = await upload.read()
        left -= len(content)
        if left < 0:
            raise Invalid(Refusal.FILES_TOO_LARGE)
        kind = (upload.content_type or "application/octet-stream")[:120]
        if not kind.isascii() or not kind.isprintable():
            kind = "application/octet-stream"
        name = safe_name(upload.filename or "") or "file"
        if as_pictures and picture_type(content):
            name = _BETWEEN.sub("-", name)
        found.append(AnswerFile.uploaded(name, kind, content))
    return found


async def keep(
    db: Writer, files: list[AnswerFile], viewer_id: int, key: bytes
) -> list[tuple[str, str]]:
    """Put files aside for the next try: by name, and signed for the form.

    Raises Invalid where too many of that person's wait already.
    """
    await keep_bytes(db, files, viewer_id)
    return signed_names(files, key)


async def keep_again(
    db: Writer,
    files: list[AnswerFile],
    kept: Iterable[str],
    viewer_id: int,
    key: bytes,
    why: _Why,
) -> tuple[list[tuple[str, str]], _Why | Invalid]:
    """The same for a try that was refused, and why it was; with what was `kept` before, however far
    the try came. No word is lost where there is no room or a file is gone: that is told.
    """
    names: list[tuple[str, str]] = []
    gone: Invalid | None = None
    for one in kept:
        try:
            names += signed_names(await kept_rows(db, [one], key), key)
        except Invalid as error:
            gone = error
    try:
        names += await keep(db, files, viewer_id, key)
    except Invalid as no_room:
        there = [one for one in files if await blob_size(db, one.sha256) is not None]
        return [*dict.fromkeys([*names, *signed_names(there, key)])], no_room
    return [*dict.fromkeys(names)], why or gone or why


def signed_names(files: Iterable[AnswerFile | DraftFileRow], key: bytes) -> list[tuple[str, str]]:
    """Files whose bytes are kept, for the form: by name, and signed."""
    return [(file.filename, _sign(file, key)) for file in files]


def uploaded(file: AnswerFile, viewer_id: int, key: bytes) -> Uploaded:
    """A file that is kept, for the page of the person who put it aside."""
    body = _body(file)
    is_picture = bool(picture_type(file.content or b""))
    url = f"/uploads/{body}.{_mark(body, key, viewer_id)}" if is_picture else ""
    return Uploaded(file.filename, file.size, _sign(file, key), url)


async def shown_file(db: Reader, signed: str, viewer_id: int, key: bytes) -> AnswerFile:
    """The file of an address that was made for this person. Raises NotFound."""
    body, _, mark = signed.rpartition(".")
    if not hmac.compare_digest(_mark(body, key, viewer_id).encode(), mark.encode()):
        raise NotFound
    found = await _read(db, body)
    if found is None:
        raise NotFound
    return found


async def kept_files(db: Reader | Writer, signed: list[str], key: bytes) -> list[AnswerFile]:
    """The files of an earlier try. Raises Invalid for one that was not kept by us, and for more
    than fits in a mail: before any of them is read.
    """
    rows = await kept_rows(db, signed, key)
    if sum(one.size for one in rows) > MAX_BYTES:
        raise Invalid(Refusal.FILES_TOO_LARGE)
    return [await _kept(db, one, key) for one in signed]


async def kept_rows(db: Reader | Writer, signed: list[str], key: bytes) -> list[DraftFileRow]:
    """The same without their bytes, for a draft."""
    found = []
    for one in signed:
        digest, kind, name = _opened(_checked(one, key))
        size = await blob_size(db, digest)
        if size is None:
            raise Invalid(Refusal.ATTACH_AGAIN)
        found.append(DraftFileRow(sha256=digest, filename=name, content_type=kind, size=size))
    return found


def file_row(file: AnswerFile) -> DraftFileRow:
    """A file that was just put aside, for a draft."""
    return DraftFileRow(
        sha256=file.sha256, filename=file.filename, content_type=file.content_type, size=file.size
    )


async def _kept(db: Reader | Writer, signed: str, key: bytes) -> AnswerFile:
    found = await _read(db, _checked(signed, key))
    if found is None:
        raise Invalid(Refusal.ATTACH_AGAIN)
    return found


def _checked(signed: str, key: bytes) -> str:
    body, _, mark = signed.rpartition(".")
    if not hmac.compare_digest(_mark(body, key).encode(), mark.encode()):
        raise Invalid(Refusal.ATTACH_AGAIN)
    return body


async def _read(db: Reader | Writer, body: str) -> AnswerFile | None:
    digest, kind, name = _opened(body)
    content = await blob_of(db, digest)
    return None if content is None else AnswerFile.uploaded(name, kind, content)


def _opened(body: str) -> tuple[bytes, str, str]:
    digest, kind, name = urlsafe_b64decode(body).decode().split("\n", 2)
    return bytes.fromhex(digest), kind, name


def _sign(file: AnswerFile | DraftFileRow, key: bytes) -> str:
    body = _body(file)
    return f"{body}.{_mark(body, key)}"


def _body(file: AnswerFile | DraftFileRow) -> str:
    text = "\n".join((file.sha256.hex(), file.content_type, file.filename))
    return urlsafe_b64encode(text.encode()).decode()


def _mark(body: str, key: bytes, viewer_id: int = 0) -> str:
    """For the form; or, of one person, for an address that shows it to nobody else."""
    use = f"shown {viewer_id} " if viewer_id else "file "
    return hmac.new(key, f"{use}{body}".encode(), sha256).hexdigest()
