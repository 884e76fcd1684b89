"""What is gathered for one job is all there, whenever it comes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from inbox.jobs import queue
from inbox.jobs.gather import gather
from inbox.jobs.queue import LeaseLost
from inbox.store.engine import Database


async def adds(database: Database, *items: str) -> None:
    async with database.write() as db:
        at = await db.scalar(select(func.now()))
        assert isinstance(at, datetime)
        given = [{"item": one} for one in items]
        await gather(db, "test.gathered", given, key="k", run_at=at, most=3)


def items(args: dict[str, Any]) -> list[str]:
    return [one["item"] for one in args["further"]]


async def test_what_comes_while_it_is_done_is_done_too(database: Database) -> None:
    await adds(database, "a")
    [early] = await queue.claim(database, limit=1)
    assert items(early.args) == ["a"]
    await adds(database, "b")
    with pytest.raises(LeaseLost):
        async with database.write() as db:
            await queue.finish(db, early)
    [whole] = await queue.claim(database, limit=1)
    assert items(whole.args) == ["a", "b"]


async def test_of_too_many_the_first_are_kept(database: Database) -> None:
    for one in "abcde":
        await adds(database, one)
    [job] = await queue.claim(database, limit=1)
    assert items(job.args) == ["a", "b", "c"]


async def test_one_that_gathered_nothing_yet_does_from_now_on(database: Database) -> None:
    async with database.write() as db:
        await queue.enqueue(db, "test.gathered", key="k")
    await adds(database, "a")
    [job] = await queue.claim(database, limit=1)
    assert items(job.args) == ["a"]
