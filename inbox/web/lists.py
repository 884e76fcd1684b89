"""Page models of one list: its rows, how they stand, and what each of them says. Pure."""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from inbox.asgi.paging import write_cursor
from inbox.model.conversation import Role
from inbox.model.lists import Density, Folder, Order
from inbox.model.marks import Urgency
from inbox.model.viewer import Viewer
from inbox.store.aside import Unreadable
from inbox.store.drafts import Kept
from inbox.store.list_orders import is_ordered
from inbox.store.listed import Listed
from inbox.store.tables import Mailbox
from inbox.store.timeline import Wordless
from inbox.web.dates import When
from inbox.web.marks import pressing, urgency_names
from inbox.web.natures import wordless_words
from inbox.web.pages import Reader
from inbox.web.sorting import Choice
from inbox.web.views import Place, folder_names, state_names
from inbox.web.words import hue, initials, one_line

# Before that the time of the newest mail says as much.
LONG: Final = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class RowView:
    """A conversation in a list."""

    id: int
    url: str
    customer: str
    initials: str
    hue: int
    count: int
    subject: str
    snippet: str
    when: When
    assignee: str
    assignee_initials: str
    is_mine: bool
    is_unread: bool
    has_files: bool
    priority: str  # nothing for the normal one
    is_low: bool
    is_urgent: bool
    tags: list[str]
    language: str  # where it is not the mailbox's
    promised: When | None
    leaves: When | None  # an answer, by itself
    pressing: str  # late, or soon to be
    due: When | None  # by when what presses is due
    waiting: str
    state: str
    mailbox: str
    reason: str  # for which it was set aside


@dataclass(frozen=True, slots=True)
class Rows:
    """A page as the store gives it; `until`: how far back a search has come for it."""

    items: Sequence[Listed]
    further: str = ""  # where the next page begins
    order: Order = Order.NEWEST
    name: str = ""  # of a workspace, a search, a pile
    until: datetime | None = None
    best: Mapping[int, int] = field(default_factory=dict)  # the message that was found in each


@dataclass(frozen=True, slots=True)
class Beside:
    """What some rows say besides: what mails without words are, and why something is here.

    `unreadable` are mails of no conversation, `begun` first mails that are being written: above all
    rows.
    """

    wordless: Mapping[int, Wordless]
    reasons: Mapping[int, str]
    unreadable: Sequence[Unreadable] = ()
    begun: Sequence[Kept] = ()


@dataclass(frozen=True, slots=True)
class BegunView:
    """A first mail that is being written."""

    url: str
    to: str
    subject: str
    words: str
    when: When
    has_files: bool


@dataclass(frozen=True, slots=True)
class MailView:
    """A mail that nobody could read."""

    id: int
    sender: str
    error: str
    when: When


@dataclass(frozen=True, slots=True)
class ListView:
    """A page of a list."""

    title: str
    place: Place
    rows: list[RowView]
    unreadable: list[MailView]
    begun: list[BegunView]
    older_url: str
    newest_url: str
    until: str
    empty: str
    origin_url: str  # the page from which one came, where it is another than this list
    house_url: str  # where who has no mailbox makes one, or goes into one
    news_url: str
    order: Order
    orders: list[Choice]
    density: Density
    densities: list[Choice]


