"""How a conversation stands, as an event keeps it, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from inbox.store.tables import Conversation


def standing(conversation: Conversation) -> dict[str, Any]:
    """Whose turn it is, who has it, and since when; what `put_back` takes."""
    return {
        "status": conversation.status,
        "assignee_id": conversation.assignee_id,
        "waiting_since": written(conversation.waiting_since),
        "closed_at": written(conversation.closed_at),
        "returns_at": written(conversation.returns_at),
    }


def put_back(conversation: Conversation, was: Mapping[str, Any]) -> None:
    """Let it stand as it did."""
    conversation.status = was["status"]
    conversation.assignee_id = was["assignee_id"]
    conversation.waiting_since = read(was["waiting_since"])
    conversation.closed_at = read(was["closed_at"])
    conversation.returns_at = read(was.get("returns_at"))


def written(when: datetime | None) -> str | None:
    """A moment as JSON can keep it."""
    return when.isoformat() if when else None


def read(iso: str | None) -> datetime | None:
    """A moment that `written` has kept."""
    return datetime.fromisoformat(iso) if iso else None
