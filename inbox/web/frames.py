"""The frame in which the HTML of a mail is shown, and whether with pictures from outside. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from inbox.store.tables import Message

_FROM_OUTSIDE = ("mail", "auto")


@dataclass(frozen=True, slots=True)
class FrameView:
    """What stands around the frame."""

    id: int
    url: str
    sender: str  # whose pictures can be shown always; nobody's where it is not sure who wrote
    is_shown: bool
    pictures_url: str
    is_open: bool


def frame_view(message: Message, shown: Collection[str], *, is_sure: bool) -> FrameView:
    """The frame of one message; of whom pictures are `shown` counts only where it is sure."""
    url = f"/conversations/{message.conversation_id}/messages/{message.id}"
    sender = message.author_address if is_sure and message.kind in _FROM_OUTSIDE else ""
    return FrameView(
        id=message.id,
        url=f"{url}/html",
        sender=sender,
        is_shown=bool(sender) and sender in shown,
        pictures_url=f"{url}/pictures",
        is_open=not message.text.strip(),  # then it is all that there is to read
    )
