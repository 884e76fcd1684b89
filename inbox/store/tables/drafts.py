"""What somebody of ours is still writing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from inbox.store.tables.row import Created, Id, Json, Row


class Draft(Row):
    """Words that were not sent yet: one answer and one note for each person and conversation, one
    forward for each mail of it, and any number of first mails of conversations to be.

    Nobody but its writer ever sees it.
    """

    __tablename__ = "draft"
    __table_args__ = (
        CheckConstraint("kind in ('reply', 'note', 'forward', 'new')", name="kind"),
        CheckConstraint(
            "case kind when 'new' then mailbox_id is not null and conversation_id is null"
            " else conversation_id is not null end",
            name="home",
        ),
        UniqueConstraint("agent_id", "conversation_id", "kind", "name"),
        Index(
            "ix_draft_begun", "agent_id", "name", unique=True, postgresql_where=sql("kind = 'new'")
        ),
    )

    id: Mapped[Id]
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"))
    conversation_id: Mapped[int | None] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), index=True
    )
    mailbox_id: Mapped[int | None] = mapped_column(
        ForeignKey("mailbox.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str]
    name: Mapped[str] = mapped_column(server_default="")  # the mail's id; the key of its form
    text: Mapped[str] = mapped_column(server_default="")
    fields: Mapped[Json] = mapped_column(server_default="{}")  # to whom, from where, until when
    version: Mapped[int]  # greater with each time that it is saved
    updated_at: Mapped[datetime]
    created_at: Mapped[Created]


class DraftFile(Row):
    """A file that goes along with a draft."""

    __tablename__ = "draft_file"

    id: Mapped[Id]
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), index=True)
    blob: Mapped[bytes] = mapped_column(ForeignKey("blob.sha256"), index=True)
    filename: Mapped[str]
    content_type: Mapped[str]
    size: Mapped[int]
