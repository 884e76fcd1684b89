"""Closing with all that a mailbox wants said: who has it, a comment, the category, the solution."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from inbox.desk.answer import Note
from inbox.desk.assign import assign
from inbox.desk.close import close
from inbox.desk.note import note
from inbox.model.actor import Actor
from inbox.model.closing import Closing
from inbox.store.engine import Writer
from inbox.store.tables import Agent, Conversation


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What is said with closing a conversation; what is empty is left as it is."""

    category: str = ""
    solution: str = ""
    comment: str = ""
    assignee_id: int | None = None
    tells: bool | None = None  # the customer is told; None as the mailbox does


NOTHING_MORE = Ending()


async def finish(
    db: Writer, conversation_id: int, ending: Ending, *, by: Agent, now: datetime
) -> Conversation:
    """Give it to whom it belongs, add the comment, and close it; all of it, or nothing.

    Raises Incomplete where more is wanted, Invalid, NotFound.
    """
    actor = Actor.agent(by.id, by.name)
    if ending.assignee_id is not None:
        await assign(db, conversation_id, ending.assignee_id, by=actor, now=now)
    if ending.comment.strip():
        await note(db, conversation_id, Note(text=ending.comment), by=by, now=now)
    said = Closing(
        category=ending.category.strip(), solution=ending.solution.strip(), tells=ending.tells
    )
    return await close(db, conversation_id, by=actor, now=now, said=said)
