"""Lists of open conversations that went out, and can be answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from inbox.store.tables.row import Bytes, Created, Id, Row


class Digest(Row):
    """A list of open conversations that one of us got, and may answer by their numbers."""

    __tablename__ = "digest"
    __table_args__ = (
        Index("ix_digest_agent_id", "agent_id"),
        Index("ix_digest_token_hash", "token_hash", unique=True),
    )

    id: Mapped[Id]
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"))
    mailbox_id: Mapped[int] = mapped_column(ForeignKey("mailbox.id"))  # from which it came
    token_hash: Mapped[Bytes]
    # In the order of their numbers, as they stood then: see inbox.notify.digest_items.
    items: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    created_at: Mapped[Created]
    expires_at: Mapped[datetime]
