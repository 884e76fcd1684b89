"""The migrations make exactly the tables that the program is written for, and can be undone."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection
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
