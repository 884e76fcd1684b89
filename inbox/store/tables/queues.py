"""What waits: mail that came (spool), mail that leaves (outbound), and work (job)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Integer

from inbox.store.tables.row import Bytes, Created, Id, Json, Row, Texts


class Spool(Row):
    """A mail as it came. When this row is committed, and not before, the peer hears 250."""

    __tablename__ = "spool"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'done', 'set_aside')", name="state"),
        CheckConstraint(
            "(raw is null) = (blob is not null) and (blob is null) = (store is null)",
            name="one_place",
        ),
        Index("ix_spool_sha256", "sha256"),
        Index(
            "ix_spool_submitted_by",
            "submitted_by",
            "received_at",
            postgresql_where=text("submitted_by is not null"),
        ),
        Index("ix_spool_blob", "store", "blob", postgresql_where=text("blob is not null")),
        Index("ix_spool_unfinished", "id", postgresql_where=text("state <> 'done'")),
        Index(
            "ix_spool_id_hash",
            "id_hash",
            postgresql_where=text("state = 'waiting' and id_hash is not null"),
        ),
    )

    id: Mapped[Id]
    raw: Mapped[bytes | None]  # here, or as `blob` in the place that `store` names
    store: Mapped[str | None]
    blob: Mapped[str | None]
    head: Mapped[bytes | None]  # the header of what lies elsewhere: enough to know whom to answer
    sha256: Mapped[Bytes]
    id_hash: Mapped[bytes | None]  # of its Message-ID, by threading.references.hash_id
    size: Mapped[int]
    sender: Mapped[str]
    recipients: Mapped[Texts]
    mailboxes: Mapped[list[int]] = mapped_column(ARRAY(Integer), server_default="{}")
    source: Mapped[str]
    submitted_by: Mapped[int | None]  # the agent who signed in to hand it over
    peer: Mapped[str] = mapped_column(server_default="")
    helo: Mapped[str] = mapped_column(server_default="")
    received_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(server_default="waiting")
    error: Mapped[str | None]


class Outbound(Row):
    """A mail that leaves. Its Message-ID and date are fixed here, so every try sends the same."""

    __tablename__ = "outbound"
    __table_args__ = (
        CheckConstraint(
            "state in ('waiting', 'sending', 'sent', 'failed', 'cancelled')", name="state"
        ),
        Index("ix_outbound_message_id", "message_id"),
        Index("ix_outbound_conversation_id", "conversation_id", "run_at"),
        Index(
            "ix_outbound_behind",
            text("(draft ->> 'behind')"),
            "created_at",
            postgresql_where=text("kind = 'confirmation'"),
        ),
        Index(
            "ix_outbound_unfinished", "id", postgresql_where=text("state in ('waiting', 'sending')")
        ),
    )

    id: Mapped[Id]
    kind: Mapped[str]  # names the composer that makes the mail: reply, notice, held, auto …
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
    mailbox_id: Mapped[int | None] = mapped_column(ForeignKey("mailbox.id"))
    header_id: Mapped[str] = mapped_column(unique=True)  # our Message-ID without brackets
    sender: Mapped[str]  # envelope sender; "" for automatic mail
    draft: Mapped[Json] = mapped_column(server_default="{}")  # what its composer needs
    state: Mapped[str] = mapped_column(server_default="waiting")
    run_at: Mapped[Created]
    # More than one try reached the relay without an answer: the recipient may have it twice.
    maybe_twice: Mapped[bool] = mapped_column(server_default="false")
    error: Mapped[str | None]
    created_at: Mapped[Created]
    sent_at: Mapped[datetime | None]


class OutboundRecipient(Row):
    """What the relay said of one recipient."""

    __tablename__ = "outbound_recipient"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'sent', 'failed')", name="state"),
        Index("ix_outbound_recipient_address", "address"),
    )

    outbound_id: Mapped[int] = mapped_column(
        ForeignKey("outbound.id", ondelete="CASCADE"), primary_key=True
    )
    address: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(server_default="waiting")
    reply: Mapped[str | None]


class Job(Row):
    """Work to be done once, at a time."""

    __tablename__ = "job"
    __table_args__ = (
        Index("job_due", "rank", "run_at", "id", postgresql_where=text("done_at is null")),
        Index(
            "job_key",
            "key",
            unique=True,
            postgresql_where=text("done_at is null and key is not null"),
        ),
        # Rows live for seconds and are updated twice: room on the page, and an eager vacuum.
        {"postgresql_with": {"fillfactor": "80", "autovacuum_vacuum_scale_factor": "0.02"}},
    )

    id: Mapped[Id]
    kind: Mapped[str]
    args: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    key: Mapped[str | None]
    rank: Mapped[int] = mapped_column(SmallInteger, server_default="2")
    run_at: Mapped[Created]
    attempts: Mapped[int] = mapped_column(Integer, server_default="0")
    leased_until: Mapped[datetime | None]
    error: Mapped[str | None]
    dead: Mapped[bool] = mapped_column(server_default="false")
    done_at: Mapped[datetime | None]
