"""A row of a list of conversations: what it shows, and how that is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import aliased

from inbox.store.arrived import NEWEST_FIRST
from inbox.store.customers import first_address
from inbox.store.tables import Agent, Conversation, Customer, Held, Message, Seen


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of a list."""

    id: int
    mailbox_id: int
    subject: str
    snippet: str
    status: str
    customer: str
    address: str
    assignee_id: int | None
    assignee: str
    message_count: int
    has_files: bool
    last_message_at: datetime
    waiting_since: datetime | None
    returns_at: datetime | None
    priority: int
    tags: Sequence[str]
    is_unread: bool
    customer_id: int
    last_event_id: int
    promised_until: datetime | None = None
    due_at: datetime | None = None
    due: str = ""
    language: str = ""  # of the customer's newest mail, where that is known
    leaves_at: datetime | None = None  # when an answer leaves that was written for later
    at: datetime | None = None  # what puts it where it stands, in another order than the newest


_LANGUAGE: Final = (
    select(Message.language)
    .where(Message.conversation_id == Conversation.id, Message.kind == "mail")
    .order_by(*NEWEST_FIRST)
    .limit(1)
    .scalar_subquery()
    .label("language")
)
_Since = aliased(Message)
# What waits is few, and nothing else is looked at for it. Whose customer has written since stays.
_LEAVES: Final = (
    select(func.min(Held.send_at))
    .join(Message, Message.id == Held.message_id)
    .where(
        Held.state == "waiting",
        Held.send_at.is_not(None),
        Message.conversation_id == Conversation.id,
        ~exists().where(
            _Since.conversation_id == Message.conversation_id,
            _Since.kind == "mail",
            _Since.id > Message.id,
        ),
    )
    .scalar_subquery()
    .label("leaves_at")
)


# Columns of a conversation that a row shows as they are.
_AS_IT_IS: Final = (
    "id",
    "mailbox_id",
    "subject",
    "snippet",
    "status",
    "assignee_id",
    "message_count",
    "has_files",
    "last_message_at",
    "waiting_since",
    "returns_at",
    "priority",
    "tags",
    "customer_id",
    "last_event_id",
    "promised_until",
    "due_at",
    "due",
)


def listed(viewer_id: Any) -> Any:
    """What a row of a list shows, for `listed_row`; which conversations is for others to say.

    Whoever looks is a number, or the parameter of one.
    """
    return (
        select(
            *(getattr(Conversation, name) for name in _AS_IT_IS),
            Customer.name.label("customer"),
            first_address(Customer.id).label("address"),
            Agent.name.label("assignee"),
            _LANGUAGE,
            _LEAVES,
            (func.coalesce(Seen.event_id, 0) < Conversation.last_event_id).label("is_unread"),
        )
        .join(Customer, Customer.id == Conversation.customer_id)
        .outerjoin(Agent, Agent.id == Conversation.assignee_id)
        .outerjoin(Seen, and_(Seen.conversation_id == Conversation.id, Seen.agent_id == viewer_id))
    )


def listed_row(row: Any) -> Listed:
    """One row of what `listed` asks for, read by names."""
    return Listed(
        **{name: row[name] for name in _AS_IT_IS},
        customer=row["customer"] or row["address"] or "",
        address=row["address"] or "",
        assignee=row["assignee"] or "",
        is_unread=row["is_unread"],
        language=row["language"] or "",
        leaves_at=row["leaves_at"],
    )
