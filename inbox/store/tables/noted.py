"""What people of ours keep to themselves or tell each other beside conversations and customers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from inbox.store.tables.row import Created, Id, Row


class Following(Row):
    """Somebody hears of one conversation in a mailbox of theirs, whatever else they want to hear.

    It gives no access: who leaves the mailbox hears no more of it.
    """

    __tablename__ = "following"

    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    agent_id: Mapped[int] = mapped_column(
        ForeignKey("agent.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    created_at: Mapped[Created]


class CustomerNote(Row):
    """What one of us noted about a customer, for whoever may see one of their conversations."""

    __tablename__ = "customer_note"
    __table_args__ = (Index("ix_customer_note_customer_id", "customer_id", "id"),)

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"))
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id", ondelete="SET NULL"))
    agent_name: Mapped[str] = mapped_column(server_default="")
    text: Mapped[str]
    created_at: Mapped[Created]
    removed_at: Mapped[datetime | None]  # taken off; it can be put back


class PicturesShown(Row):
    """Somebody of ours sees the pictures from outside in all mails of this sender."""

    __tablename__ = "pictures_shown"

    agent_id: Mapped[int] = mapped_column(
        ForeignKey("agent.id", ondelete="CASCADE"), primary_key=True
    )
    address: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[Created]
