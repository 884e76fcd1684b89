"""What every page of the desk shows around its own part: rail, list, who is here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inbox.asgi.csrf import is_own
from inbox.asgi.deps import Here
from inbox.asgi.paging import read_cursor
from inbox.errors import NotFound
from inbox.model.lists import Density, Order
from inbox.store import conversations as store
from inbox.store.engine import Reader as Session
from inbox.store.news import newest_event
from inbox.store.tables import Mailbox
from inbox.store.tallies import count_folders, count_open
from inbox.store.timeline import newest_wordless
from inbox.web.forms import folder_of, mailbox_of
from inbox.web.lists import ListView, list_of, read_page
from inbox.web.pages import Reader, reader_of
from inbox.web.views import Place, Rail, rail_of


@dataclass(frozen=True, slots=True)
class Desk:
    """Rail and list beside whatever is open."""

    rail: Rail
    list: ListView
    mailboxes: Sequence[Mailbox]
    reader: Reader
    newest_event: int


def place_of(here: Here) -> Place:
    """The list that an address stands beside. Raises NotFound for a mailbox of others."""
    query = here.request.query_params
    mailbox_id = mailbox_of(query.get("mailbox"))
    if mailbox_id is not None and mailbox_id not in here.viewer.mailboxes:
        raise NotFound
    return Place(folder_of(query.get("in")), mailbox_id)


def choice_of(here: Here) -> dict[str, str] | None:
    """What a person chose of how their lists are, as their row keeps it; None for nothing.

    A link of a page that is not ours changes nothing.
    """
    query = here.request.query_params
    chosen = {
        column: value
        for column, value, known in (
            ("list_order", query.get("order", ""), set(Order)),
            ("list_density", query.get("density", ""), set(Density)),
        )
        if value in known
    }
    is_foreign = is_own(here.request, here.house.settings.public_url) is False
    return chosen if chosen and not is_foreign else None


async def read_desk(db: Session, here: Here, place: Place) -> Desk:
    """Rail and list of a place, each query bounded."""
    page = here.request.query_params.get("page", "")
    viewer, reader = here.viewer, reader_of(here)
    order, cursor = read_page(place, page, viewer.order)
    newest = await newest_event(db)
    mailboxes = await store.mailboxes_of(db, viewer)
    counts = await count_folders(db, viewer, place.mailbox_id)
    open_counts = await count_open(db, viewer)
    rows = await store.list_page(
        db,
        viewer,
        place.folder,
        mailbox_id=place.mailbox_id,
        order=order,
        after=read_cursor(cursor),
    )
    # What a bare invitation is, or an encrypted mail, is said in the reader's language.
    without_words = [one.id for one in rows if not one.snippet]
    wordless = await newest_wordless(db, without_words) if without_words else {}
    return Desk(
        rail=rail_of(place, mailboxes, counts, open_counts, reader.texts),
        list=list_of(
            place,
            rows,
            mailboxes,
            viewer,
            reader,
            wordless,
            order=order,
            cursor=page,
            is_new=not newest,
        ),
        mailboxes=mailboxes,
        reader=reader,
        newest_event=newest,
    )
