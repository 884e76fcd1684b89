"""What a conversation's row says of its entries, found out anew after some came or went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, func, select

from inbox.desk.carry import Entry, entries_of
from inbox.desk.snippet import READ, snippet
from inbox.mail.invites import words_beside
from inbox.model.conversation import MessageKind, Status
from inbox.model.event import EventName
from inbox.store.engine import Writer
from inbox.store.tables import Conversation, Event, File, Message

_TURNS = (MessageKind.MAIL, MessageKind.REPLY)
_SPEAKING = (*_TURNS, MessageKind.NOTE)


async def recount(db: Writer, conversation: Conversation, *, now: datetime) -> None:
    """Put state, waiting time, newest words and counts right; it is locked by the caller.

    The state follows from whose turn it is; closed, snoozed and spam stay what they are, unless the
    entry that is newest came after the closing.
    """
    turns = await recount_words(db, conversation)
    if conversation.status not in (Status.SPAM, Status.SNOOZED):
        closed_at = await _closed_at(db, conversation)
        _take_state(conversation, turns, closed_at, now)


async def recount_words(db: Writer, conversation: Conversation) -> Sequence[Entry]:
    """Put newest words, their time and counts right, and leave its state; returns the turns."""
    entries = await entries_of(db, conversation.id)
    conversation.message_count = len(entries)
    turns = [one for one in entries if one.kind in _TURNS]
    speaking = [one for one in entries if one.kind in _SPEAKING] or entries
    if speaking:
        conversation.last_message_at = speaking[-1].received_at
        conversation.snippet = await _snippet(db, (turns or speaking)[-1].id)
    conversation.has_files = await _has_files(db, conversation.id)
    return turns


def _take_state(
    conversation: Conversation, turns: Sequence[Entry], closed_at: datetime | None, now: datetime
) -> None:
    newest = turns[-1] if turns else None
    if newest is None or (closed_at and closed_at >= newest.received_at):
        conversation.status, conversation.closed_at = Status.CLOSED, closed_at or now
        conversation.waiting_since = conversation.returns_at = None
        return
    conversation.closed_at = None
    if newest.kind == MessageKind.REPLY:
        conversation.status, conversation.waiting_since = Status.WAITING, None
        return
    conversation.status, conversation.returns_at = Status.OPEN, None
    conversation.waiting_since = _since(turns)


def _since(turns: Sequence[Entry]) -> datetime:
    """When the first of the mails came that nobody has answered."""
    first: datetime = turns[-1].received_at
    for one in reversed(turns):
        if one.kind == MessageKind.REPLY:
            break
        first = one.received_at
    return first


async def _closed_at(db: Writer, conversation: Conversation) -> datetime | None:
    """When a person closed it last, unless one took it up again."""
    row = (
        await db.execute(
            select(Event.name, Event.at)
            .where(
                Event.conversation_id == conversation.id,
                Event.name.in_(
                    (EventName.CONVERSATION_CLOSED, EventName.CONVERSATION_REOPENED),
                ),
            )
            .order_by(Event.id.desc())
            .limit(1)
        )
    ).one_or_none()
    return row.at if row and row.name == EventName.CONVERSATION_CLOSED else None


async def _snippet(db: Writer, message_id: int) -> str:
    words = func.left(func.coalesce(func.nullif(Message.text, ""), Message.quoted), READ)
    row = (
        await db.execute(
            select(words.label("words"), Message.invitation).where(Message.id == message_id)
        )
    ).one_or_none()
    return snippet(words_beside(row.words, row.invitation)) if row else ""


async def _has_files(db: Writer, conversation_id: int) -> bool:
    there = exists().where(
        Message.conversation_id == conversation_id,
        File.message_id == Message.id,
        File.inline.is_(False),
        File.aside.is_(False),
    )
    return bool(await db.scalar(select(there)))
