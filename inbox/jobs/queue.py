"""The rows of the queue: put in, lease, acknowledge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from pathlib import Path
from typing import Any

from sqlalchemy import Interval, bindparam, cast, delete, func, insert, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from inbox.model.rank import Rank
from inbox.store.engine import Database, Writer
from inbox.store.statement import Statement
from inbox.store.tables import Job

# Long enough for the slowest mail, short enough that a dead worker's work is soon taken over.
LEASE = timedelta(seconds=60)

_CLAIM = Statement((Path(__file__).parent / "claim.sql").read_text())
# Whoever moves a job takes it from its worker (`leased_until`), maybe to the very time at which it
# ran: by the clock of its host that may not have come yet. A second later it is asked again.
_FINISH = Statement("""
update job set done_at = case when leased_until is not null then now() end,
               run_at = case when leased_until is null and job.run_at <= mine.run_at
                             then now() + interval '1 second' else job.run_at end,
               leased_until = null,
               attempts = case when leased_until is null then 0 else job.attempts end
  from unnest(cast(:ids as bigint[]), cast(:attempts as int[]),
              cast(:run_at as timestamptz[])) as mine(id, attempts, run_at)
 where job.id = mine.id and job.attempts = mine.attempts and done_at is null
returning job.id
""")

_NEXT = Statement("""
select extract(epoch from min(greatest(run_at, coalesce(leased_until, run_at))) - now()) as seconds
  from job where done_at is null
""")


# One that runs now may have looked too early for what has just come. What failed waits by its plan,
# and longer after it was given up: events come all the time, and would let it fail at each. Jobs
# that follow have keys: among these they are found however much mail waits.
_HURRY = Statement("""
with moved as (
  update job set run_at = now()
   where kind = any(cast(:kinds as text[])) and done_at is null and key is not null
     and leased_until is null and error is null
     and run_at > now() and run_at <= now() + interval '2 minutes'
)
select exists (select from job where kind = any(cast(:kinds as text[])) and done_at is null
                                 and key is not null and leased_until > now()) as runs
""")


@dataclass(frozen=True, slots=True)
class Leased:
    """A job that this worker holds for a while."""

    id: int
    kind: str
    args: dict[str, Any]
    attempts: int
    rank: int
    run_at: datetime


async def enqueue(
    db: Writer,
    kind: str,
    *,
    key: str | None = None,
    run_at: datetime | None = None,
    rank: Rank = Rank.COMING,
    **args: Any,
) -> None:
    """Ask for work, in this transaction. With a `key`, a waiting job of it is moved instead."""
    row: dict[str, Any] = {"kind": kind, "args": args, "key": key, "rank": rank}
    if run_at is not None:
        row["run_at"] = run_at
    if key is None:
        await db.execute(insert(Job), [row])
        return
    statement = upsert(Job).values(**row)
    await db.execute(
        statement.on_conflict_do_update(
            index_elements=[Job.key],
            index_where=text("done_at is null and key is not null"),
            set_={
                "run_at": statement.excluded.run_at,
                "args": statement.excluded.args,
                "leased_until": None,
            },
        )
    )


async def cancel(db: Writer, key: str) -> None:
    """Forget the waiting job of this key, if there is one."""
    await db.execute(delete(Job).where(Job.key == key, Job.done_at.is_(None)))


async def claim(database: Database, *, limit: int, lease: timedelta = LEASE) -> list[Leased]:
    """Lease up to `limit` due jobs, by rank and age; at once for good. Raises Unavailable."""
    rows = await _CLAIM.at_once(database, limit=limit, lease=lease.total_seconds())
    found = (Leased(**row) for row in rows)
    return sorted(found, key=attrgetter("rank", "id"))


class LeaseLost(Exception):
    """Another worker has taken the job over: this one's work must not be committed."""


class Postponed(Exception):
    """Raised by a job whose time has not come: it is put back and this was no try.

    `reason` is shown to people who look at what waits.
    """

    def __init__(self, pause: timedelta, reason: str = "") -> None:
        self.pause = pause
        self.reason = reason
        super().__init__(f"for {pause.total_seconds()} s")


class NotNow(Exception):
    """Raised by a job that failed for a known reason outside of us: it is tried again by its plan,
    and the reason says all there is to say.
    """


async def finish(db: Writer, *leased: Leased) -> None:
    """Acknowledge, in the transaction that did the work; one that was moved meanwhile waits for its
    new time. Raises LeaseLost if it is not ours now.
    """
    mine = await _FINISH.rows(
        db,
        ids=[one.id for one in leased],
        attempts=[one.attempts for one in leased],
        run_at=[one.run_at for one in leased],
    )
    if len(mine) < len(leased):
        raise LeaseLost(f"of jobs {[one.id for one in leased]} some were taken over")


async def postpone(db: Writer, leased: Leased, pause: timedelta, reason: str = "") -> None:
    """Put a job back as it was before this try, with the reason to be seen if there is one."""
    await db.execute(
        update(Job)
        .where(Job.id == leased.id, Job.attempts == leased.attempts)
        .values(
            run_at=func.now() + _interval(pause),
            leased_until=None,
            attempts=leased.attempts - 1,
            error=reason or None,
        )
    )


async def retry_later(db: Writer, job_id: int, *, pause: timedelta, error: str) -> None:
    """Put a failed job back for later."""
    await db.execute(
        update(Job)
        .where(Job.id == job_id)
        .values(run_at=func.now() + _interval(pause), leased_until=None, error=error)
    )


async def bury(db: Writer, job_id: int, *, error: str) -> None:
    """Give up: the job is kept, marked dead, and no longer in anybody's way."""
    await db.execute(
        update(Job)
        .where(Job.id == job_id)
        .values(done_at=func.now(), dead=True, leased_until=None, error=error)
    )


async def seconds_until_next(database: Database) -> float | None:
    """How long until the earliest waiting job is due; None when none waits. Raises Unavailable."""
    seconds = (await _NEXT.at_once(database))[0]["seconds"]
    return None if seconds is None else float(seconds)


async def hurry(database: Database, kinds: list[str]) -> bool:
    """Make what waits of these kinds to look again due now, but for what failed; whether one is
    running, for which that is too late. At once for good. Raises Unavailable.
    """
    return bool((await _HURRY.at_once(database, kinds=kinds))[0]["runs"])


def _interval(pause: timedelta) -> Any:
    return cast(bindparam(None, pause), Interval)
