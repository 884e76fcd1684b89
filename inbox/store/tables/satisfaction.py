"""How content customers are: whom we have asked, and what they said."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from inbox.store.tables.row import Row


class Satisfaction(Row):
    """The customer of a conversation was asked, once and never again, whether we have helped.

    It stays with the conversation that it was asked of, also where that is joined to another.
    """

    __tablename__ = "satisfaction"
    __table_args__ = (
        CheckConstraint("rated in ('good', 'soso', 'bad')", name="rated"),
        CheckConstraint("(rated is null) = (rated_at is null)", name="rated_at"),
        CheckConstraint("length(words) <= 500", name="words"),
        Index("ix_satisfaction_address", "address", "asked_at"),
        Index(
            "ix_satisfaction_rated",
            "rated",
            "conversation_id",
            postgresql_where=text("rated is not null"),
        ),
    )

    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    address: Mapped[str]
    language: Mapped[str]
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    rated: Mapped[str | None]
    words: Mapped[str] = mapped_column(server_default="")  # of the customer: one line
    rated_at: Mapped[datetime | None]
    changes: Mapped[int] = mapped_column(SmallInteger, server_default="0")
