"""An alarm clock of a conversation that always fails: administrators hear, and it is set again.

One mail tells of all that stopped within some minutes: what makes one fail may make all of them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select

from inbox.clock import utcnow
from inbox.jobs.queue import enqueue
from inbox.jobs.registry import GiveUp
from inbox.store.engine import Writer
from inbox.store.tables import Job

_TELL: Final = "notify.stopped_clocks"
_AGAIN: Final = timedelta(days=1)
_TOGETHER: Final = timedelta(minutes=10)
_LATEST: Final = timedelta(hours=1)


def set_again(kind: str, key: str) -> GiveUp:
    """What is done when a job of this kind, whose key begins so, is given up."""

    async def give_up(db: Writer, args: dict[str, Any], reason: str) -> None:
        del reason
        now = utcnow()
        about = f"{key}:{args['conversation_id']}"
        await enqueue(db, kind, key=about, run_at=now + _AGAIN, **args)
        # Moved with each that fails, until none does: only then is it known how many. But where
        # they go on failing, somebody has to hear of it while they do.
        since = await _since(db) or now
        at = min(now + _TOGETHER, since + _LATEST)
        await enqueue(db, _TELL, key=_TELL, run_at=at, since=since.isoformat())

    return give_up


async def _since(db: Writer) -> datetime | None:
    planned = select(Job.args["since"].astext).where(Job.key == _TELL, Job.done_at.is_(None))
    since = await db.scalar(planned)
    return datetime.fromisoformat(since) if since else None
