"""What waits for a decision, and why: answers that are held, mails that nobody could read, spam."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from inbox.model.viewer import Viewer
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement

MOST: Final = 100  # mails that are shown; there is hardly ever one

# The newest of each conversation.
_HELD: Final = Statement("""
select distinct on (m.conversation_id) m.conversation_id, h.reasons, m.author_name
  from message m join held h on h.message_id = m.id
 where h.state = 'waiting' and h.send_at is null and m.conversation_id = any(cast(:ids as bigint[]))
 order by m.conversation_id, h.id desc
""")
_SPAM: Final = Statement("""
select distinct on (conversation_id) conversation_id, actor_kind, actor_name, at
  from event
 where name = 'conversation.spam' and conversation_id = any(cast(:ids as bigint[]))
 order by conversation_id, id desc
""")
# Whose mailbox it was for was decided when it came.
_MAILS: Final = Statement("""
select id, sender, recipients, size, received_at, coalesce(error, '') as error
  from spool
 where state = 'set_aside'
   and mailboxes && cast(:boxes as bigint[])::integer[]
   and id = coalesce(cast(:only as bigint), id)
 order by id desc limit :most
""")


@dataclass(frozen=True, slots=True)
class HeldAnswer:
    """An answer that was not sent, and what is missing."""

    reasons: tuple[str, ...]
    author: str


@dataclass(frozen=True, slots=True)
class Marked:
    """Who said that something is spam, and when; nobody's name where it was no person."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A mail that could not be kept, for people of the mailboxes that it was sent to."""

    id: int
    sender: str
    recipients: tuple[str, ...]
    size: int
    received_at: datetime
    error: str


async def held_answers(db: Reader, ids: Collection[int]) -> dict[int, HeldAnswer]:
    """By conversation the newest answer that is held in it."""
    rows = await _HELD.rows(db, ids=list(ids))
    return {
        row["conversation_id"]: HeldAnswer(tuple(row["reasons"]), row["author_name"])
        for row in rows
    }


async def marked_as_spam(db: Reader, ids: Collection[int]) -> dict[int, Marked]:
    """By conversation who put it among the spam last."""
    rows = await _SPAM.rows(db, ids=list(ids))
    return {
        row["conversation_id"]: Marked(
            row["actor_name"] if row["actor_kind"] == "agent" else "", row["at"]
        )
        for row in rows
    }


async def unreadable_mails(
    db: Reader | Writer, viewer: Viewer, mailbox_id: int | None = None, *, only: int | None = None
) -> list[Unreadable]:
    """The mails to the person's mailboxes, or to one of them, that could not be kept.

    `only` the one of this number, if it is one of these.
    """
    boxes = viewer.mailboxes if mailbox_id is None else viewer.mailboxes & {mailbox_id}
    rows = await _MAILS.rows(db, boxes=sorted(boxes), only=only, most=MOST)
    return [Unreadable(**{**row, "recipients": tuple(row["recipients"])}) for row in rows]
