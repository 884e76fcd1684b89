"""The job that keeps the index of words: by itself, behind the mail, and without a gap."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import func, select, update

from inbox.intake.indexing import plan_indexing
from inbox.jobs.queue import enqueue, hurry
from inbox.jobs.worker import Worker
from inbox.settings import Settings
from inbox.store.engine import Database
from inbox.store.tables import Job, Message, MessageWords, Setting
from inbox.store.words import index_some
from tests.http.company import Company
from tests.polling import eventually

NOW = datetime.now(UTC)


async def waiting(database: Database) -> list[tuple[str | None, bool]]:
    async with database.read() as db:
        query = select(Job.key, Job.run_at > func.now()).where(Job.done_at.is_(None))
        rows = await db.execute(query.where(Job.kind == "search.index"))
        return [(row[0], row[1]) for row in rows]


async def indexed(database: Database) -> int:
    async with database.read() as db:
        return await db.scalar(select(func.count()).select_from(MessageWords)) or 0


async def test_it_goes_on_by_itself_and_lets_mail_go_first(database: Database) -> None:
    company = Company(database, Settings(), NOW)
    support = await company.mailbox("support@us.example", "Support")
    await company.receives(support)
    worker = Worker(company.context, concurrency=1)
    async with database.write() as db:
        await db.execute(update(Job).values(done_at=func.now()))  # what the mail asks for
        await plan_indexing(db)
        await plan_indexing(db)
        # Mail goes first for a quarter of an hour, and NOW may be older than that.
        db.add(Setting(key="search", value=_progress(datetime.now(UTC))))
        await enqueue(
            db, "intake.process", key="mail", run_at=NOW - timedelta(seconds=9), spool_id=0
        )
        await db.execute(
            update(Job).where(Job.key == "mail").values(leased_until=NOW + timedelta(hours=1))
        )
    await worker.run_due()
    assert await indexed(database) == 0
    assert await waiting(database) == [("search.index:0", True)]
    async with database.write() as db:
        await db.execute(update(Job).where(Job.key == "mail").values(done_at=func.now()))
        await db.execute(update(Job).values(run_at=func.now()))
    await worker.run_due()
    assert await indexed(database) == 1
    assert await waiting(database) == [("search.index:1", True)]  # looks again soon


async def test_an_event_brings_it_forward(database: Database) -> None:
    company = Company(database, Settings(), NOW)
    support = await company.mailbox("support@us.example", "Support")
    async with database.write() as db:
        await plan_indexing(db)
    worker, stop = Worker(company.context, concurrency=1), asyncio.Event()
    await worker.run_due()
    async with database.write() as db:  # nothing else brings it about
        later = func.now() + timedelta(seconds=100)
        await db.execute(update(Job).where(Job.kind == "search.index").values(run_at=later))
    working = asyncio.create_task(worker.run(stop))
    await company.receives(support)

    async def is_found() -> bool:
        return await indexed(database) == 1

    await eventually(is_found)
    stop.set()
    await working


@pytest.mark.parametrize(("later", "error"), [(60, "it failed"), (600, None)])
async def test_what_fails_waits_by_its_plan_whatever_happens(
    database: Database, later: int, error: str | None
) -> None:
    async with database.write() as db:
        await plan_indexing(db)
        at = func.now() + timedelta(seconds=later)
        await db.execute(update(Job).values(run_at=at, error=error))
    await hurry(database, ["search.index"])
    async with database.read() as db:
        assert not list(await db.scalars(select(Job).where(Job.run_at <= func.now())))


async def test_what_is_committed_late_is_not_passed_over(database: Database) -> None:
    company = Company(database, Settings(), NOW)
    support = await company.mailbox("support@us.example", "Support")
    home = await company.receives(support)

    async def index(later: int) -> int:
        async with database.write() as db:
            return await index_some(db, now=NOW + timedelta(minutes=later))

    async with database.write() as slow:
        slow.add(_entry(home, "slow"))
        await slow.flush()
        async with database.write() as quick:
            quick.add(_entry(home, "fast"))
        assert await index(0) == 2
        assert [await index(later) for later in (2, 4, 6)] == [0, 0, 0]
    assert await index(8) == 1
    minutes = count(10, 2)

    async def is_passed() -> bool:
        assert await index(next(minutes)) == 0
        async with database.read() as reader:
            newest = await reader.scalar(select(func.max(Message.id)))
            progress = await reader.scalar(select(Setting.value).where(Setting.key == "search"))
        assert progress is not None
        return bool(progress["up"] == newest)

    # Not at once: what is under way in other databases of the server holds the horizon as well.
    await eventually(is_passed)


def _entry(home: int, words: str) -> Message:
    return Message(
        conversation_id=home,
        kind="note",
        visibility="internal",
        author_kind="agent",
        received_at=NOW,
        text=words,
        identity=words.encode(),
    )


def _progress(at: datetime) -> dict[str, Any]:
    begun = {"version": 1, "up": 0, "down": 0, "seen": 0, "horizon": "0"}
    return {**begun, "at": at.isoformat()}
