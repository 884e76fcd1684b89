"""There is always somebody who can let others in, and nobody raises themselves."""

from __future__ import annotations

from typing import Final

from sqlalchemy import exists, select, text

from inbox.errors import Conflict, Forbidden
from inbox.model.conversation import Role
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.tables import Agent

_ONE_AT_A_TIME: Final = text("select pg_advisory_xact_lock(7210013)")


async def keep_an_administrator(db: Writer, agent: Agent) -> None:
    """Raises Conflict where nobody but this person is an administrator."""
    if agent.role != Role.ADMIN or agent.disabled_at is not None:
        return
    # Two who end each other's office at the same moment would both find the other one there.
    await db.execute(_ONE_AT_A_TIME)
    another = exists().where(
        Agent.role == Role.ADMIN, Agent.disabled_at.is_(None), Agent.id != agent.id
    )
    if not await db.scalar(select(another)):
        raise Conflict(Refusal.LAST_ADMINISTRATOR, name=agent.name)


def refuse_oneself(agent: Agent, by: Agent | None) -> None:
    """Raises Forbidden for whoever decides about their own role, or about being here at all.

    `by` None: whoever runs the command.
    """
    if by is not None and by.id == agent.id:
        raise Forbidden(Refusal.ABOUT_ONESELF)
