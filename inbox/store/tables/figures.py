"""Figures that are kept, so that a year is added up as fast as a day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from inbox.store.tables.row import Row


class DayFigure(Row):
    """How much one person did in a mailbox on one of its days; `agent_id` 0 is nobody."""

    __tablename__ = "day_figure"

    mailbox_id: Mapped[int] = mapped_column(
        ForeignKey("mailbox.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(Date, primary_key=True)  # in the mailbox's time zone
    agent_id: Mapped[int] = mapped_column(primary_key=True)
    incoming: Mapped[int]
    answered: Mapped[int]
    closed: Mapped[int]


class FirstAnswer(Row):
    """When a customer began a conversation, and when they first heard from one of us."""

    __tablename__ = "first_answer"
    __table_args__ = (Index("ix_first_answer_mailbox_id_day", "mailbox_id", "day"),)

    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    mailbox_id: Mapped[int] = mapped_column(ForeignKey("mailbox.id", ondelete="CASCADE"))
    day: Mapped[date] = mapped_column(Date)  # on which it began, in the mailbox's time zone
    working_day: Mapped[date] = mapped_column(Date)  # that day, or the next on which it is open
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime | None]  # by when the first answer was wanted, if at any time
    answered_at: Mapped[datetime | None]
    answered_day: Mapped[date | None] = mapped_column(Date)
    seconds: Mapped[int | None]  # of the mailbox's hours until then
    agent_id: Mapped[int] = mapped_column(server_default="0")  # who gave it
