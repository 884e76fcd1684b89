"""Page models of the lists: rows of the store → what templates show. Pure."""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from inbox.model.lists import Folder
from inbox.store.conversations import MOST_COUNTED
from inbox.store.tables import Mailbox, Workspace
from inbox.store.workspaces import Counted


@dataclass(frozen=True, slots=True)
class Place:
    """Which list a page stands beside: a folder of one mailbox or of all, or what was found."""

    folder: Folder = Folder.OPEN
    mailbox_id: int | None = None
    workspace_id: int | None = None
    found: str = ""  # what was searched for
    pile: str = ""  # of what nobody has

    @property
    def is_folder(self) -> bool:
        """Whether it is neither a workspace, nor a search, nor a pile."""
        return self.workspace_id is None and not self.found and not self.pile

    @property
    def query(self) -> dict[str, str]:
        """What an address says of it."""
        if self.workspace_id is not None:
            return {"workspace": str(self.workspace_id)}
        if self.found or self.pile:
            return {"found": self.found} if self.found else {"pile": self.pile}
        mailbox = {} if self.mailbox_id is None else {"mailbox": str(self.mailbox_id)}
        return {"in": self.folder.value, **mailbox}

    def url(self, path: str = "/conversations", **more: str) -> str:
        """An address that keeps this place."""
        said = _said(self)
        return f"{path}?{said}&{urlencode(more)}" if more else f"{path}?{said}"


@lru_cache(maxsize=500)  # a page has a hundred addresses of its place
def _said(place: Place) -> str:
    return urlencode(place.query)


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
class WorkspaceView:
    """A workspace in the rail; its count is asked for by itself, for it may take long."""

    id: int
    name: str
    query: str
    url: str
    count: str
    is_shared: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class Rail:
    """The left rail: folders of the place that is open, the mailboxes, and the workspaces."""

    folders: list[FolderView]
    mailboxes: list[MailboxView]
    heading: str
    workspaces: list[WorkspaceView]


def folder_names(texts: gettext.NullTranslations) -> dict[Folder, str]:
    """What the folders are called."""
    _ = texts.gettext
    return {
        Folder.MINE: _("Mine"),
        Folder.UNASSIGNED: _("Unassigned"),
        Folder.OPEN: texts.pgettext("folder", "Open"),
        Folder.WAITING: _("Waiting for customer"),
        Folder.SNOOZED: _("Snoozed"),
        Folder.DRAFTS: _("Drafts"),
        Folder.CLOSED: _("Closed"),
        Folder.SPAM: _("Spam"),
        Folder.SET_ASIDE: _("Set aside"),
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
    workspaces: Sequence[Workspace],
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
            is_current=folder is place.folder and place.is_folder,
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
    heading = here or texts.gettext("All mailboxes")
    return Rail(folders, shown, heading, workspace_views(workspaces, {}, place.workspace_id))


def workspace_views(
    workspaces: Sequence[Workspace], counts: Mapping[int, Counted], current: int | None
) -> list[WorkspaceView]:
    """The workspaces, with as many counts as are known."""
    return [
        WorkspaceView(
            id=one.id,
            name=one.name,
            query=one.query,
            url=Place(Folder.ALL, workspace_id=one.id).url(),
            count=_counted(counts.get(one.id, Counted(0))),
            is_shared=one.mailbox_id is not None,
            is_current=one.id == current,
        )
        for one in workspaces
    ]


def _counted(found: Counted) -> str:
    number = min(found.number, MOST_COUNTED)
    return f"{number}+" if found.is_more and number else bounded(found.number)


def bounded(count: int) -> str:
    """A count as it is shown: nothing for none, "99+" from a hundred on."""
    return "" if not count else f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)
