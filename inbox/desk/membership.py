"""The verbs by which somebody comes to take part in a mailbox, and ceases to."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from inbox.errors import Invalid
from inbox.model.conversation import Role
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.tables import Agent, Mailbox, Membership
from inbox.store.withdrawn import withdraw_notices


async def let_in(db: Writer, agent: Agent, mailbox: Mailbox) -> None:
    """They take part in the mailbox; once more changes nothing. Raises Invalid for a colleague."""
    if agent.role == Role.COLLEAGUE:
        raise Invalid(Refusal.TAKES_NO_PART, name=agent.name)
    row = {"agent_id": agent.id, "mailbox_id": mailbox.id}
    await db.execute(insert(Membership).values(row).on_conflict_do_nothing())


async def let_out(db: Writer, agent: Agent, mailbox: Mailbox) -> None:
    """They take part no more: what waits to be told to them of it is not told."""
    await db.execute(
        delete(Membership).where(
            Membership.agent_id == agent.id, Membership.mailbox_id == mailbox.id
        )
    )
    await withdraw_notices(db, agent.id)
