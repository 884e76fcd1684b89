"""Once a day: what nobody refers to any more is deleted, each day of it in a job of its own.

Done jobs after a week; what was sent to other programs after a month; uploads that no message uses
after a week; blobs of raw mail that no row names. Those are what a crash left between the blob and
its row, a week old at least, and those whose row was deleted (a trigger asks for
`intake.forget_blob`). Nothing here waits for anybody:
names of past days are not given any more, and an upload that is used again counts as new.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert

from inbox.clock import utcnow
from inbox.errors import OutOfReach
from inbox.jobs.queue import enqueue
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE, MAIL
from inbox.log import get_logger
from inbox.store.blobs import Blobs, day_of, place
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Setting

log = get_logger("sweep")

WEEK: Final = timedelta(days=7)
MONTH: Final = timedelta(days=30)
_SOON: Final = timedelta(minutes=10)
_BATCH: Final = 20_000
_MOST_BATCHES: Final = 25
_KEY: Final = "swept"
# So many blobs of one day without a row are no trace of crashes: the database is the wrong one,
# an older one, or a copy. What is deleted then would be missed.
_SUSPICIOUS: Final = 20

_IS_PLANNED = text(
    "select exists (select from job where kind = 'intake.sweep' and done_at is null)"
)
_JOBS = text("""
delete from job where id in (
    select id from job where done_at < :before and not dead limit :limit) returning id
""")
_DELIVERIES = text("""
delete from webhook_delivery where created_at < :before and state <> 'waiting'
""")
_UPLOADS = text("""
delete from blob where created_at < :before
   and not exists (select from file where file.blob = blob.sha256)
   and not exists (select from draft_file where draft_file.blob = blob.sha256)
   and not exists (select from template_file where template_file.blob = blob.sha256)
 returning sha256
""")
_NAMED = text("select blob from spool where store = :store and blob = any(:names)")
_HOUSE = text("select value ->> 'id' from setting where key = 'house'")
_PROGRESS = text("select value from setting where key = 'swept'")


async def plan_sweep(db: Writer, now: datetime) -> None:
    """See to it that the next sweep is planned, once."""
    if not await db.scalar(_IS_PLANNED):
        await _plan(db, now + _SOON)


async def _plan(db: Writer, when: datetime) -> None:
    await enqueue(db, "intake.sweep", key=f"intake.sweep:{when.date()}", run_at=when)


async def _plan_again(db: Writer, _args: dict[str, Any], _reason: str) -> None:
    await _plan(db, utcnow() + timedelta(days=1))


@job("intake.sweep", retry=INTAKE, give_up=_plan_again)
async def sweep(db: Writer, context: Context, **_: Any) -> None:
    """Sweep the database, start sweeping where raw mail lies, and plan tomorrow's sweep."""
    now = utcnow()
    jobs, uploads = await sweep_database(db, now=now)
    log.info("sweep.done", jobs=jobs, uploads=uploads)
    if context.settings.blobs:
        await enqueue(db, "intake.sweep_blobs")
    await _plan(db, now + timedelta(days=1))


@job("intake.sweep_blobs", retry=INTAKE)
async def sweep_blobs(db: Writer, context: Context, **_: Any) -> None:
    """Sweep the oldest day of the place of raw mail that was not swept yet; then comes the next."""
    if not context.settings.blobs:
        return
    try:
        if await sweep_day(db, place(context.settings.blobs), now=utcnow()):
            await enqueue(db, "intake.sweep_blobs")
    except OutOfReach as error:
        log.warning("sweep.out_of_reach", reason=error.public)  # tomorrow is another day


@job("intake.forget_blob", retry=MAIL)
async def forget_blob(db: Writer, context: Context, *, store: str, blob: str, **_: Any) -> None:
    """Delete the blob of a deleted row, unless another row has the same."""
    del context
    if not await _named(db, store, [blob]):
        await place(store).delete([blob])


async def sweep_database(db: Writer, *, now: datetime) -> tuple[int, int]:
    """Delete done jobs and uploads that nobody uses; how many of each."""
    await db.execute(_DELIVERIES, {"before": now - MONTH})
    uploads = len((await db.execute(_UPLOADS, {"before": now - WEEK})).all())
    jobs = 0
    for _ in range(_MOST_BATCHES):
        values = {"before": now - WEEK, "limit": _BATCH}
        jobs += (found := len((await db.execute(_JOBS, values)).all()))
        if found < _BATCH:
            break
    return jobs, uploads


async def sweep_day(db: Writer, blobs: Blobs, *, now: datetime) -> date | None:
    """Delete a past day's blobs that no row names; which day, None when all were swept.

    Raises OutOfReach; then that day is swept another time.
    """
    house = await db.scalar(_HOUSE)
    if house is None:
        return None
    after = await _swept(db, blobs.url)
    days = filter(None, map(day_of, await blobs.names(house)))
    day = min((one for one in days if after < one < (now - WEEK).date()), default=None)
    if day is None:
        return None
    names = await blobs.names(f"{house}/{day}")
    named = await _named(db, blobs.url, names)
    strays = [name for name in names if name not in named]
    if len(strays) > max(_SUSPICIOUS, len(names) // 2):
        log.error("sweep.refused", store=blobs.url, day=str(day), strays=len(strays))
    elif strays:
        await blobs.delete(strays)
        log.info("sweep.blobs", store=blobs.url, day=str(day), strays=len(strays))
    await _note(db, blobs.url, day)
    return day


async def _named(db: Reader | Writer, store: str, names: list[str]) -> set[str]:
    found: set[str] = set()
    for begin in range(0, len(names), _BATCH):
        some = names[begin : begin + _BATCH]
        found |= set(await db.scalars(_NAMED, {"store": store, "names": some}))
    return found


async def _swept(db: Writer, store: str) -> date:
    noted = await db.scalar(_PROGRESS) or {}
    return date.fromisoformat(noted["day"]) if noted.get("store") == store else date.min


async def _note(db: Writer, store: str, day: date) -> None:
    row = insert(Setting).values(key=_KEY, value={"store": store, "day": str(day)})
    await db.execute(
        row.on_conflict_do_update(index_elements=["key"], set_={"value": row.excluded.value})
    )
