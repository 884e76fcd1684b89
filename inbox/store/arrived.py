"""The order in which the messages of a conversation stand: as they arrived.

Not that of their ids: workers take in mails side by side, and whoever is first done gets the first
id. Ids say what the house knew when, which is asked where something may not be missed: what is
new to somebody, what an answer did not know, what a notice has told.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, tuple_

from inbox.store.tables import Message

place: Final = tuple_(Message.received_at, Message.id)
OLDEST_FIRST: Final = (Message.received_at, Message.id)
NEWEST_FIRST: Final[tuple[ColumnElement[Any], ...]] = (
    Message.received_at.desc(),
    Message.id.desc(),
)
