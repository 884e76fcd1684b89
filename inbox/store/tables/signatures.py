"""How our people sign, learned from their mails; and the pictures below what mailboxes sign."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from inbox.store.tables.row import Created, Row


class SignatureSeen(Row):
    """A line or a picture at the end of a person's mails, and how often; `mails` counts these.

    `words` only once it is a signature: until then it may be anything that they wrote.
    """

    __tablename__ = "signature_seen"
    __table_args__ = (CheckConstraint("kind in ('line', 'picture', 'mails')", name="kind"),)

    agent_id: Mapped[int] = mapped_column(
        ForeignKey("agent.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[bytes] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(server_default="")
    times: Mapped[int]
    since: Mapped[int]  # how many mails had been seen when it came first
    last_mail: Mapped[bytes]  # so that a copy counts as the same mail
    last_seen_at: Mapped[datetime]


class Logo(Row):
    """A picture below the signature of mailboxes; it stays, since a mail with it may wait long."""

    __tablename__ = "logo"

    sha256: Mapped[bytes] = mapped_column(primary_key=True)
    content: Mapped[bytes]
    content_type: Mapped[str]
    width: Mapped[int]  # pixels
    height: Mapped[int]
    created_at: Mapped[Created]
