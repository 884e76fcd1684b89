"""Pictures from outside: whether they are shown in all mails of a sender, for one of us alone.

Whoever loads such a picture tells its server that and from where the mail is read. So it is each
one's own decision, it holds only for mails whose sender is sure, and our server never loads any.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.auth.permissions import Permission
from inbox.errors import NotFound
from inbox.store.engine import Writer
from inbox.store.pictures_shown import hide_of, show_of, shown_of
from inbox.store.timeline import get_message
from inbox.web.entries import is_sure
from inbox.web.frames import frame_view
from inbox.web.pages import page, wants_part

router = APIRouter(
    prefix="/conversations/{conversation_id}/messages/{message_id}/pictures",
    dependencies=[allow(Permission.CHANGE_OWN)],
)
_Change = Callable[[Writer, int, str], Awaitable[None]]


@router.post("")
async def show_always(here: HereNow, conversation_id: int, message_id: int) -> Response:
    """In all mails of this sender, until they say otherwise."""
    return await _changed(here, conversation_id, message_id, show_of)


@router.delete("")
async def ask_again(here: HereNow, conversation_id: int, message_id: int) -> Response:
    """In none of them, until they are asked for."""
    return await _changed(here, conversation_id, message_id, hide_of)


async def _changed(here: Here, conversation_id: int, message_id: int, change: _Change) -> Response:
    agent_id = here.viewer.id
    async with here.house.database.write() as db:
        message = await get_message(db, here.viewer, conversation_id, message_id)
        frame = frame_view(message, (), is_sure=is_sure(message))
        if not frame.sender or not message.has_html:
            raise NotFound
        await change(db, agent_id, frame.sender)
    async with here.house.database.read() as db:
        shown = await shown_of(db, agent_id, [frame.sender])
    if wants_part(here, f"as-sent-{message_id}"):
        view = replace(frame, is_shown=frame.sender in shown, is_open=True)
        return page(here, "as_sent_part.html", frame=view)
    path = f"/conversations/{conversation_id}#message-{message_id}"
    return RedirectResponse(path, 303)
