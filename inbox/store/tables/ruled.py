"""What a house lets happen by itself, in all versions; which programs hear of what happens."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from inbox.store.tables.row import Created, Id, Json, Row, Texts


class HouseRule(Row):
    """A rule as it is now: of a mailbox, or of the whole house (`mailbox_id` null)."""

    __tablename__ = "rule"
    __table_args__ = (
        Index("ix_rule_order", "position", "id", postgresql_where=text("removed_at is null")),
    )

    id: Mapped[Id]
    mailbox_id: Mapped[int | None] = mapped_column(ForeignKey("mailbox.id", ondelete="CASCADE"))
    name: Mapped[str]
    position: Mapped[int]  # those of the house come first, then those of the mailbox
    enabled: Mapped[bool] = mapped_column(server_default="false")
    version: Mapped[int] = mapped_column(server_default="1")
    document: Mapped[Json]  # see rules.schema; may be of a newer version, or damaged
    # Why it could not be understood or followed, since it was last changed; told once.
    fault: Mapped[str] = mapped_column(server_default="")
    fault_at: Mapped[datetime | None]
    last_given: Mapped[int] = mapped_column(server_default="0")  # to whom, where they take turns
    removed_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    created_at: Mapped[Created]


class RuleVersion(Row):
    """A rule as it was from one change to the next, and whose change that was."""

    __tablename__ = "rule_version"

    rule_id: Mapped[int] = mapped_column(
        ForeignKey("rule.id", ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    mailbox_id: Mapped[int | None]
    position: Mapped[int]
    enabled: Mapped[bool]
    is_removed: Mapped[bool] = mapped_column(server_default="false")
    document: Mapped[Json]
    by_id: Mapped[int | None]  # null: whoever ran the command
    by_name: Mapped[str] = mapped_column(server_default="")
    at: Mapped[datetime]


class RuleStamp(Row):
    """One row: another number whenever a rule is. Who has read them at this number has them all;
    without a number there is none that is switched on.
    """

    __tablename__ = "rule_stamp"
    __table_args__ = (CheckConstraint("id = 1", name="only"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[int | None]


class RuleDone(Row):
    """A rule about waiting has done its part for one time of waiting: it does so once."""

    __tablename__ = "rule_done"

    rule_id: Mapped[int] = mapped_column(
        ForeignKey("rule.id", ondelete="CASCADE"), primary_key=True
    )
    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    waiting_since: Mapped[datetime]


class Webhook(Row):
    """Another program that hears of what happens: of `events`, and of what rules send there."""

    __tablename__ = "webhook"
    __table_args__ = (Index("ix_webhook_name", text("lower(name)"), unique=True),)

    id: Mapped[Id]
    name: Mapped[str]
    url: Mapped[str]
    secret: Mapped[str]  # signs what is sent: whsec_…
    mailbox_id: Mapped[int | None] = mapped_column(ForeignKey("mailbox.id", ondelete="CASCADE"))
    events: Mapped[Texts] = mapped_column(server_default="{}")  # by name; `*` is all of them
    enabled: Mapped[bool] = mapped_column(server_default="true")
    # While it does not answer: since when, and until when what waits for it stands back.
    failing_since: Mapped[datetime | None]
    rests_until: Mapped[datetime | None]
    busy_until: Mapped[
        datetime | None
    ]  # one event after the other: until when the one before may take
    # They sign as well, so that the program has time to learn the new one; spaces between.
    old_secret: Mapped[str | None]
    old_until: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    created_at: Mapped[Created]


class WebhookDelivery(Row):
    """One event on its way to one program."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'sent', 'dead')", name="state"),
        Index("ix_webhook_delivery_webhook_id", "webhook_id", "id"),
        Index("ix_webhook_delivery_created_at", "created_at"),
    )

    id: Mapped[Id]
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id", ondelete="CASCADE"))
    event_id: Mapped[int | None] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), index=True
    )
    rule: Mapped[str] = mapped_column(server_default="")  # that sent it; "" where it was asked for
    body: Mapped[str | None]  # as it was sent first: the same at every try
    state: Mapped[str] = mapped_column(server_default="waiting")
    tries: Mapped[int] = mapped_column(server_default="0")
    status: Mapped[int | None]  # what the other program answered last
    error: Mapped[str | None]
    created_at: Mapped[Created]
    done_at: Mapped[datetime | None]
