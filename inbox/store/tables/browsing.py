"""What the web view remembers of people: how far they have read."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from inbox.store.tables.row import Row


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
