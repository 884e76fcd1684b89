"""Locks on conversations: who changes one holds its row until the transaction ends."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from inbox.errors import NotFound
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.statement import Statement
from inbox.store.tables import Conversation

_MOST_MERGES = 20
_ALONE = Statement("select pg_advisory_xact_lock(7210012)")
_RULES = Statement("select pg_advisory_xact_lock(7210016)")


async def alone(db: Writer) -> None:
    """Wait for everybody who moves mails between conversations, until the transaction ends.

    They hold several rows, and which these are changes with each merge. To be asked before any of
    them is locked.
    """
    await _ALONE.rows(db)


async def hold_rules(db: Writer) -> None:
    """Wait for everybody who writes rows of rules, until the transaction ends.

    Whoever puts rules in order writes many, a mail those whose turn it is or which are broken, in
    an order that differs from mail to mail. To be asked before any of them is locked.
    """
    await _RULES.rows(db)


_WAS = aliased(Conversation)
# What was merged is not locked on the way: whoever undoes a merge takes both rows, and in their
# own order.
_HOME = (
    select(Conversation)
    .where(
        Conversation.id
        == select(func.coalesce(_WAS.merged_into, _WAS.id))
        .where(_WAS.id == bindparam("wanted"))
        .scalar_subquery()
    )
    .with_for_update()
    .execution_options(populate_existing=True)
)


async def lock(db: Writer, conversation_id: int) -> Conversation:
    """The conversation, read anew and locked; merges are followed. Raises NotFound."""
    wanted: int | None = conversation_id
    for _ in range(_MOST_MERGES):
        found = await db.scalar(_HOME, {"wanted": wanted})
        if found is None:
            break
        if found.merged_into is None:
            return found
        wanted = found.merged_into
    raise NotFound(Refusal.NO_SUCH_CONVERSATION)
