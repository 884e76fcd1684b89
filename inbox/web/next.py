"""From one conversation to the next of the list, with the way back to what was sent before."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from inbox.asgi.deps import Here
from inbox.errors import NotFound
from inbox.model.lists import Order
from inbox.store import conversations as store
from inbox.store.engine import Reader as Session
from inbox.store.list_orders import is_ordered
from inbox.store.timeline import deliveries, find_message
from inbox.web.deliveries import DeliveryView, delivery_view
from inbox.web.forms import number_of
from inbox.web.pages import reader_of
from inbox.web.rows import read_rows
from inbox.web.views import Place

_PAGES: Final = 4  # of what was found, in which a conversation is looked for


async def next_in_list(db: Session, here: Here, place: Place, conversation_id: int) -> int | None:
    """The conversation that stands below one in its list, or the first where it stands nowhere."""
    if not place.is_folder:
        return await _next_found(db, here, place, conversation_id)
    viewer = here.viewer
    order = viewer.order if is_ordered(place.folder, viewer.order) else Order.NEWEST
    after = None
    if order is Order.NEWEST:
        found = await store.get_visible(db, viewer, conversation_id)
        after = (found.last_message_at, found.id)
    rows = await store.list_page(
        db, viewer, place.folder, mailbox_id=place.mailbox_id, order=order, after=after
    )
    ids = [one.id for one in rows]
    if conversation_id in ids:
        ids = ids[ids.index(conversation_id) + 1 :]
    return ids[0] if ids else None


async def _next_found(db: Session, here: Here, place: Place, conversation_id: int) -> int | None:
    page, ids = "", list[int]()
    for _page in range(_PAGES):
        rows = await read_rows(db, here, place, page)
        ids += [one.id for one in rows.items]
        if conversation_id in ids[:-1]:
            return ids[ids.index(conversation_id) + 1]
        if not rows.further:
            break
        page = rows.further
    return ids[0] if ids and conversation_id not in ids else None


async def sent_before(db: Session, here: Here, place: Place) -> DeliveryView | None:
    """The answer of another conversation that was just sent, while it can be taken back."""
    if (given := number_of(here.request.query_params.get("sent"))) is None:
        return None
    try:
        message = await find_message(db, here.viewer, given)
    except NotFound:
        return None
    found = (await deliveries(db, [message.id])).get(message.id)
    view = delivery_view(found, message, here.viewer, reader_of(here)) if found else None
    return replace(view, subject=message.subject) if view and view.undo_url else None
