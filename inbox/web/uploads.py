"""Files of a form: read within limits; kept over a refused try, signed, so that none is forged."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256

from fastapi import Request

from inbox.asgi.forms import files_of
from inbox.desk.answer import AnswerFile
from inbox.desk.entry import keep_blob
from inbox.errors import Invalid
from inbox.mail.attachments import safe_name
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.timeline import blob_of

MAX_BYTES = 25 * 1024 * 1024


async def read_uploads(request: Request) -> list[AnswerFile]:
    """The files that were sent along. Raises Invalid when they are too large for a mail."""
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
        found.append(AnswerFile.uploaded(safe_name(upload.filename or "") or "file", kind, content))
    return found


async def keep(db: Writer, files: list[AnswerFile], key: bytes) -> list[tuple[str, str]]:
    """Put files aside for the next try: by name, and signed for the form."""
    for file in files:
        await db.execute(keep_blob(), [{"sha256": file.sha256, "content": file.content or b""}])
    return signed_names(files, key)


def signed_names(files: Iterable[AnswerFile], key: bytes) -> list[tuple[str, str]]:
    """Files whose bytes are kept, for the form: by name, and signed."""
    return [(file.filename, _sign(file, key)) for file in files]


async def kept_files(db: Reader | Writer, signed: list[str], key: bytes) -> list[AnswerFile]:
    """The files of an earlier try. Raises Invalid for one that was not kept by us."""
    return [await _kept(db, one, key) for one in signed]


async def _kept(db: Reader | Writer, signed: str, key: bytes) -> AnswerFile:
    body, _, mark = signed.rpartition(".")
    if not hmac.compare_digest(_mark(body, key).encode(), mark.encode()):
        raise Invalid(Refusal.ATTACH_AGAIN)
    digest, kind, name = urlsafe_b64decode(body).decode().split("\n", 2)
    content = await blob_of(db, bytes.fromhex(digest))
    if content is None:
        raise Invalid(Refusal.ATTACH_AGAIN)
    return AnswerFile.uploaded(name, kind, content)


def _sign(file: AnswerFile, key: bytes) -> str:
    text = "\n".join((file.sha256.hex(), file.content_type, file.filename))
    body = urlsafe_b64encode(text.encode()).decode()
    return f"{body}.{_mark(body, key)}"


def _mark(body: str, key: bytes) -> str:
    return hmac.new(key, b"file " + body.encode(), sha256).hexdigest()
