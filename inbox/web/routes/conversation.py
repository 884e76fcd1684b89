"""One conversation: its page, and what happened since."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.paging import LastKnown
from inbox.auth.permissions import Permission
from inbox.desk.finish import Ending
from inbox.errors import Conflict, Invalid, NotFound
from inbox.store.conversations import get_visible, mark_seen, merged_into
from inbox.store.engine import Reader
from inbox.store.news import heard_by_now, moved_since
from inbox.store.tables import Conversation
from inbox.web.closing import said_so_far
from inbox.web.composing import completed
from inbox.web.desks import Desk, place_of, place_still, read_desk
from inbox.web.next import sent_before
from inbox.web.pages import page, reader_of, wants_part
from inbox.web.rearranged import in_place, with_arrivals
from inbox.web.threads import ConversationView, read_conversation

router = APIRouter()


@router.get("/conversations/{conversation_id}", dependencies=[allow(Permission.READ)])
async def show(here: HereNow, conversation_id: int) -> Response:
    """The page, beside its list; only the conversation where only that is asked for."""
    place = place_of(here)
    async with here.house.database.read() as db:
        found = await _find(db, here, conversation_id)
        if found.id != conversation_id:
            return RedirectResponse(place.url(f"/conversations/{found.id}"), 303)
        heard = await heard_by_now(db)
        if wants_part(here, "conversation", "earlier"):
            view = await read_conversation(db, here, found, place)
            response = await _page(db, here, view, found)
        else:
            ask = partial(read_desk, here=here, place=place, heard=heard)
            async with here.house.database.beside(db, ask) as read_list:
                view = await read_conversation(db, here, found, place)
                response = await _page(db, here, view, found, read_list=read_list)
    await _seen(here, found)
    return response


@router.get("/conversations/{conversation_id}/news", dependencies=[allow(Permission.READ)])
async def news(here: HereNow, conversation_id: int, after: LastKnown = 0) -> Response:
    """What was added after an event, and the facts and deliveries as they are now.

    All of it, where mails went or came: what was shown may not be here any more.
    """
    place = place_still(here)
    async with here.house.database.read() as db:
        try:
            found = await _find(db, here, conversation_id)
        except NotFound as error:
            return page(here, "news_gone.html", error.http)
        if found.id != conversation_id:
            url = place.url(f"/conversations/{found.id}")
            return page(here, "news_merged.html", subject=found.subject, url=url)
        view = await read_conversation(db, here, found, place, after=after)
        came = await moved_since(db, found.id, after)
    await _seen(here, found)
    if came is not None:
        view = with_arrivals(view, came)
    return page(
        here,
        "news_conversation.html",
        conversation=view,
        is_whole=came is not None,
        news=in_place(view.entries),
    )


async def show_again(here: Here, view: ConversationView, status: int) -> Response:
    """The page of a conversation with a form that has to be looked at again."""
    async with here.house.database.read() as db:
        found = await get_visible(db, here.viewer, view.id)
        return await _page(db, here, view, found, status)


async def refused(
    here: Here, conversation_id: int, error: Conflict | Invalid, seen: int | None = None
) -> Response:
    """The page as it is now, and why nothing was changed; `seen` is the last event they knew."""
    after = seen if isinstance(error, Conflict) else None
    async with here.house.database.read() as db:
        found = await get_visible(db, here.viewer, conversation_id)
        view = await read_conversation(db, here, found, place_of(here), after=after)
    fault = error.said(reader_of(here).texts)
    return await show_again(here, replace(view, fault=fault), error.http)


async def asked_again(here: Here, conversation_id: int, error: Invalid, ending: Ending) -> Response:
    """The page with what closing it still needs, and with what was said already."""
    async with here.house.database.read() as db:
        found = await get_visible(db, here.viewer, conversation_id)
        view = await read_conversation(db, here, found, place_of(here))
    closing = said_so_far(view.closing, ending, error.said(reader_of(here).texts))
    return await show_again(here, replace(view, closing=closing), error.http)


async def _page(
    db: Reader,
    here: Here,
    view: ConversationView,
    found: Conversation,
    status: int = 200,
    read_list: Callable[[], Awaitable[Desk]] | None = None,
) -> Response:
    if wants_part(here, "earlier"):
        return page(here, "earlier_part.html", status, conversation=view)
    wanted = here.request.query_params.get("write", "")
    kind = wanted if wanted in ("reply", "note") else ""
    view = replace(view, composer=await completed(db, here, found, view.composer, kind))
    view = replace(view, undo=await sent_before(db, here, view.place) or view.undo)
    if wants_part(here, "conversation"):
        return page(here, "conversation_part.html", status, conversation=view)
    desk = await (read_list() if read_list else read_desk(db, here, view.place))
    return page(here, "desk.html", status, desk=desk, conversation=view)


async def _find(db: Reader, here: Here, conversation_id: int) -> Conversation:
    try:
        return await get_visible(db, here.viewer, conversation_id)
    except NotFound:
        target = await merged_into(db, here.viewer, conversation_id)
        if target is None:
            raise
        return await get_visible(db, here.viewer, target)


async def _seen(here: Here, conversation: Conversation) -> None:
    await mark_seen(here.house.database, here.viewer, conversation.id, conversation.last_event_id)
