"""Who writes to us: customers, and what is known of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from inbox.store.tables.row import Created, Id, Row, Texts


class Customer(Row):
    """A person outside; their addresses are rows of their own."""

    __tablename__ = "customer"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[Created]


class CustomerAddress(Row):
    """An address of a customer, with the evidence for it."""

    __tablename__ = "customer_address"
    __table_args__ = (
        Index(
            "ix_customer_address_organisation",
            "organisation",
            "created_at",
            postgresql_where=text("organisation <> ''"),
        ),
    )

    address: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(
        ForeignKey("customer.id", ondelete="CASCADE"), index=True
    )
    # from: wrote from there; told: one of us said so; same_name: answered as the same person;
    # reply_to: asked for answers there; answered: asked so, and has answered from there
    evidence: Mapped[str] = mapped_column(server_default="from")
    organisation: Mapped[str] = mapped_column(server_default="")  # the domain; "" for freemail
    message_id: Mapped[int | None]  # the mail that it was learned from
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id", ondelete="SET NULL"))
    created_at: Mapped[Created]


class AddressRefused(Row):
    """What a person has taught: this address is not that customer's. It is not learned again."""

    __tablename__ = "address_refused"

    customer_id: Mapped[int] = mapped_column(
        ForeignKey("customer.id", ondelete="CASCADE"), primary_key=True
    )
    address: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[Created]


class CustomerPhone(Row):
    """A number at which a customer can be called, as one of us wrote it."""

    __tablename__ = "customer_phone"

    customer_id: Mapped[int] = mapped_column(
        ForeignKey("customer.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[Created]


class CustomerMerge(Row):
    """Two customers who turned out to be one, with all that moved, so that it can move back."""

    __tablename__ = "customer_merge"
    __table_args__ = (Index("ix_customer_merge_into_id", "into_id"),)

    id: Mapped[Id]
    into_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    gone_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
    addresses: Mapped[Texts]
    phones: Mapped[Texts]
    conversations: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    notes: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), server_default="{}")
    created_at: Mapped[Created]
    undone_at: Mapped[datetime | None]
