"""Messages become searchable: a job that goes on by itself, for as long as there is anything to do.

It stands back while mail waits to be understood, and asks again when nothing is left, at the next
event: no mail has to ask for it on its way in. What is stored while nobody works is found when
somebody does again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import text

from inbox.clock import utcnow
from inbox.jobs.queue import Postponed, enqueue
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import Backoff
from inbox.store.engine import Writer
from inbox.store.words import index_some

_IDLE: Final = timedelta(seconds=5)
_BUSY: Final = timedelta(seconds=3)
# However much mail comes in: a quarter of an hour later it is searchable.
_PATIENCE: Final = timedelta(minutes=15)
_RETRY: Final = Backoff(times=8, first=timedelta(seconds=5), cap=timedelta(minutes=5))
_LATER: Final = timedelta(minutes=10)

_IS_PLANNED = text(
    "select exists (select from job where kind = 'search.index' and done_at is null)"
)
_MAIL_WAITS = text("""
select exists (select from job
                where kind = 'intake.process' and done_at is null
                  and run_at < now() - interval '1 second')
   and exists (select from setting
                where key = 'search'
                  and cast(value ->> 'at' as timestamptz) > now() - cast(:patience as interval))
""")


async def plan_indexing(db: Writer) -> None:
    """See to it that the index is kept, once."""
    if not await db.scalar(_IS_PLANNED):
        await _go_on(db, turn=0)


async def _plan_again(db: Writer, _args: dict[str, Any], _reason: str) -> None:
    await _go_on(db, turn=0, run_at=utcnow() + _LATER)


@job("search.index", retry=_RETRY, give_up=_plan_again, follows=True)
async def index(db: Writer, context: Context, *, turn: int = 0, **_: Any) -> None:
    """Put what is new, then some of what is old, into the index of words."""
    del context
    if await db.scalar(_MAIL_WAITS, {"patience": _PATIENCE}):
        raise Postponed(_BUSY)
    if not await index_some(db, now=utcnow()):
        raise Postponed(_IDLE)
    await _go_on(db, turn=1 - turn)


async def _go_on(db: Writer, *, turn: int, run_at: datetime | None = None) -> None:
    # Two keys in turn: this job has its own until it is done, and two who plan it become one.
    await enqueue(db, "search.index", key=f"search.index:{turn}", run_at=run_at, turn=turn)
