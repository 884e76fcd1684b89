"""How our people come in beyond a password: links, a second step, the organisation's provider."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inbox.store.tables.row import Bytes, Created, Row


class SignInLink(Row):
    """A right to sign in that was sent by mail: hashes alone, and gone once it is used."""

    __tablename__ = "sign_in_link"
    __table_args__ = (Index("ix_sign_in_link_agent_id", "agent_id"),)

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    browser_hash: Mapped[Bytes]  # of the cookie in the browser that asked for it
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"))
    target: Mapped[str] = mapped_column(server_default="")  # where they wanted to go
    created_at: Mapped[Created]
    expires_at: Mapped[datetime]


class Invitation(Row):
    """A right to choose a password, sent by mail: its hash alone, one for a person, once."""

    __tablename__ = "invitation"

    agent_id: Mapped[int] = mapped_column(
        ForeignKey("agent.id", ondelete="CASCADE"), primary_key=True
    )
    token_hash: Mapped[Bytes] = mapped_column(unique=True)
    created_at: Mapped[Created]
    expires_at: Mapped[datetime]


class SecondStep(Row):
    """The secret of a person's authenticator program, sealed; asked for once it is confirmed."""

    __tablename__ = "second_step"

    agent_id: Mapped[int] = mapped_column(
        ForeignKey("agent.id", ondelete="CASCADE"), primary_key=True
    )
    sealed: Mapped[Bytes]
    last_step: Mapped[int] = mapped_column(server_default="0")  # no code of it or before counts
    confirmed_at: Mapped[datetime | None]
    created_at: Mapped[Created]


class RecoveryCode(Row):
    """What opens once when the authenticator is lost: its SHA-256; gone once it is used."""

    __tablename__ = "recovery_code"

    agent_id: Mapped[int] = mapped_column(
        ForeignKey("agent.id", ondelete="CASCADE"), primary_key=True
    )
    code_hash: Mapped[bytes] = mapped_column(primary_key=True)


class ProviderIdentity(Row):
    """Who a person is at the organisation's provider; learned from an address, then by this."""

    __tablename__ = "provider_identity"
    __table_args__ = (UniqueConstraint("issuer", "agent_id"),)

    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    agent_id: Mapped[int] = mapped_column(ForeignKey("agent.id", ondelete="CASCADE"), index=True)
    address: Mapped[str]  # as the provider said it when they came first
    created_at: Mapped[Created]
    used_at: Mapped[datetime | None]
