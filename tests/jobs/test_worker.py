"""Jobs run once, again when they fail, and never in another's way."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from inbox.jobs import queue
from inbox.jobs.queue import LeaseLost
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import NEVER, Backoff
from inbox.jobs.worker import Worker
from inbox.store.engine import Database, Writer
from inbox.store.tables import Job, Setting
from tests.polling import ENOUGH


@job("test.mark", retry=NEVER)
async def mark(db: Writer, context: Context, **args: Any) -> None:
    """Leave a row behind."""
    db.add(Setting(key=str(args["name"]), value={}))


@job("test.fail", retry=Backoff(times=3, first=timedelta(0)))
async def fail(db: Writer, context: Context, **args: Any) -> None:
    """Leave a row behind and fail."""
    db.add(Setting(key="half", value={}))
    await db.flush()
    raise ValueError("on purpose")


async def marks(database: Database) -> list[str]:
    async with database.read() as db:
        return list(await db.scalars(select(Setting.key).order_by(Setting.key)))


async def test_a_job_runs_once(database: Database, worker: Worker) -> None:
    async with database.write() as db:
        await queue.enqueue(db, "test.mark", name="a")
    assert await worker.run_due() == 1
    assert await worker.run_due() == 0
    assert await marks(database) == ["a"]


async def test_a_job_vanishes_with_the_change_that_asked_for_it(
    database: Database, worker: Worker
) -> None:
    with pytest.raises(ValueError, match="no"):
        async with database.write() as db:
            await queue.enqueue(db, "test.mark", name="a")
            raise ValueError("no")
    assert await worker.run_due() == 0


async def test_a_failing_job_leaves_nothing_is_tried_again_and_then_kept_as_dead(
    database: Database, worker: Worker
) -> None:
    async with database.write() as db:
        await queue.enqueue(db, "test.fail")
        await queue.enqueue(db, "test.mark", name="other")
    assert await worker.run_due() == 4
    assert await marks(database) == ["other"]
    async with database.read() as db:
        dead = (await db.scalars(select(Job).where(Job.dead))).one()
    assert dead.attempts == 3
    assert dead.error == "ValueError: on purpose"


async def test_jobs_of_an_unknown_kind_are_kept_as_dead(database: Database, worker: Worker) -> None:
    async with database.write() as db:
        await queue.enqueue(db, "test.nobody")
    await worker.run_due()
    async with database.read() as db:
        assert await db.scalar(select(func.count()).select_from(Job).where(Job.dead)) == 1


@job("test.again", retry=NEVER)
async def again(db: Writer, context: Context, **args: Any) -> None:
    """Move itself to an hour from now, as an alarm clock does."""
    db.add(Setting(key="rang", value={}))
    at = await db.scalar(select(func.now()))
    assert at is not None
    await queue.enqueue(db, "test.again", key="clock", run_at=at + timedelta(hours=1))


async def test_a_job_that_is_moved_while_it_runs_waits_for_its_new_time(
    database: Database, worker: Worker
) -> None:
    async with database.write() as db:
        await queue.enqueue(db, "test.again", key="clock")
    assert await worker.run_due() == 1
    async with database.read() as db:
        waiting = (await db.scalars(select(Job).where(Job.done_at.is_(None)))).one()
        is_later = await db.scalar(select(Job.run_at > func.now()).where(Job.id == waiting.id))
    assert is_later
    assert (waiting.attempts, waiting.leased_until) == (0, None)
    assert await marks(database) == ["rang"]


@job("test.early", retry=NEVER)
async def early(db: Writer, context: Context, *, at: str, **args: Any) -> None:
    """By the clock of this host its time has not come: it is set to the same once more."""
    db.add(Setting(key="rang", value={}))
    await queue.enqueue(db, "test.early", key="clock", run_at=datetime.fromisoformat(at), at=at)


async def test_one_that_was_early_by_our_clock_is_neither_lost_nor_run_all_the_time(
    database: Database, worker: Worker
) -> None:
    async with database.write() as db:
        now = await db.scalar(select(func.now()))
        assert now is not None
        await queue.enqueue(db, "test.early", key="clock", run_at=now, at=now.isoformat())
    assert await worker.run_due() == 1
    async with database.read() as db:
        waiting = (await db.scalars(select(Job).where(Job.done_at.is_(None)))).one()
        is_soon = await db.scalar(select(Job.run_at > func.now()).where(Job.id == waiting.id))
    assert is_soon
    assert waiting.attempts == 0


async def test_of_one_key_at_most_one_job_waits_and_it_can_be_moved(
    database: Database, worker: Worker
) -> None:
    async with database.write() as db:
        now = await db.scalar(select(func.now()))
        assert now is not None
        await queue.enqueue(db, "test.mark", key="k", run_at=now + timedelta(hours=1), name="late")
        await queue.enqueue(db, "test.mark", key="k", run_at=now, name="soon")
    assert await worker.run_due() == 1
    assert await marks(database) == ["soon"]


async def test_what_a_dead_worker_held_is_taken_over_and_never_committed_twice(
    database: Database, worker: Worker
) -> None:
    async with database.write() as db:
        await queue.enqueue(db, "test.mark", name="a")
    [stale] = await queue.claim(database, limit=1)
    assert await queue.claim(database, limit=1) == []
    async with database.write() as db:
        await db.execute(update(Job).values(leased_until=func.now() - timedelta(seconds=1)))
    assert await worker.run_due() == 1
    with pytest.raises(LeaseLost):
        async with database.write() as db:
            await queue.finish(db, stale)


async def test_a_sleeping_worker_is_woken_and_stops_when_told(
    database: Database, worker: Worker
) -> None:
    stop = asyncio.Event()
    working = asyncio.create_task(worker.run(stop))
    async with database.write() as db:
        await queue.enqueue(db, "test.mark", name="a")
    async with asyncio.timeout(ENOUGH):
        while await marks(database) != ["a"]:
            await asyncio.sleep(0.01)
    stop.set()
    async with asyncio.timeout(ENOUGH):
        await working


async def test_two_workers_share_the_work_without_doing_any_twice(database: Database) -> None:
    async with database.write() as db:
        for number in range(60):
            await queue.enqueue(db, "test.mark", name=f"{number:02}")
    context = Context(settings=worker_settings(), database=database, secret=b"s")
    ran = await asyncio.gather(*(Worker(context, concurrency=2).run_due() for _ in range(4)))
    assert sum(ran) == 60
    assert len(await marks(database)) == 60


def worker_settings() -> Any:
    from inbox.settings import Settings

    return Settings()


@job("test.gather", retry=NEVER, gathers="name")
async def gather(db: Writer, context: Context, *, names: list[str]) -> None:
    """Leave one row for all."""
    if "bad" in names and len(names) > 1:
        raise ValueError("not together")
    db.add(Setting(key="+".join(names), value={}))


async def run_until(database: Database, worker: Worker, expected: list[str]) -> None:
    stop = asyncio.Event()
    working = asyncio.create_task(worker.run(stop))
    async with asyncio.timeout(ENOUGH):
        while await marks(database) != expected:
            await asyncio.sleep(0.01)
    stop.set()
    await working


async def test_jobs_that_gather_are_done_together(database: Database, worker: Worker) -> None:
    async with database.write() as db:
        for name in "abc":
            await queue.enqueue(db, "test.gather", name=name)
        await queue.enqueue(db, "test.mark", name="alone")
    await run_until(database, worker, ["a+b+c", "alone"])


async def test_what_fails_together_is_done_one_by_one(database: Database, worker: Worker) -> None:
    async with database.write() as db:
        for name in ("a", "bad", "c"):
            await queue.enqueue(db, "test.gather", name=name)
    await run_until(database, worker, ["a", "bad", "c"])


@job("test.later", retry=NEVER)
async def later(db: Writer, context: Context, **args: Any) -> None:
    """Wait for a mark of others; leave one."""
    if not await db.get(Setting, "first"):
        db.add(Setting(key="half", value={}))
        raise queue.Postponed(timedelta(milliseconds=10))
    db.add(Setting(key="later", value={}))


async def test_a_job_whose_time_has_not_come_is_put_back_and_loses_no_try(
    database: Database, worker: Worker
) -> None:
    async with database.write() as db:
        await queue.enqueue(db, "test.later")
    stop = asyncio.Event()
    working = asyncio.create_task(worker.run(stop))
    await asyncio.sleep(0.1)
    async with database.write() as db:
        await queue.enqueue(db, "test.mark", name="first")
    async with asyncio.timeout(ENOUGH):
        while await marks(database) != ["first", "later"]:
            await asyncio.sleep(0.01)
    stop.set()
    await working
