"""What the web view remembers of people: how far they have read, and the searches they keep."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Double, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from inbox.store.tables.row import Created, Id, Row


class Seen(Row):
    """How far an agent has read a conversation: the last event that was shown to them."""

    __tablename__ = "seen"

    agent_id: Mapped[int] = mapped_column(
        ForeignKey("agent.id", ondelete="CASCADE"), primary_key=True
    )
    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    event_id: Mapped[int]


class Workspace(Row):
    """A search that somebody keeps as a list: their own, or of all who work in a mailbox.

    Whoever opens it finds what is theirs to see, and "mine" means whoever looks.
    """

    __tablename__ = "workspace"

    id: Mapped[Id]
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"), index=True)
    # Shared with its members; null for nobody but the owner.
    mailbox_id: Mapped[int | None] = mapped_column(
        ForeignKey("mailbox.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    query: Mapped[str]  # as it was typed
    place: Mapped[float] = mapped_column(Double)  # in the rail, from above
    removed_at: Mapped[datetime | None]
    created_at: Mapped[Created]
