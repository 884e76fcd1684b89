"""Programs that speak for one of us: their tokens, and what they have asked before."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Integer

from inbox.store.tables.row import Created, Id, Row


class ApiToken(Row):
    """A program's right to act as an agent: the token's SHA-256, so that a copy opens nothing."""

    __tablename__ = "api_token"
    __table_args__ = (
        Index("ix_api_token_token_hash", "token_hash", unique=True),
        Index("ix_api_token_agent_id", "agent_id"),
    )

    id: Mapped[Id]
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"))
    name: Mapped[str]
    token_hash: Mapped[bytes]
    created_at: Mapped[Created]
    used_at: Mapped[datetime | None]  # within an hour
    revoked_at: Mapped[datetime | None]


class MailPassword(Row):
    """With which a person's mail program signs in to hand over mail; nothing else opens by it."""

    __tablename__ = "mail_password"
    __table_args__ = (
        Index("ix_mail_password_selector", "selector", unique=True),
        Index("ix_mail_password_agent_id", "agent_id"),
    )

    id: Mapped[Id]
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"))
    name: Mapped[str]
    selector: Mapped[str]  # its beginning: says which it is, proves nothing
    password_hash: Mapped[str]
    created_at: Mapped[Created]
    used_at: Mapped[datetime | None]  # within an hour
    revoked_at: Mapped[datetime | None]


class ApiAnswer(Row):
    """What a request with an Idempotency-Key was answered, for as long as it may be repeated."""

    __tablename__ = "api_answer"

    token_id: Mapped[int] = mapped_column(
        ForeignKey("api_token.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(primary_key=True)
    request: Mapped[bytes]  # SHA-256 of method, path and body
    status: Mapped[int] = mapped_column(Integer, server_default="0")  # 0: not answered yet
    body: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[Created]
