"""Page models of the lists: rows of the store → what templates show. Pure."""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

from inbox.asgi.paging import write_cursor
from inbox.model.viewer import Viewer
from inbox.store.conversations import MOST_COUNTED, PAGE, Folder, Listed
from inbox.store.tables import Mailbox
from inbox.store.timeline import Wordless
from inbox.web.dates import Calendar, When
from inbox.web.natures import wordless_words
from inbox.web.pages import Reader
from inbox.web.words import hue, initials

# Before that the time of the newest mail says as much.
LONG: Final = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Place:
    """Which list a page stands beside: a folder of one mailbox or of all."""

    folder: Folder = Folder.OPEN
    mailbox_id: int | None = None

    def url(self, path: str = "/conversations", **more: str) -> str:
        """An address that keeps this place."""
        query = {"in": self.folder.value}
        if self.mailbox_id is not None:
            query["mailbox"] = str(self.mailbox_id)
        return f"{path}?{urlencode({**query, **more})}"


@dataclass(frozen=True, slots=True)
class FolderView:
    """A folder in the rail."""

    key: str
    label: str
    url: str
    count: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class MailboxView:
    """A mailbox in the rail."""

    name: str
    address: str
    url: str
    count: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Rail:
    """The left rail: folders of the place that is open, and the mailboxes."""

    folders: list[FolderView]
    mailboxes: list[MailboxView]
    heading: str


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
    is_late: bool
    waiting: str
    state: str
    mailbox: str


@dataclass(frozen=True, slots=True)
class ListView:
    """A page of a list."""

    title: str
    place: Place
    rows: list[RowView]
    older_url: str
    newest_url: str
    empty: str
    news_url: str


def folder_names(texts: gettext.NullTranslations) -> dict[Folder, str]:
    """What the folders are called."""
    _ = texts.gettext
    return {
        Folder.MINE: _("Mine"),
        Folder.UNASSIGNED: _("Unassigned"),
        Folder.OPEN: texts.pgettext("folder", "Open"),
        Folder.WAITING: _("Waiting for customer"),
        Folder.SNOOZED: _("Snoozed"),
        Folder.CLOSED: _("Closed"),
        Folder.SPAM: _("Spam"),
        Folder.ALL: _("All"),
    }


def state_names(texts: gettext.NullTranslations) -> dict[str, str]:
    """What the states of a conversation are called."""
    _ = texts.gettext
    return {
        "open": texts.pgettext("state of a conversation", "Open"),
        "waiting": _("Waiting for customer"),
        "snoozed": _("Snoozed"),
        "closed": texts.pgettext("state of a conversation", "Closed"),
        "spam": _("Spam"),
    }


def rail_of(
    place: Place,
    mailboxes: Sequence[Mailbox],
    counts: Mapping[Folder, int],
    open_counts: Mapping[int, int],
    texts: gettext.NullTranslations,
) -> Rail:
    """The rail beside a place."""
    names = folder_names(texts)
    folders = [
        FolderView(
            key=folder.value,
            label=names[folder],
            url=Place(folder, place.mailbox_id).url(),
            count=bounded(counts.get(folder, 0)),
            is_current=folder is place.folder,
        )
        for folder in Folder
    ]
    shown = [
        MailboxView(
            name=one.name,
            address=one.address,
            url=Place(Folder.OPEN, one.id).url(),
            count=bounded(open_counts.get(one.id, 0)),
            is_current=one.id == place.mailbox_id,
        )
        for one in mailboxes
        if one.removed_at is None or one.id == place.mailbox_id
    ]
    here = next((one.name for one in mailboxes if one.id == place.mailbox_id), "")
    return Rail(folders, shown, here or texts.gettext("All mailboxes"))


def bounded(count: int) -> str:
    """A count as it is shown: nothing for none, "99+" from a hundred on."""
    return "" if not count else f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


def list_of(
    place: Place,
    rows: Sequence[Listed],
    mailboxes: Sequence[Mailbox],
    viewer: Viewer,
    reader: Reader,
    wordless: Mapping[int, Wordless],
    *,
    cursor: str = "",
    is_new: bool = False,
) -> ListView:
    """A page of a list from its rows, of which one too many says that there are more.

    `wordless` is what the mails are of rows without words; `is_new` where nothing ever happened.
    """
    names = {one.id: one.name for one in mailboxes}
    shown = [
        row_of(_in_words(one, wordless.get(one.id), reader), place, names, viewer, reader)
        for one in rows[:PAGE]
    ]
    older = ""
    if len(rows) > PAGE:
        last = rows[PAGE - 1]
        older = place.url(page=write_cursor(last.last_message_at, last.id))
    title = folder_names(reader.texts)[place.folder]
    if place.mailbox_id is not None:
        title = f"{title} · {names.get(place.mailbox_id, '')}"
    return ListView(
        title=title,
        place=place,
        rows=shown,
        older_url=older,
        newest_url=place.url() if cursor else "",
        empty=_empty(Folder.ALL if is_new else place.folder, reader.texts),
        news_url=place.url("/news", page=cursor) if cursor else place.url("/news"),
    )


def _in_words(one: Listed, found: Wordless | None, reader: Reader) -> Listed:
    said = wordless_words(found.invitation, found.protection, reader) if found else ""
    return replace(one, snippet=said) if said else one


def row_of(
    one: Listed, place: Place, mailboxes: Mapping[int, str], viewer: Viewer, reader: Reader
) -> RowView:
    """A row from what is listed; `mailboxes` are their names."""
    is_waiting = one.status == "open" and is_long(one, reader.calendar)
    customer = one.customer or reader.texts.gettext("Somebody")
    return RowView(
        id=one.id,
        url=place.url(f"/conversations/{one.id}"),
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
        is_late=is_waiting and is_late(one, reader.calendar),
        waiting=_waiting(one, reader) if is_waiting else "",
        state=_state(one, place, reader.texts),
        mailbox=mailboxes.get(one.mailbox_id, "") if place.mailbox_id is None else "",
    )


def _state(one: Listed, place: Place, texts: gettext.NullTranslations) -> str:
    is_said = one.status in ("open", place.folder.value)  # by the list that it stands in
    return "" if is_said else state_names(texts)[one.status]


def is_long(one: Listed, calendar: Calendar) -> bool:
    """Whether somebody has waited for so long that the row should say so."""
    return one.waiting_since is not None and calendar.now - one.waiting_since >= LONG


def is_late(one: Listed, calendar: Calendar) -> bool:
    """Whether somebody has waited for more than a day."""
    return one.waiting_since is not None and (calendar.now - one.waiting_since).days >= 1


def _waiting(one: Listed, reader: Reader) -> str:
    if one.waiting_since is None:
        return ""
    length = reader.calendar.duration(reader.calendar.now - one.waiting_since)
    return reader.texts.gettext("waiting %(time)s") % {"time": length}


def _empty(folder: Folder, texts: gettext.NullTranslations) -> str:
    _ = texts.gettext
    return {
        Folder.MINE: _("Nothing waits for you. Take something from Unassigned, or take a break."),
        Folder.UNASSIGNED: _("Everything has found somebody."),
        Folder.OPEN: _("Everything is answered."),
        Folder.WAITING: _("No customer owes us an answer."),
        Folder.SNOOZED: _("Nothing is put off."),
        Folder.CLOSED: _("Nothing has been closed yet."),
        Folder.SPAM: _("No spam."),
        Folder.ALL: _("No mail yet. Write to one of your mailboxes and watch it arrive."),
    }[folder]
