"""Verdicts as they were stored: which mail is where, by what evidence, and where it is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from inbox.errors import NotFound
from inbox.store.arrived import OLDEST_FIRST
from inbox.store.engine import Reader
from inbox.store.tables import Conversation, Message, MessageRef
from inbox.threading.references import hash_id

_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A mail and its place. `match` is empty for what did not come by mail."""

    message: int
    message_id: str
    author: str
    received_at: datetime
    conversation: int
    subject: str
    match: dict[str, Any]


async def verdicts(db: Reader, name: str) -> list[Verdict]:
    """The verdicts of the mail with this number or Message-ID, with or without its brackets.

    Mails that share a Message-ID are all given, the oldest first. Raises NotFound.
    """
    wanted = (
        select(Message, Conversation.subject)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .order_by(*OLDEST_FIRST)
    )
    if name.isascii() and name.isdigit() and len(name) < 19:
        wanted = wanted.where(Message.id == int(name))
    else:
        # Ids are found by their keys: there is no other index of them.
        homes = select(MessageRef.conversation_id).where(MessageRef.id_hash == hash_id(name))
        wanted = wanted.where(Message.conversation_id.in_(homes))
    rows = [row for row in await db.execute(wanted) if _is(row.Message, name)]
    if not rows:
        raise NotFound(f"there is no message {name[:200]}")
    return [_verdict(row.Message, row.subject) for row in rows[:_MOST]]


def _is(message: Message, name: str) -> bool:
    return str(message.id) == name or (
        bool(message.message_id) and hash_id(message.message_id) == hash_id(name)
    )


def _verdict(message: Message, subject: str) -> Verdict:
    return Verdict(
        message=message.id,
        message_id=message.message_id,
        author=message.author_address or message.author_name,
        received_at=message.received_at,
        conversation=message.conversation_id,
        subject=subject,
        match=message.match,
    )
