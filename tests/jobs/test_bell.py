"""Who commits all the time keeps quiet meanwhile, and is heard all the same."""

from __future__ import annotations

import asyncio
import operator
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest
from sqlalchemy import func, select

from inbox.errors import Unavailable
from inbox.jobs import queue
from inbox.jobs.bell import EVENTS, JOBS, QUIET, Bell
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import NEVER
from inbox.jobs.wake import Listener
from inbox.jobs.worker import Worker
from inbox.settings import Settings
from inbox.store.engine import RECORDED, Database, Writer
from tests.jobs.test_worker import marks
from tests.polling import eventually, holds


@job("test.news", retry=NEVER)
async def news(db: Writer, context: Context, **args: Any) -> None:
    """Something happens."""
    db.info[RECORDED] = args["event"]


class Ringing:
    """What a bell has said."""

    def __init__(self, error: Exception | None = None) -> None:
        self.said: list[tuple[str, str]] = []
        self.error = error

    async def __call__(self, channel: str, what: str) -> None:
        """Say it, or be unable to."""
        self.said.append((channel, what))
        if self.error:
            raise self.error


async def test_the_first_ring_is_heard_at_once_and_the_next_ones_together() -> None:
    ringing = Ringing()
    bell = Bell(JOBS, ringing, operator.add)

    bell.ring(1)
    await asyncio.sleep(0)
    assert ringing.said == [(JOBS, "1")]
    for _ in range(7):
        bell.ring(1)
        await asyncio.sleep(0)
    assert ringing.said == [(JOBS, "1")]
    await bell.close()

    assert ringing.said == [(JOBS, "1"), (JOBS, "7")]


async def test_what_is_being_said_when_it_closes_is_said_to_the_end() -> None:
    heard: list[str] = []
    may_speak = asyncio.Event()

    async def slowly(_channel: str, what: str) -> None:
        await may_speak.wait()
        heard.append(what)

    bell = Bell(JOBS, slowly, operator.add)
    bell.ring(2)
    await asyncio.sleep(0)
    bell.ring(3)
    closing = asyncio.create_task(bell.close())
    await asyncio.sleep(0)
    may_speak.set()
    await closing

    assert heard == ["2", "3"]


async def test_it_goes_on_after_a_ring_that_nobody_could_hear() -> None:
    ringing = Ringing(Unavailable())
    bell = Bell(EVENTS, ringing, max)

    bell.ring(3)
    await holds(lambda: len(ringing.said) == 1)
    bell.ring(5)
    bell.ring(4)
    await holds(lambda: len(ringing.said) == 2)
    await bell.close()

    assert ringing.said == [(EVENTS, "3"), (EVENTS, "5")]


@pytest.mark.database
@pytest.mark.parametrize("quiet", [False, True])
async def test_a_quiet_connection_says_nothing_of_its_jobs(database: Database, quiet: bool) -> None:
    asking = Database(database.url, pool=1, settings=QUIET if quiet else {})
    async with _hearing(database, JOBS) as heard:
        async with asking.write() as db:
            await queue.enqueue(db, "test.mark", name="a")
        async with database.write() as db:
            await db.execute(select(func.pg_notify(JOBS, "the end")))
        await holds(lambda: "the end" in heard)
    await asking.close()

    assert (heard == ["the end"]) is quiet


@pytest.mark.database
async def test_a_quiet_worker_tells_of_its_work_and_of_its_news(database: Database) -> None:
    quiet = Database(database.url, pool=2, settings=QUIET)
    worker = Worker(Context(settings=Settings(), database=quiet, secret=b"s" * 32), concurrency=1)
    stop = asyncio.Event()
    async with _hearing(database, JOBS) as jobs, _hearing(database, EVENTS) as events:
        running = asyncio.create_task(worker.run(stop))
        async with database.write() as db:
            await queue.enqueue(db, "test.news", event=7)
        await holds(lambda: "0" in jobs and "7" in events)
        stop.set()
        await running
    await quiet.close()


@pytest.mark.database
async def test_a_worker_stands_back_while_mail_pours_in(database: Database) -> None:
    context = Context(settings=Settings(), database=database, secret=b"s" * 32)
    worker = Worker(context, concurrency=1, stands_back=60.0)
    stop = asyncio.Event()
    pouring = asyncio.Event()
    running = asyncio.create_task(worker.run(stop))
    connection = await asyncpg.connect(database.url)

    async def pour() -> None:
        while not stop.is_set():
            if not pouring.is_set():
                await connection.execute("select pg_notify($1, '50')", JOBS)
            await asyncio.sleep(0.02)

    await asyncio.sleep(1.5)  # who has been there for a while may stand back as long
    shower = asyncio.create_task(pour())
    await asyncio.sleep(0.3)
    async with database.write() as db:
        await queue.enqueue(db, "test.mark", name="a")
    await asyncio.sleep(0.3)
    assert await marks(database) == []
    pouring.set()
    await eventually(lambda: marks(database))
    stop.set()
    await asyncio.gather(running, shower)
    await connection.close()


@asynccontextmanager
async def _hearing(database: Database, channel: str) -> AsyncIterator[list[str]]:
    heard: list[str] = []
    stop = asyncio.Event()
    listening = asyncio.create_task(Listener(database.url, {channel: heard.append}).run(stop))
    await holds(lambda: heard == [""])
    heard.clear()
    yield heard
    stop.set()
    await listening