def list_of(
    place: Place,
    rows: Rows,
    mailboxes: Sequence[Mailbox],
    viewer: Viewer,
    reader: Reader,
    beside: Beside,
    *,
    cursor: str = "",
    is_new: bool = False,
) -> ListView:
    """A page of a list from its rows; `is_new` where nothing ever happened."""
    by_id = {one.id: one for one in mailboxes}
    shown = [
        row_of(
            _in_words(one, beside.wordless.get(one.id), reader),
            place,
            by_id,
            viewer,
            reader,
            reason=beside.reasons.get(one.id, ""),
            best=rows.best.get(one.id),
        )
        for one in rows.items
    ]
    title = rows.name or folder_names(reader.texts)[place.folder]
    if place.mailbox_id is not None:
        title = f"{title} · {by_id[place.mailbox_id].name}"
    return ListView(
        title=title,
        place=place,
        rows=shown,
        unreadable=[_mail(one, reader) for one in beside.unreadable],
        begun=[_begun(one, reader) for one in beside.begun],
        older_url=place.url(page=rows.further) if rows.further else "",
        newest_url=place.url() if cursor else "",
        until=reader.calendar.when(rows.until).exact if rows.until else "",
        empty=_empty(place, reader.texts, is_new=is_new) if mailboxes else nowhere(viewer, reader),
        origin_url=_origin(place),
        house_url="" if mailboxes else way_in(viewer),
        news_url=place.url("/news", page=cursor) if cursor else place.url("/news"),
        order=rows.order,
        orders=_orders(place, rows.order, reader.texts),
        density=viewer.density,
        densities=_densities(place, viewer.density, reader.texts),
    )


def _origin(place: Place) -> str:
    if place.found:
        return f"/search?{urlencode({'q': place.found})}"
    quick = "?pile=quick" if place.pile == "quick" else ""
    return f"/dispatch{quick}" if place.pile else ""


def _mail(found: Unreadable, reader: Reader) -> MailView:
    sender = found.sender or reader.texts.gettext("Somebody")
    return MailView(found.id, sender, found.error, reader.calendar.when(found.received_at))


def _begun(kept: Kept, reader: Reader) -> BegunView:
    return BegunView(
        url=f"/conversations/new?draft={kept.name}",
        to=kept.fields.get("to", ""),
        subject=kept.fields.get("subject", ""),
        words=one_line(kept.text),
        when=reader.calendar.when(kept.updated_at),
        has_files=bool(kept.files),
    )


def _orders(place: Place, order: Order, texts: gettext.NullTranslations) -> list[Choice]:
    """What can stand first; nothing to choose where the newest always does."""
    _ = texts.gettext
    names = {
        Order.NEWEST: _("Newest first"),
        Order.WAITING: _("Longest waiting first"),
        Order.DUE: _("Due first"),
    }
    if not place.is_folder or not is_ordered(place.folder, Order.DUE):
        return []
    return [Choice(place.url(order=one), name, one is order) for one, name in names.items()]


def _densities(place: Place, density: Density, texts: gettext.NullTranslations) -> list[Choice]:
    _ = texts.gettext
    names = {Density.COMFORTABLE: _("Roomy rows"), Density.COMPACT: _("Close rows")}
    return [Choice(place.url(density=one), name, one is density) for one, name in names.items()]


def write_page(order: Order, last: Listed) -> str:
    """Where the next page begins, in the order in which this one stands."""
    if order is Order.NEWEST or last.at is None:
        return write_cursor(last.last_message_at, last.id)
    return f"{order}.{write_cursor(last.at, last.id)}"


def read_page(place: Place, page: str, wanted: Order) -> tuple[Order, str]:
    """The order of a page, which the first one takes from its reader, and its cursor."""
    name, _dot, cursor = page.rpartition(".")
    order = Order(name) if name in set(Order) else Order.NEWEST if page else wanted
    return (order if is_ordered(place.folder, order) else Order.NEWEST), cursor


def _in_words(one: Listed, found: Wordless | None, reader: Reader) -> Listed:
    said = wordless_words(found.invitation, found.protection, reader) if found else ""
    return replace(one, snippet=said) if said else one


