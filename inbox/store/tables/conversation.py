"""Conversations, what was said in them, and everything that happened to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Integer, SmallInteger, Text

from inbox.store.tables.row import Created, Id, Json, Row, Texts


class Conversation(Row):
    """One matter of one customer, in one mailbox (others may see it: ConversationMailbox)."""

    __tablename__ = "conversation"
    __table_args__ = (
        CheckConstraint(
            "status in ('open', 'waiting', 'snoozed', 'closed', 'spam')", name="status"
        ),
        # What sleeps wakes up some time.
        CheckConstraint("(status = 'snoozed') <= (returns_at is not null)", name="returns"),
        CheckConstraint("priority between -1 and 2", name="priority"),
        Index("ix_conversation_list", "mailbox_id", "status", "last_message_at", "id"),
        Index("ix_conversation_assignee", "assignee_id", "status", "last_message_at", "id"),
        Index(
            "ix_conversation_unassigned",
            "mailbox_id",
            "last_message_at",
            "id",
            postgresql_where=text("assignee_id is null and status = 'open'"),
        ),
        Index(
            "ix_conversation_shared",
            "mailbox_id",
            "status",
            "last_message_at",
            "id",
            postgresql_where=text("is_shared"),
        ),
        # Who has waited longest, and what is due soonest: see store.list_orders.
        Index(
            "ix_conversation_turn",
            "mailbox_id",
            text("coalesce(waiting_since, last_message_at)"),
            "id",
            postgresql_where=text("status = 'open'"),
        ),
        Index(
            "ix_conversation_due",
            "mailbox_id",
            "due_at",
            "id",
            postgresql_where=text("due_at is not null"),
        ),
        # What nobody has, by urgency, and what somebody has: see store.dispatch.
        Index(
            "ix_conversation_dispatch",
            "mailbox_id",
            text("(- priority)"),
            text("coalesce(due_at, '9999-12-31 00:00:00+00'::timestamp with time zone)"),
            "id",
            postgresql_where=text(
                "assignee_id is null and status = 'open' and merged_into is null"
            ),
        ),
        Index(
            "ix_conversation_load",
            "assignee_id",
            "mailbox_id",
            "due_at",
            postgresql_where=text("status = 'open' and assignee_id is not null"),
        ),
        Index("ix_conversation_customer_newest", "customer_id", "last_message_at"),
        Index(
            "ix_conversation_base_subject",
            "base_subject",
            "last_message_at",
            postgresql_where=text("base_subject <> ''"),
        ),
        Index(
            "ix_conversation_thread_root",
            "thread_root",
            postgresql_where=text("thread_root is not null"),
        ),
        Index(
            "ix_conversation_refers_to",
            "refers_to",
            postgresql_where=text("refers_to is not null"),
        ),
        Index(
            "ix_conversation_merged_into",
            "merged_into",
            postgresql_where=text("merged_into is not null"),
        ),
        Index(
            "ix_conversation_tags",
            "tags",
            postgresql_using="gin",
            postgresql_where=text("tags <> '{}'"),
        ),
    )

    id: Mapped[Id]
    mailbox_id: Mapped[int] = mapped_column(ForeignKey("mailbox.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    subject: Mapped[str]
    base_subject: Mapped[str]
    status: Mapped[str] = mapped_column(server_default="open")
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id"))
    snippet: Mapped[str] = mapped_column(server_default="")
    message_count: Mapped[int] = mapped_column(server_default="0")
    has_files: Mapped[bool] = mapped_column(server_default="false")
    # A further mailbox sees it. Few are: an index of them finds theirs among a hundred thousand.
    # Set by the database itself, whoever adds a ConversationMailbox.
    is_shared: Mapped[bool] = mapped_column(server_default="false")
    last_message_at: Mapped[datetime]
    waiting_since: Mapped[datetime | None]
    # By when whoever has it will answer, in their own word; else the mailbox's promise holds.
    promised_until: Mapped[datetime | None]
    # What of it is due next, by when, and for how long it has been ours to solve (seconds of open
    # time, and since when they run again): kept by desk.timers with every event.
    due_at: Mapped[datetime | None]
    due: Mapped[str] = mapped_column(server_default="")  # see sla.deadlines.Timer
    worked: Mapped[int] = mapped_column(server_default="0")
    working_since: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    # Of one that waits for the customer or is snoozed: when it is our turn again all the same.
    returns_at: Mapped[datetime | None]
    priority: Mapped[int] = mapped_column(SmallInteger, server_default="0")  # see model.urgency
    tags: Mapped[Texts] = mapped_column(server_default="{}")
    category: Mapped[str] = mapped_column(server_default="")  # what it was about
    solution: Mapped[str] = mapped_column(server_default="")  # and how it ended
    last_event_id: Mapped[int] = mapped_column(server_default="0")
    # The first 22 bytes of the customer's Thread-Index, by which Exchange finds an answer again.
    thread_root: Mapped[bytes | None]
    # Ours, sent with every mail of the conversation; a child block is appended for each.
    thread_index: Mapped[bytes]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("conversation.id"))
    refers_to: Mapped[int | None] = mapped_column(ForeignKey("conversation.id"))
    created_at: Mapped[Created]


class ConversationMailbox(Row):
    """A further mailbox that sees a conversation: one letter to two departments is one matter."""

    __tablename__ = "conversation_mailbox"

    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    mailbox_id: Mapped[int] = mapped_column(
        ForeignKey("mailbox.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Participant(Row):
    """Somebody who takes part besides the customer; nobody ever replaces the customer."""

    __tablename__ = "participant"
    __table_args__ = (Index("ix_participant_address", "address"),)

    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    address: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(server_default="")
    # cc: named by the customer or an agent; sender: has written; asked: one of us passed a mail
    # on to them: what they say is for us alone, and they get nothing that the customer writes
    part: Mapped[str] = mapped_column(server_default="cc")


class Message(Row):
    """An entry of a conversation. What came by mail can be derived again from its spool row."""

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint(
            "kind in ('mail', 'reply', 'note', 'auto', 'held', 'forward')", name="kind"
        ),
        CheckConstraint("visibility in ('public', 'internal')", name="visibility"),
        # A note is internal by its shape, not by the care of whoever sends (OTRS CVE-2022-32740).
        CheckConstraint(
            "kind not in ('note', 'held', 'forward') or visibility = 'internal'",
            name="note_is_internal",
        ),
        # In the order in which they are shown (store/arrived.py), page by page.
        Index("ix_message_arrived", "conversation_id", "received_at", "id"),
        Index("ix_message_identity", "identity", unique=True),
        Index("ix_message_spool_id", "spool_id"),
        Index(
            "ix_message_received_at",
            "received_at",
            postgresql_using="brin",
            postgresql_with={"autosummarize": "on"},
        ),
        # A search asks of each message that it finds where it is, and of few of them for more.
        Index("ix_message_place", "id", postgresql_include=["conversation_id"]),
        {"postgresql_with": {"autovacuum_vacuum_insert_scale_factor": "0.02"}},
    )

    id: Mapped[Id]
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    kind: Mapped[str]
    visibility: Mapped[str]
    author_kind: Mapped[str]
    author_id: Mapped[int | None]
    author_name: Mapped[str] = mapped_column(server_default="")
    author_address: Mapped[str] = mapped_column(server_default="")
    to: Mapped[list[dict[str, str]]] = mapped_column(JSONB, server_default="[]")
    cc: Mapped[list[dict[str, str]]] = mapped_column(JSONB, server_default="[]")
    reply_to: Mapped[str] = mapped_column(server_default="")  # of the author's own, if elsewhere
    subject: Mapped[str] = mapped_column(server_default="")
    message_id: Mapped[str] = mapped_column(server_default="")
    in_reply_to: Mapped[str] = mapped_column(server_default="")
    references: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    date: Mapped[datetime | None]
    received_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(server_default="")  # the person's own words
    quoted: Mapped[str] = mapped_column(server_default="")  # what they quoted: folded, not lost
    has_html: Mapped[bool] = mapped_column(server_default="false")
    language: Mapped[str | None]
    proof: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    verdict: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    match: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    defects: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default="[]")
    protection: Mapped[str] = mapped_column(server_default="")  # signed, encrypted: only named
    program: Mapped[str] = mapped_column(server_default="")  # that wrote the mail, if that is known
    invitation: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    # SHA-256 over Message-ID, sender and body: what makes two arrivals one message.
    identity: Mapped[bytes]
    also_to: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    spool_id: Mapped[int | None] = mapped_column(ForeignKey("spool.id"))
    created_at: Mapped[Created]


class MessageRef(Row):
    """The look-up index of threading: every id a conversation holds or refers to, and under what
    other subjects than its first it is known.

    `id_hash` is the first 16 bytes of SHA-256 of the Message-ID without brackets, lower case.
    """

    __tablename__ = "message_ref"
    __table_args__ = (
        CheckConstraint("how in ('ours', 'known', 'sibling', 'subject', 'series')", name="how"),
    )

    id_hash: Mapped[bytes] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    how: Mapped[str]
    message_id: Mapped[int | None]


class Barred(Row):
    """What a person has taught: mails about this id stay out of this conversation.

    Written when a mail is taken out of a conversation, lifted when it is put back by hand.
    """

    __tablename__ = "barred"

    id_hash: Mapped[bytes] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    created_at: Mapped[Created]


class File(Row):
    """A file of a message: cut out of the raw mail when asked for, or a blob from the web."""

    __tablename__ = "file"
    __table_args__ = (
        CheckConstraint("(part is null) <> (blob is null)", name="one_source"),
        Index("ix_file_message_id", "message_id"),
        Index("ix_file_blob", "blob", postgresql_where=text("blob is not null")),
        Index(
            "ix_file_picture",
            "sha256",
            "id",
            postgresql_where=text("content_type like 'image/%'"),
        ),
    )

    id: Mapped[Id]
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"))
    part: Mapped[int | None] = mapped_column(Integer)
    blob: Mapped[bytes | None] = mapped_column(ForeignKey("blob.sha256"))
    filename: Mapped[str]
    content_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[bytes]
    content_id: Mapped[str] = mapped_column(server_default="")
    inline: Mapped[bool] = mapped_column(server_default="false")
    aside: Mapped[bool] = mapped_column(server_default="false")  # of a signature: not listed


class Event(Row):
    """A fact, append-only: the audit trail and the source of notices, live view and figures."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("actor_kind in ('agent', 'customer', 'rule', 'system')", name="actor_kind"),
        CheckConstraint("via in ('', 'web', 'api', 'mail', 'command')", name="via"),
        Index("ix_event_conversation_id", "conversation_id", "id"),
        Index(
            "ix_event_at",
            "at",
            postgresql_using="brin",
            postgresql_with={"autosummarize": "on"},
        ),
        Index(
            "ix_event_moves",
            "id",
            postgresql_where=text(
                "name in ('conversation.split', 'conversation.unmerged', 'message.moved')"
            ),
        ),
    )

    id: Mapped[Id]
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    name: Mapped[str]
    actor_kind: Mapped[str]
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(server_default="")
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    payload: Mapped[Json] = mapped_column(server_default="{}")
    via: Mapped[str] = mapped_column(server_default="")  # by which way; nothing for what we do
    at: Mapped[Created]
