"""What our people do by mail: answers that are held, orders that were done, rights to answer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from inbox.store.tables.row import Created, Id, Json, Row, Texts


class Held(Row):
    """An answer by mail that waits: stored, not published, released or dropped by its writer."""

    __tablename__ = "held"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'released', 'dropped')", name="state"),
        Index("ix_held_waiting", "message_id", postgresql_where=text("state = 'waiting'")),
    )

    id: Mapped[Id]
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), unique=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id"), index=True)
    verb: Mapped[str]  # what it would have been: reply or note
    reasons: Mapped[Texts]
    html: Mapped[str] = mapped_column(server_default="")  # of an approved text around the words
    bcc: Mapped[Texts] = mapped_column(server_default="{}")
    # Of one that leaves by itself at its time: when, and what of it the message does not say.
    send_at: Mapped[datetime | None]
    planned: Mapped[Json] = mapped_column(server_default="{}")
    state: Mapped[str] = mapped_column(server_default="waiting")
    created_at: Mapped[Created]
    ended_at: Mapped[datetime | None]


class Ordered(Row):
    """What one of us asked for in a mail and was done; a second copy of it does nothing."""

    __tablename__ = "ordered"

    identity: Mapped[bytes] = mapped_column(primary_key=True)  # of the mail, as of a message
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"))
    spool_id: Mapped[int] = mapped_column(index=True)
    orders: Mapped[Texts]
    people: Mapped[int] = mapped_column(server_default="0")  # outside, to whom words of it went
    done_at: Mapped[datetime]


class ReplyToken(Row):
    """A right to answer by mail: SHA-256 of 128 random bits, bound to person and conversation."""

    __tablename__ = "reply_token"
    __table_args__ = (
        CheckConstraint("purpose in ('notice', 'release', 'customer', 'rating')", name="purpose"),
        Index("ix_reply_token_conversation_id", "conversation_id"),
    )

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"))
    address: Mapped[str] = mapped_column(server_default="")
    purpose: Mapped[str]
    held_id: Mapped[int | None] = mapped_column(ForeignKey("held.id", ondelete="CASCADE"))
    shown_event_id: Mapped[int] = mapped_column(server_default="0")
    created_at: Mapped[Created]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
