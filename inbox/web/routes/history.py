"""A conversation as a whole: everything that happened to it, and all of it on paper."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Response

from inbox.asgi.deps import HereNow, allow
from inbox.auth.permissions import Permission
from inbox.store.conversations import get_visible
from inbox.store.people import names_besides
from inbox.store.tables import Mailbox
from inbox.store.timeline import customer_of, events_page, read_timeline
from inbox.web.desks import place_of
from inbox.web.entries import Opening, entries_of
from inbox.web.facts import holders_in
from inbox.web.forms import number_of
from inbox.web.history import history_of
from inbox.web.pages import is_htmx, page, reader_of

router = APIRouter(prefix="/conversations/{conversation_id}", dependencies=[allow(Permission.READ)])
_EVENTS: Final = 200
_PRINTED: Final = 500


@router.get("/history")
async def history(here: HereNow, conversation_id: int) -> Response:
    """Who did what, when, and by which way; the newest first."""
    place, reader = place_of(here), reader_of(here)
    before = number_of(here.request.query_params.get("before"))
    async with here.house.database.read() as db:
        found = await get_visible(db, here.viewer, conversation_id)
        events = await events_page(db, found.id, before=before or None, limit=_EVENTS + 1)
        people = await names_besides(db, {}, holders_in(events))
    url = place.url(f"/conversations/{found.id}/history")
    return page(
        here,
        "history_part.html" if is_htmx(here) else "history.html",
        subject=found.subject or reader.texts.gettext("(no subject)"),
        back_url=place.url(f"/conversations/{found.id}"),
        past=history_of(events[:_EVENTS], people, here.viewer.id, reader),
        further_url=f"{url}&before={events[_EVENTS - 1].id}" if len(events) > _EVENTS else "",
    )


@router.get("/print")
async def on_paper(here: HereNow, conversation_id: int) -> Response:
    """All messages open and nothing to press, for a printer; of very long ones the newest."""
    reader = reader_of(here)
    async with here.house.database.read() as db:
        found = await get_visible(db, here.viewer, conversation_id)
        timeline = await read_timeline(db, found.id, most=_PRINTED)
        people = await names_besides(db, {}, holders_in(timeline.events))
        name, addresses = await customer_of(db, found.customer_id)
        mailbox = await db.get_one(Mailbox, found.mailbox_id)
    whole = Opening(everything=True)
    entries = entries_of(found, timeline, here.viewer, reader, people, opening=whole)
    return page(
        here,
        "print.html",
        subject=found.subject or reader.texts.gettext("(no subject)"),
        number=found.id,
        mailbox=mailbox.name,
        customer=name,
        addresses=addresses,
        entries=entries,
        now=reader.calendar.when(here.now),
    )
