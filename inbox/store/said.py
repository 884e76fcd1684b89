"""Whether words stand in a message or a conversation, as conditions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, cast, exists, tuple_
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import aliased

from inbox.store.found import Place
from inbox.store.tables import Message, MessageWords


def says(
    conversation_id: Any, asked: str, above: Place | None = None, before: datetime | None = None
) -> ColumnElement[bool]:
    """Whether a message of it says so; `above`: a newer one than this, and this one."""
    message, kept = aliased(Message), aliased(MessageWords)
    said = exists().where(
        message.conversation_id == conversation_id,
        kept.message_id == message.id,
        stands(kept, asked),
    )
    if above:
        said = said.where(tuple_(kept.at, kept.message_id) >= tuple_(*above))
    if before:
        said = said.where(kept.at < before)
    return said


def stands(kept: Any, asked: str) -> ColumnElement[bool]:
    """Whether it stands in a message that is there already, and not to be found by the index.

    A planner that thinks a word seldom would find all its messages anew for each conversation.
    """
    found: ColumnElement[bool] = kept.words.op("@@")(tsquery(asked))
    return found.is_(True)


def tsquery(asked: str) -> ColumnElement[Any]:
    """What PostgreSQL is asked, as `search.asked` writes it."""
    return cast(asked, TSQUERY)
