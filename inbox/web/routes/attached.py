"""Mails that came as a file of a mail: read like a mail, without being saved first."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Response

from inbox.asgi.deps import Here, HereNow, allow
from inbox.auth.permissions import Permission
from inbox.errors import NotFound
from inbox.mail.parse import parse
from inbox.mail.parts import leaf_bytes
from inbox.model.mail import ParsedMail
from inbox.web.attached import attached_view, is_mail
from inbox.web.pages import page, reader_of
from inbox.web.routes.files import content_of, framed, saved

router = APIRouter(
    prefix="/conversations/{conversation_id}/files/{file_id}/mail",
    dependencies=[allow(Permission.READ)],
)


@router.get("")
async def attached_mail(here: HereNow, conversation_id: int, file_id: int) -> Response:
    """Head, words and files of the mail."""
    raw = await _raw(here, conversation_id, file_id)
    mail = await asyncio.to_thread(parse, raw)
    url = f"/conversations/{conversation_id}/files/{file_id}"
    view = attached_view(mail, reader_of(here), url, f"/conversations/{conversation_id}")
    return page(here, "attached_mail.html", mail=view)


@router.get("/html")
async def attached_html(
    here: HereNow, conversation_id: int, file_id: int, pictures: str = ""
) -> Response:
    """Its HTML, for a frame; pictures from elsewhere only when asked for."""
    raw = await _raw(here, conversation_id, file_id)
    return await framed(here, raw, is_remote=pictures == "on")


@router.get("/files/{part}")
async def attached_file(here: HereNow, conversation_id: int, file_id: int, part: int) -> Response:
    """A file of it, to be saved."""
    raw = await _raw(here, conversation_id, file_id)
    mail: ParsedMail = await asyncio.to_thread(parse, raw)
    found = next((one for one in mail.attachments if one.part == part), None)
    if found is None:
        raise NotFound
    return saved(await asyncio.to_thread(leaf_bytes, raw, part), found.filename)


async def _raw(here: Here, conversation_id: int, file_id: int) -> bytes:
    file, content = await content_of(here, conversation_id, file_id)
    if not is_mail(file.content_type, file.filename):
        raise NotFound
    return content
