"""Texts that a department has agreed on: templates of answers, and articles to look things up."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from inbox.store.tables.row import Created, Id, Row


class Template(Row):
    """An approved text of a mailbox, of one person alone, or of all mailboxes (both null)."""

    __tablename__ = "template"
    __table_args__ = (
        CheckConstraint("kind in ('template', 'article')", name="kind"),
        CheckConstraint("form in ('plain', 'markdown')", name="form"),
        CheckConstraint("mailbox_id is null or agent_id is null", name="whose"),
        Index(
            "ix_template_name_key",
            "kind",
            "name_key",
            unique=True,
            postgresql_where=text("mailbox_id is null and agent_id is null"),
        ),
        Index(
            "ix_template_agent_id_name_key",
            "agent_id",
            "kind",
            "name_key",
            unique=True,
            postgresql_where=text("agent_id is not null"),
        ),
        Index(
            "ix_template_mailbox_id_name_key",
            "mailbox_id",
            "kind",
            "name_key",
            unique=True,
            postgresql_where=text("mailbox_id is not null"),
        ),
    )

    id: Mapped[Id]
    mailbox_id: Mapped[int | None] = mapped_column(ForeignKey("mailbox.id", ondelete="CASCADE"))
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(server_default="template")
    name: Mapped[str]
    name_key: Mapped[str]  # what makes two names the same
    form: Mapped[str] = mapped_column(server_default="plain")
    used: Mapped[int] = mapped_column(server_default="0")  # answers that it stands in
    used_at: Mapped[datetime | None]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("agent.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime]
    created_at: Mapped[Created]


class TemplateText(Row):
    """An approved text in one language, with its placeholders as they were written."""

    __tablename__ = "template_text"

    template_id: Mapped[int] = mapped_column(
        ForeignKey("template.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(server_default="")
    body: Mapped[str]


class TemplateFile(Row):
    """A file that goes along with an approved text, in whichever language; a blob."""

    __tablename__ = "template_file"

    id: Mapped[Id]
    template_id: Mapped[int] = mapped_column(
        ForeignKey("template.id", ondelete="CASCADE"), index=True
    )
    blob: Mapped[bytes] = mapped_column(ForeignKey("blob.sha256"), index=True)
    filename: Mapped[str]
    content_type: Mapped[str]
    size: Mapped[int]
