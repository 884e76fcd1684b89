"""The rows of a list, wherever they come from: a folder, a workspace, a search, a pile."""

from __future__ import annotations

from typing import Final

from inbox.asgi.deps import Here
from inbox.asgi.dispatching import place_of_next, read_place
from inbox.asgi.paging import read_cursor, write_cursor
from inbox.store import conversations as store
from inbox.store import dispatch
from inbox.store.engine import Reader as Session
from inbox.store.questions import question_of
from inbox.store.search import search
from inbox.store.workspaces import find_workspace
from inbox.web.lists import Rows, read_page, write_page
from inbox.web.pages import reader_of
from inbox.web.views import Place

LONGEST_SEARCH: Final = 4000
PILES: Final = ("all", "quick")


async def read_rows(db: Session, here: Here, place: Place, page: str) -> Rows:
    """A page of a list. Raises NotFound for another's workspace, Invalid."""
    _ = reader_of(here).texts.gettext
    if place.workspace_id is not None:
        kept = await find_workspace(db, here.viewer, place.workspace_id)
        return await _asked(db, here, kept.query, page, kept.name)
    if place.found:
        name = _("Found: %(what)s") % {"what": place.found}
        return await _asked(db, here, place.found, page, name, opens_there=True)
    if place.pile:
        after, at_once = read_place(page), place.pile == "quick"
        found = await dispatch.unassigned(db, here.viewer, after=after, at_once=at_once)
        shown = found[: dispatch.PAGE]
        further = place_of_next(shown) if len(found) > dispatch.PAGE else ""
        return Rows(shown, further, name=_("Solve at once") if at_once else _("Dispatch"))
    return await _folder(db, here, place, page)


async def _asked(
    db: Session, here: Here, query: str, page: str, name: str, *, opens_there: bool = False
) -> Rows:
    question = await question_of(db, here.viewer, query, now=here.now)
    found = await search(db, here.viewer, question, now=here.now, after=read_cursor(page))
    return Rows(
        [one.listed for one in found.items],
        further=write_cursor(*found.next) if found.next else "",
        name=name,
        until=found.until,
        best={one.listed.id: one.best.id for one in found.items if one.best and opens_there},
    )


async def _folder(db: Session, here: Here, place: Place, page: str) -> Rows:
    order, cursor = read_page(place, page, here.viewer.order)
    rows = await store.list_page(
        db,
        here.viewer,
        place.folder,
        mailbox_id=place.mailbox_id,
        order=order,
        after=read_cursor(cursor),
    )
    return Rows(
        rows[: store.PAGE],
        further=write_page(order, rows[store.PAGE - 1]) if len(rows) > store.PAGE else "",
        order=order,
    )
