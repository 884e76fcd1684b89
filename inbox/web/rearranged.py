"""Where news of a conversation stand on a page that shows it already.

One whose mails went elsewhere, or to which others came from there, is shown anew.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from inbox.web.entries import Entries, EventView, MessageView
from inbox.web.threads import ConversationView

Entry = MessageView | EventView


def in_place(entries: Entries) -> list[tuple[int, list[Entry]]]:
    """What is new, each part with the message before which it stands; 0 for the end.

    Mails are taken in side by side: an older one may come when a newer one is shown already.
    """
    found: list[tuple[int, list[Entry]]] = []
    coming: list[Entry] = []
    for entry in entries.shown:
        if entry.is_new:
            coming.append(entry)
        elif coming and isinstance(entry, MessageView):
            found.append((entry.id, coming))
            coming = []
    return [*found, (0, coming)] if coming else found


def with_arrivals(view: ConversationView, came: Collection[int]) -> ConversationView:
    """The page with the messages that came from elsewhere marked as new and open."""
    shown = [_marked(one) if _is_among(one, came) else one for one in view.entries.shown]
    return replace(view, entries=replace(view.entries, shown=shown))


def _is_among(entry: Entry, came: Collection[int]) -> bool:
    return isinstance(entry, MessageView) and entry.id in came


def _marked(entry: Entry) -> Entry:
    if isinstance(entry, MessageView):
        return replace(entry, is_new=True, is_open=True)
    return entry
