"""Files, originals and the HTML of mails: each from an answer that can do nothing."""

from __future__ import annotations

import asyncio
import re
from base64 import b64encode
from dataclasses import replace
from urllib.parse import quote

from fastapi import APIRouter, Response
from markupsafe import Markup

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.headers import FILE, MAIL, MAIL_WITH_PICTURES
from inbox.auth.permissions import Permission
from inbox.errors import NotFound
from inbox.mail.attachments import safe_name
from inbox.mail.html import Sanitized, sanitize
from inbox.mail.masked import masked
from inbox.mail.parse import parse
from inbox.mail.parts import leaf_bytes
from inbox.mail.pictures import picture_type
from inbox.mail.ways_in import closed
from inbox.store.raw import raw_of
from inbox.store.tables import File
from inbox.store.timeline import blob_of, get_file, get_message
from inbox.web.pages import page

router = APIRouter()

_INLINE_BYTES = 8 * 1024 * 1024


@router.get(
    "/conversations/{conversation_id}/files/{file_id}", dependencies=[allow(Permission.READ)]
)
async def download(here: HereNow, conversation_id: int, file_id: int) -> Response:
    """A file to be saved; its type is what its first bytes say, and only pictures have one."""
    file, content = await content_of(here, conversation_id, file_id)
    return saved(content, file.filename)


@router.get(
    "/conversations/{conversation_id}/messages/{message_id}/raw",
    dependencies=[allow(Permission.RAW)],
)
async def raw_mail(here: HereNow, conversation_id: int, message_id: int) -> Response:
    """The mail as it came, but for the rights to answer in our name that its addresses hold."""
    async with here.house.database.read() as db:
        message = await get_message(db, here.viewer, conversation_id, message_id)
        raw = await raw_of(db, message.spool_id)
    if raw is None:
        raise NotFound
    name = f"{message.subject or 'mail'}.eml"
    content = await asyncio.to_thread(masked, await raw.read())
    return _attachment(content, name, "message/rfc822")


@router.get(
    "/conversations/{conversation_id}/messages/{message_id}/html",
    dependencies=[allow(Permission.READ)],
)
async def html_mail(
    here: HereNow, conversation_id: int, message_id: int, pictures: str = ""
) -> Response:
    """The HTML of a mail, for its frame; pictures from elsewhere only when asked for."""
    async with here.house.database.read() as db:
        message = await get_message(db, here.viewer, conversation_id, message_id)
        raw = await raw_of(db, message.spool_id)
    if raw is None or not message.has_html:
        raise NotFound
    return await framed(here, await raw.read(), is_remote=pictures == "on")


async def content_of(here: Here, conversation_id: int, file_id: int) -> tuple[File, bytes]:
    """A file of a conversation that exists for this person, with its bytes. Raises NotFound."""
    async with here.house.database.read() as db:
        file, message = await get_file(db, here.viewer, conversation_id, file_id)
        content = None if file.blob is None else await blob_of(db, file.blob)
        raw = await raw_of(db, message.spool_id) if file.blob is None else None
    if raw is not None:
        content = await asyncio.to_thread(leaf_bytes, await raw.read(), file.part or 0)
    if content is None:
        raise NotFound
    if file.content_type.startswith("message/"):
        content = await asyncio.to_thread(masked, content)
    return file, content


async def framed(here: Here, raw: bytes, *, is_remote: bool) -> Response:
    """The HTML of a raw mail as a page of its own, for a frame."""
    clean = await asyncio.to_thread(sanitized, raw, is_remote)
    response = page(
        here,
        "mail_frame.html",
        html=Markup(clean.html),  # noqa: S704 - sanitised just now
        remote=0 if is_remote else len(clean.remote_images),
        trackers=len(clean.trackers),
    )
    response.headers["content-security-policy"] = MAIL_WITH_PICTURES if is_remote else MAIL
    response.headers["x-frame-options"] = "SAMEORIGIN"
    return response


def saved(content: bytes, name: str) -> Response:
    """An answer that a browser saves; its type is what its first bytes say."""
    return _attachment(content, name, picture_type(content) or "application/octet-stream")


def sanitized(raw: bytes, is_remote: bool = False) -> Sanitized:
    """The HTML of a raw mail as it may be shown, with its own pictures in it."""
    mail = parse(raw)
    pictures: dict[str, str] = {}
    left = _INLINE_BYTES
    for one in mail.attachments:
        if one.content_id and one.size <= left:
            content = leaf_bytes(raw, one.part)
            if kind := picture_type(content):
                # Not by their addresses: nothing is fetched for a mail.
                pictures[one.content_id] = f"data:{kind};base64,{b64encode(content).decode()}"
                left -= one.size
    clean = sanitize(mail.html or "", pictures, remote=is_remote, new_window=True)
    return replace(clean, html=closed(clean.html))


def _attachment(content: bytes, name: str, content_type: str) -> Response:
    return Response(
        content,
        media_type=content_type,
        headers={
            "content-disposition": disposition("attachment", name),
            "content-security-policy": FILE,
            "cache-control": "private, no-store",
        },
    )


def disposition(how: str, name: str) -> str:
    """The header that says whether a file is shown or saved, and under which name."""
    safe = safe_name(name).lstrip(".") or "file"
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", safe)
    # RFC 6266 §4.3: the second form is for everybody who knows RFC 8187.
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"
