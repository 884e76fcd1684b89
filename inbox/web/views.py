"""Page models of the lists: rows of the store → what templates show. Pure."""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from inbox.store.conversations import MOST_COUNTED, Folder
from inbox.store.tables import Mailbox


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
