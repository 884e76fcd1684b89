"""News of a conversation whose mails went elsewhere, or to which others came: it is shown anew."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from inbox.web.entries import Entries, EventView, MessageView
from inbox.web.threads import ConversationView


def with_arrivals(view: ConversationView, came: Collection[int]) -> ConversationView:
    """The page with the messages that came from elsewhere marked as new and open."""
    shown = [_marked(one) if _is_among(one, came) else one for one in view.entries.shown]
    return replace(view, entries=Entries(shown, view.entries.earlier, view.entries.newest_message))


def _is_among(entry: MessageView | EventView, came: Collection[int]) -> bool:
    return isinstance(entry, MessageView) and entry.id in came


def _marked(entry: MessageView | EventView) -> MessageView | EventView:
    if isinstance(entry, MessageView):
        return replace(entry, is_new=True, is_open=True)
    return entry
