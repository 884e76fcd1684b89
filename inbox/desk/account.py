"""What changes about how somebody comes in: they hear of it by mail, whoever did it."""

from __future__ import annotations

from datetime import datetime

from inbox.auth import sessions
from inbox.auth.invitations import end_invitation
from inbox.desk.administrators import keep_an_administrator, refuse_oneself
from inbox.jobs.queue import enqueue
from inbox.model.account import Told
from inbox.model.rank import Rank
from inbox.store.engine import Writer
from inbox.store.tables import Agent


async def new_password(db: Writer, agent: Agent, password_hash: str, *, but: str = "") -> None:
    """Give a person a new password; every session of theirs ends, but the one of this token."""
    had_one = agent.password_hash is not None
    agent.password_hash = password_hash
    await end_invitation(db, agent.id)
    await sessions.end_all(db, agent.id, but=but)
    if had_one:
        await tell(db, agent.id, Told.PASSWORD)


async def invite(db: Writer, agent: Agent, *, by: Agent | None) -> None:
    """Ask for a mail with which they choose a password; one from before opens nothing then."""
    await enqueue(
        db,
        "notify.invitation",
        key=f"invitation:{agent.id}",
        rank=Rank.AWAITED,
        agent_id=agent.id,
        by=by.name if by else "",
    )


async def shut_out(db: Writer, agent: Agent, *, by: Agent | None, now: datetime) -> None:
    """They can do nothing any more from now on. Raises Conflict, Forbidden."""
    refuse_oneself(agent, by)
    await keep_an_administrator(db, agent)
    agent.disabled_at = agent.disabled_at or now
    await end_invitation(db, agent.id)
    await sessions.end_all(db, agent.id)


async def tell(db: Writer, agent_id: int, what: Told, about: str = "") -> None:
    """Let the person know; nothing in the mail opens anything."""
    await enqueue(
        db,
        "notify.account",
        rank=Rank.FOLLOWING,
        agent_id=agent_id,
        what=what.value,
        about=about,
    )
