"""What of a mail is looked at without saving it first: pictures, PDF, the header; and all files.

None of it can act: a type is what the first bytes say, nothing else is guessed (nosniff), and
nothing is loaded or run from it.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.headers import FILE, PDF, TEXT
from inbox.asgi.zipped import zipped
from inbox.auth.permissions import Permission
from inbox.errors import NotFound
from inbox.mail.masked import masked
from inbox.mail.parts import leaves_of
from inbox.mail.pictures import picture_type
from inbox.store.raw import raw_of
from inbox.store.tables import File
from inbox.store.timeline import blob_of, files_of, get_message
from inbox.web.routes.files import content_of, disposition

router = APIRouter()
Read = allow(Permission.READ)
_END: Final = re.compile(rb"\r?\n\r?\n")
_LONGEST_HEAD: Final = 256 * 1024
_KEPT: Final = "private, max-age=600"
_MESSAGE: Final = "/conversations/{conversation_id}/messages/{message_id}"


@router.get("/conversations/{conversation_id}/files/{file_id}/preview/{_name}", dependencies=[Read])
async def preview(here: HereNow, conversation_id: int, file_id: int) -> Response:
    """A picture or a PDF as browsers show it by themselves. Anything else is not here.

    The name at the end is for the title of the tab alone: which file it is says its number.
    """
    file, content = await content_of(here, conversation_id, file_id)
    kind = picture_type(content)
    policy = FILE
    if not kind and content.startswith(b"%PDF-"):
        # In a sandbox no browser shows one; its reader is a sandbox of its own.
        kind, policy = "application/pdf", PDF
    if not kind:
        raise NotFound
    headers = {
        "content-disposition": disposition("inline", file.filename),
        "content-security-policy": policy,
        "cache-control": _KEPT,
    }
    return Response(content, media_type=kind, headers=headers)


@router.get(f"{_MESSAGE}/headers", dependencies=[allow(Permission.RAW)])
async def header(here: HereNow, conversation_id: int, message_id: int) -> Response:
    """The header of a mail as it came, but for the rights to answer that its addresses hold."""
    async with here.house.database.read() as db:
        message = await get_message(db, here.viewer, conversation_id, message_id)
        raw = await raw_of(db, message.spool_id)
    if raw is None:
        raise NotFound
    head = await asyncio.to_thread(_head, await raw.read())
    headers = {"content-security-policy": TEXT, "x-frame-options": "SAMEORIGIN"}
    return Response(head, media_type="text/plain; charset=utf-8", headers=headers)


@router.get(f"{_MESSAGE}/files.zip", dependencies=[Read])
async def all_files(here: HereNow, conversation_id: int, message_id: int) -> Response:
    """All files of a message in one archive, but for those of its signature."""
    async with here.house.database.read() as db:
        message = await get_message(db, here.viewer, conversation_id, message_id)
        files = [one for one in await files_of(db, message.id) if not one.aside]
        raw = await raw_of(db, message.spool_id)
    if not files:
        raise NotFound
    content = await raw.read() if raw and any(one.blob is None for one in files) else b""
    name = f"{message.subject or 'files'}.zip"
    headers = {
        "content-disposition": disposition("attachment", name),
        "content-security-policy": FILE,
        "cache-control": "private, no-store",
    }
    pieces = zipped(_each(here, files, content), at=message.received_at)
    return StreamingResponse(pieces, media_type="application/zip", headers=headers)


async def _each(here: Here, files: Sequence[File], raw: bytes) -> AsyncIterator[tuple[str, bytes]]:
    leaf = await asyncio.to_thread(leaves_of, raw)
    for file in files:
        if file.blob is None:
            content = await asyncio.to_thread(leaf, file.part or 0)
        else:
            async with here.house.database.read() as db:
                content = await blob_of(db, file.blob) or b""
        if file.content_type.startswith("message/"):
            content = await asyncio.to_thread(masked, content)
        yield file.filename, content


def _head(raw: bytes) -> str:
    head = _END.split(raw[:_LONGEST_HEAD], maxsplit=1)[0]
    return masked(head + b"\r\n\r\n").decode("utf-8", "replace").rstrip()
