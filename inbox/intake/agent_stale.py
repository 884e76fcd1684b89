"""What one of us knew when they wrote, and what happened meanwhile that they did not know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row

from inbox.desk.collision import moved_on
from inbox.errors import InboxError
from inbox.intake.agent_desk import Desk
from inbox.model.held import HeldReason
from inbox.refusals import Refusal
from inbox.store.locks import lock
from inbox.store.tables import Agent

_NO_ACCESS = frozenset({HeldReason.NOT_MEMBER, HeldReason.DISABLED})


def seen_by(rights: Iterable[Row[Any]]) -> int | None:
    """The newest event that the notices show whose addresses a mail has; None if none is known."""
    return max((right.shown_event_id for right in rights), default=0) or None


def is_stale(error: InboxError) -> bool:
    """Whether a verb refused because the conversation has moved on."""
    return error.refusal is Refusal.MOVED_ON


async def meanwhile(
    desk: Desk,
    conversation_id: int,
    seen: int | None,
    agent: Agent,
    found: Sequence[HeldReason] = (),
) -> dict[str, object]:
    """What the mail to them is to say of it; nothing to those who may not know any more."""
    if seen is None or _NO_ACCESS & set(found):
        return {}
    conversation = await lock(desk.db, conversation_id)
    changed = await moved_on(desk.db, conversation, seen, agent)
    return {"changed": [one.id for one in changed]}
