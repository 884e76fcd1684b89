"""What every page of the desk shows around its own part: rail, list, who is here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inbox.asgi.csrf import is_own
from inbox.asgi.deps import Here
from inbox.errors import NotFound
from inbox.model.heard import Heard
from inbox.model.lists import Density, Folder, Order
from inbox.store import conversations as store
from inbox.store.aside import held_answers, marked_as_spam, unreadable_mails
from inbox.store.drafts import begun
from inbox.store.engine import Reader as Session
from inbox.store.news import heard_by_now
from inbox.store.tables import Mailbox
from inbox.store.tallies import count_folders, count_open
from inbox.store.timeline import newest_wordless
from inbox.store.workspaces import visible_workspaces
from inbox.web.forms import folder_of, number_of
from inbox.web.lists import Beside, ListView, Rows, list_of
from inbox.web.pages import Reader, reader_of
from inbox.web.reasons import held_reason, spam_reason
from inbox.web.rows import LONGEST_SEARCH, PILES, read_rows
from inbox.web.views import Place, Rail, rail_of


@dataclass(frozen=True, slots=True)
class Desk:
    """Rail and list beside whatever is open."""

    rail: Rail
    list: ListView
    mailboxes: Sequence[Mailbox]
    reader: Reader
    heard: Heard  # of what happens, by this page


def place_of(here: Here) -> Place:
    """The list that an address stands beside. Raises NotFound for a mailbox of others.

    Whether a workspace is theirs to see is asked where it is read.
    """
    query = here.request.query_params
    if (workspace_id := number_of(query.get("workspace"))) is not None:
        return Place(Folder.ALL, workspace_id=workspace_id)
    if found := query.get("found", "")[:LONGEST_SEARCH]:
        return Place(Folder.ALL, found=found)
    if (pile := query.get("pile", "")) in PILES:
        return Place(Folder.UNASSIGNED, pile=pile)
    mailbox_id = number_of(query.get("mailbox"))
    if mailbox_id is not None and mailbox_id not in here.viewer.mailboxes:
        raise NotFound
    return Place(folder_of(query.get("in")), mailbox_id)


def place_still(here: Here) -> Place:
    """The same, for a page that stands there already: what is open where it is others' by now."""
    try:
        return place_of(here)
    except NotFound:
        return Place(Folder.OPEN)


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


async def read_desk(db: Session, here: Here, place: Place, *, heard: Heard | None = None) -> Desk:
    """Rail and list of a place, each query bounded. Raises NotFound for another's workspace.

    `heard`: by what of the page was read before.
    """
    page = here.request.query_params.get("page", "")
    viewer, reader = here.viewer, reader_of(here)
    heard = heard or await heard_by_now(db)
    mailboxes = await store.mailboxes_of(db, viewer)
    counts = await count_folders(db, viewer, place.mailbox_id)
    open_counts = await count_open(db, viewer)
    workspaces = await visible_workspaces(db, viewer)
    rows = await read_rows(db, here, place, page)
    return Desk(
        rail=rail_of(place, mailboxes, counts, open_counts, workspaces, reader.texts),
        list=list_of(
            place,
            rows,
            mailboxes,
            viewer,
            reader,
            await _beside(db, here, place, rows, is_first=not page),
            cursor=page,
            is_new=not heard.last,
        ),
        mailboxes=mailboxes,
        reader=reader,
        heard=heard,
    )


async def _beside(db: Session, here: Here, place: Place, rows: Rows, *, is_first: bool) -> Beside:
    """What some rows say besides: each asked for only where there are such."""
    # What a bare invitation is, or an encrypted mail, is said in the reader's language.
    without_words = [one.id for one in rows.items if not one.snippet]
    wordless = await newest_wordless(db, without_words) if without_words else {}
    ids, reader = [one.id for one in rows.items], reader_of(here)
    if place.folder is Folder.SET_ASIDE:
        held = await held_answers(db, ids)
        reasons = {one: held_reason(each, reader.texts) for one, each in held.items()}
        mails = await unreadable_mails(db, here.viewer, place.mailbox_id) if is_first else []
        return Beside(wordless, reasons, mails)
    if place.folder is Folder.SPAM:
        marked = await marked_as_spam(db, ids)
        return Beside(wordless, {one: spam_reason(each, reader) for one, each in marked.items()})
    if place.folder is Folder.DRAFTS and is_first:
        return Beside(wordless, {}, begun=await begun(db, here.viewer, mailbox_id=place.mailbox_id))
    return Beside(wordless, {})
