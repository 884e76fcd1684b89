"""The index of words: by what words each message is found."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from inbox.store.tables.row import Row


class MessageWords(Row):
    """The tokens of a message (`inbox.search.document`), made by a job after it is stored.

    Where the message is and who may see it stands nowhere here, so it cannot be wrong here.
    """

    __tablename__ = "message_words"
    __table_args__ = (
        Index(
            "ix_message_words_words",
            "words",
            postgresql_using="gin",
            # What waits to be sorted in is read by every search.
            postgresql_with={"gin_pending_list_limit": "1024"},
        ),
    )

    message_id: Mapped[int] = mapped_column(
        ForeignKey("message.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime]  # when it came; never ahead of when it was indexed
    words: Mapped[str] = mapped_column(TSVECTOR)
