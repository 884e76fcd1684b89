"""Statements straight to the driver: within the session's transaction, or as one of their own."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from inbox.store.engine import Database
from inbox.store.statement import Statement
from inbox.store.tables import Setting

KEEP = Statement("insert into setting (key, value) values (:key, '{}') returning key")


async def kept(database: Database) -> int:
    async with database.read() as db:
        return await db.scalar(select(func.count()).select_from(Setting)) or 0


async def test_it_belongs_to_the_transaction(database: Database) -> None:
    with pytest.raises(RuntimeError):
        async with database.write() as db:
            assert [row["key"] for row in await KEEP.rows(db, key="a")] == ["a"]
            raise RuntimeError
    assert await kept(database) == 0
    async with database.write() as db:
        await KEEP.rows(db, key="a")
    assert await kept(database) == 1


async def test_alone_it_is_committed_when_it_is_done(database: Database) -> None:
    with pytest.raises(RuntimeError):
        async with database.write() as db:
            await KEEP.alone(db, key="a")
            raise RuntimeError
    assert await kept(database) == 1


async def test_after_another_statement_it_is_part_of_what_that_began(database: Database) -> None:
    with pytest.raises(RuntimeError):
        async with database.write() as db:
            await KEEP.rows(db, key="a")
            await KEEP.alone(db, key="b")
            raise RuntimeError
    assert await kept(database) == 0
