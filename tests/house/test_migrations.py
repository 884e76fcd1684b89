"""The migrations make exactly the tables that the program is written for, and can be undone."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from inbox.store.engine import Database, async_url
from inbox.store.migrate import downgrade, is_current, migrate
from inbox.store.tables import Row

pytestmark = pytest.mark.database


async def test_migrations_equal_models(database_url: str) -> None:
    assert await _differences(database_url) == []


async def test_migrations_can_be_undone_and_done_again(
    database: Database, database_url: str
) -> None:
    del database  # empties the tables afterwards, whatever happens here
    try:
        await downgrade(database_url, "base")
        assert not await is_current(database_url)
    finally:
        await migrate(database_url)
    assert await is_current(database_url)
    assert await _differences(database_url) == []


async def test_a_migration_that_fails_has_changed_nothing(
    database: Database, database_url: str
) -> None:
    """Whatever stops it, an update is tried again on what was there before."""
    del database
    plain = create_async_engine(async_url(database_url), poolclass=NullPool)
    try:
        await downgrade(database_url, "base")
        async with plain.begin() as connection:
            await connection.execute(text("create table outbound (in_the_way boolean)"))
        with pytest.raises(ProgrammingError, match="outbound"):
            await migrate(database_url)
        async with plain.connect() as connection:
            tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        assert set(tables) <= {"outbound", "alembic_version"}
    finally:
        async with plain.begin() as connection:
            await connection.execute(text("drop table if exists outbound cascade"))
        await plain.dispose()
        await migrate(database_url)
    assert await _differences(database_url) == []


async def _differences(url: str) -> list[object]:
    engine = create_async_engine(async_url(url), poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_compare)
    finally:
        await engine.dispose()


def _compare(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_server_default": True})
    return list(compare_metadata(context, Row.metadata))
