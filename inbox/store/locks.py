"""Locks on conversations: who changes one holds its row until the transaction ends."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from inbox.errors import NotFound
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.statement import Statement
from inbox.store.tables import Conversation

_MOST_MERGES = 20
_ALONE = Statement("select pg_advisory_xact_lock(7210012)")


async def alone(db: Writer) -> None:
    """Wait for everybody who moves mails between conversations, until the transaction ends.

    They hold several rows, and which these are changes with each merge. To be asked before any of
    them is locked.
    """
    await _ALONE.rows(db)


async def lock(db: Writer, conversation_id: int) -> Conversation:
    """The conversation, read anew and locked; merges are followed. Raises NotFound."""
    wanted: int | None = conversation_id
    for _ in range(_MOST_MERGES):
        # What was merged is not locked on the way: whoever undoes a merge takes both rows, and in
        # their own order.
        was = aliased(Conversation)
        home = select(func.coalesce(was.merged_into, was.id)).where(was.id == wanted)
        found = await db.scalar(
            select(Conversation)
            .where(Conversation.id == home.scalar_subquery())
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if found is None:
            break
        if found.merged_into is None:
            return found
        wanted = found.merged_into
    raise NotFound(Refusal.NO_SUCH_CONVERSATION)
