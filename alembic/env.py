"""Runs migrations on a connection that `inbox.store.migrate` (or the command line) hands over."""

from __future__ import annotations

import asyncio
import os

from alembic import context
from sqlalchemy import Connection, pool
from sqlalchemy.ext.asyncio import create_async_engine

from inbox.store.engine import async_url
from inbox.store.tables import Row


def run(connection: Connection) -> None:
    """All migrations in one transaction: a failure half-way leaves what was there."""
    context.configure(
        connection=connection, target_metadata=Row.metadata, transaction_per_migration=False
    )
    with context.begin_transaction():
        context.run_migrations()


async def from_command_line() -> None:
    """For `alembic revision --autogenerate` by hand, with INBOX_DATABASE_URL set."""
    engine = create_async_engine(
        async_url(os.environ["INBOX_DATABASE_URL"]), poolclass=pool.NullPool
    )
    async with engine.connect() as connection:
        await connection.run_sync(run)
        await connection.commit()
    await engine.dispose()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    asyncio.run(from_command_line())
