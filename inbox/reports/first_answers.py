"""When a first answer was due, and how long it took in the hours of its mailbox. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from inbox.sla.calendar import after, between, next_open
from inbox.sla.policy import Policy


def first_answer(policy: Policy, begun: Mapping[str, Any]) -> dict[str, Any]:
    """The row that is kept of a conversation, as `store.counting` finds it.

    What comes while nobody is there belongs to the next day on which somebody is.
    """
    hours, target = policy.hours, policy.of(begun["priority"]).first_answer
    asked, answered = begun["asked_at"], begun["answered_at"]

    def day(at: datetime) -> date:
        return at.astimezone(hours.zone).date()

    return {
        "conversation_id": begun["id"],
        "mailbox_id": begun["mailbox_id"],
        "day": day(asked),
        "working_day": day(next_open(hours, asked)),
        "asked_at": asked,
        "due_at": after(hours, asked, target) if target else None,
        "answered_at": answered,
        "answered_day": day(answered) if answered else None,
        "seconds": int(between(hours, asked, answered).total_seconds()) if answered else None,
        "agent_id": begun["agent_id"],
    }