def row_of(
    one: Listed,
    place: Place,
    mailboxes: Mapping[int, Mailbox],
    viewer: Viewer,
    reader: Reader,
    *,
    reason: str = "",
    best: int | None = None,
) -> RowView:
    """A row from what is listed; `mailboxes` by their ids. It opens at the `best` message."""
    mailbox = mailboxes.get(one.mailbox_id)
    urgency = Urgency(one.priority)
    customer = one.customer or reader.texts.gettext("Somebody")
    return RowView(
        id=one.id,
        url=place.url(f"/conversations/{one.id}", **({"at": str(best)} if best else {})),
        customer=customer,
        initials=initials(customer),
        hue=hue(one.address or customer),
        count=one.message_count,
        subject=one.subject or reader.texts.gettext("(no subject)"),
        snippet=one.snippet,
        when=reader.calendar.when(one.last_message_at),
        assignee=one.assignee,
        assignee_initials=initials(one.assignee) if one.assignee else "",
        is_mine=one.assignee_id == viewer.id,
        is_unread=one.is_unread,
        has_files=one.has_files,
        priority="" if urgency is Urgency.NORMAL else urgency_names(reader.texts)[urgency.word],
        is_low=urgency is Urgency.LOW,
        is_urgent=urgency is Urgency.URGENT,
        tags=list(one.tags),
        language=_language(one, mailbox, reader),
        promised=reader.calendar.when(one.promised_until) if one.promised_until else None,
        leaves=reader.calendar.when(one.leaves_at) if one.leaves_at else None,
        pressing=(presses := pressing(one.due_at, reader.calendar.now)),
        due=reader.calendar.when(one.due_at) if one.due_at and presses else None,
        waiting=_waiting(one, viewer, reader),
        state=_state(one, place, reader.texts),
        mailbox=mailbox.name if mailbox and place.mailbox_id is None else "",
        reason=reason,
    )


def _state(one: Listed, place: Place, texts: gettext.NullTranslations) -> str:
    is_said = one.status in ("open", place.folder.value)  # by the list that it stands in
    return "" if is_said else state_names(texts)[one.status]


def _waiting(one: Listed, viewer: Viewer, reader: Reader) -> str:
    if one.waiting_since is None or one.status != "open":
        return ""
    since = reader.calendar.now - one.waiting_since
    if since < LONG and viewer.order is Order.NEWEST:
        return ""
    return reader.texts.gettext("waiting %(time)s") % {"time": reader.calendar.duration(since)}


def _language(one: Listed, mailbox: Mailbox | None, reader: Reader) -> str:
    """What the customer writes in, where the people of the mailbox might not expect it."""
    if not one.language or mailbox is None or one.language == mailbox.language:
        return ""
    return str(reader.calendar.locale.languages.get(one.language, ""))


def nowhere(viewer: Viewer, reader: Reader) -> str:
    """Who is in no mailbox sees no mail, whatever comes."""
    _ = reader.texts.gettext
    if viewer.role == Role.ADMIN:
        return _("You are in no mailbox. Make one, or let yourself into one.")
    return _("You are in no mailbox yet. An administrator lets you into one.")


def way_in(viewer: Viewer) -> str:
    """Where they make a mailbox, or let themselves into one; nothing for who can do neither."""
    return "/house/mailboxes" if viewer.role == Role.ADMIN else ""


def _empty(place: Place, texts: gettext.NullTranslations, *, is_new: bool) -> str:
    _ = texts.gettext
    if place.found and not is_new:
        return _("Nothing was found in your mailboxes.")
    if place.workspace_id is not None and not is_new:
        return _("Nothing is like this now. What comes to be so appears here by itself.")
    return {
        Folder.MINE: _("Nothing waits for you. Take something from Unassigned, or take a break."),
        Folder.UNASSIGNED: _("Everything has found somebody."),
        Folder.OPEN: _("Everything is answered."),
        Folder.WAITING: _("No customer owes us an answer."),
        Folder.SNOOZED: _("Nothing is put off."),
        Folder.DRAFTS: _("You have sent all that you wrote."),
        Folder.CLOSED: _("Nothing has been closed yet."),
        Folder.SPAM: _("No spam."),
        Folder.SET_ASIDE: _("Nothing waits for a decision."),
        Folder.ALL: _("No mail yet. Write to one of your mailboxes and watch it arrive."),
    }[Folder.ALL if is_new else place.folder]
