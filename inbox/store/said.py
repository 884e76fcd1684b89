"""Whether words stand in a message or a conversation, as conditions."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, cast, exists, tuple_
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import aliased

from inbox.store.found import Place
from inbox.store.tables import Message, MessageWords

# Made once: what a name of its own costs is paid at its first use.
_MESSAGE: Final[Any] = aliased(Message)
_KEPT: Final[Any] = aliased(MessageWords)


def says(
    conversation_id: Any, asked: str, above: Place | None = None, before: datetime | None = None
) -> ColumnElement[bool]:
    """Whether a message of it says so; `above`: a newer one than this, and this one."""
    said = exists().where(
        _MESSAGE.conversation_id == conversation_id,
        _KEPT.message_id == _MESSAGE.id,
        stands(_KEPT, asked),
    )
    if above:
        said = said.where(tuple_(_KEPT.at, _KEPT.message_id) >= tuple_(*above))
    if before:
        said = said.where(_KEPT.at < before)
    return said


def stands(kept: Any, asked: str) -> ColumnElement[bool]:
    """Whether it stands in a message that is there already, and not to be found by the index.

    A planner that thinks a word seldom would find all its messages anew for each conversation.
    """
    found: ColumnElement[bool] = kept.words.op("@@")(tsquery(asked))
    return found.is_(True)


def tsquery(asked: Any) -> ColumnElement[Any]:
    """What PostgreSQL is asked, as `search.asked` writes it."""
    return cast(asked, TSQUERY)
