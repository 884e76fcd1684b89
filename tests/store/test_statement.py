"""Statements straight to the driver: within the session's transaction, or as one of their own."""

from __future__ import annotations

import pytest
from asyncpg import UniqueViolationError
from sqlalchemy import bindparam, func, select

from inbox.errors import Unavailable
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


async def test_at_once_it_is_committed_when_it_is_done(database: Database) -> None:
    assert [row["key"] for row in await KEEP.at_once(database, key="a")] == ["a"]
    assert await kept(database) == 1
    with pytest.raises(UniqueViolationError):
        await KEEP.at_once(database, key="a")


async def test_a_connection_that_was_lost_is_not_used_again(own_database: Database) -> None:
    with pytest.raises(Unavailable):
        await Statement("select pg_terminate_backend(pg_backend_pid())").at_once(own_database)
    await KEEP.at_once(own_database, key="a")
    assert await kept(own_database) == 1


async def test_a_value_that_is_forgotten_is_no_null(database: Database) -> None:
    named = Statement.of(select(Setting.key).where(Setting.key == bindparam("key")).limit(1))
    await KEEP.at_once(database, key="a")
    assert [row["key"] for row in await named.at_once(database, key="a")] == ["a"]
    with pytest.raises(KeyError):
        await named.at_once(database)
