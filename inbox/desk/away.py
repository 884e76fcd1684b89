"""The verbs that say that one of us is away, and that they are here again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update

from inbox.jobs.queue import enqueue
from inbox.log import get_logger
from inbox.model.rank import Rank
from inbox.store.engine import Writer
from inbox.store.tables import Agent

LONGEST: Final = timedelta(days=60)  # who is away for longer says it again
_UNSAID: Final = timedelta(days=1)

log = get_logger("away")


async def mark_away(
    db: Writer, agent_id: int, until: datetime | None, *, now: datetime
) -> datetime | None:
    """The agent is away until then, at most sixty days, or for a day where that is not said.

    Whoever was here until now has their conversations offered to others. What was said before is
    never cut short by a mail that names no day. Returns until when, None where it is over already.
    """
    agent = await db.scalar(select(Agent).where(Agent.id == agent_id).with_for_update())
    if agent is None or (until is not None and until <= now):
        return None
    was = agent.away_until if is_away(agent.away_until, now) else None
    ends = until or max(was or now, now + _UNSAID)
    agent.away_until = min(ends, now + LONGEST)
    if was is None:
        await enqueue(
            db, "notify.away", rank=Rank.FOLLOWING, key=f"away:{agent_id}", agent_id=agent_id
        )
    log.info("agent.away", agent=agent_id, until=agent.away_until.isoformat())
    return agent.away_until


async def come_back(db: Writer, agent_id: int) -> None:
    """The agent is here again; nothing for one who never was away."""
    await db.execute(
        update(Agent)
        .where(Agent.id == agent_id, Agent.away_until.is_not(None))
        .values(away_until=None)
    )


def is_away(until: datetime | None, now: datetime) -> bool:
    """Whether somebody who is away until then is away now."""
    return until is not None and until > now
