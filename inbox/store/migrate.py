"""Bring the schema to the version of this program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from inbox.store.engine import async_url

# Any number: two hosts that start at once must not migrate at once.
_LOCK = 0x1B0C5


def scripts() -> Path:
    """Where the migrations lie: beside the package in a checkout, inside it in a wheel."""
    package = Path(__file__).resolve().parent.parent
    checkout = package.parent / "alembic"
    return checkout if (checkout / "env.py").exists() else package / "_alembic"


async def migrate(url: str, revision: str = "head") -> None:
    """Apply what is missing, in one transaction; others that try meanwhile wait."""
    await _run(url, lambda config: command.upgrade(config, revision))


async def downgrade(url: str, revision: str) -> None:
    """Go back to a revision; for tests and for the way out of a failed upgrade."""
    await _run(url, lambda config: command.downgrade(config, revision))


async def is_current(url: str) -> bool:
    """True when the schema is the one this program was written for."""
    engine = create_async_engine(async_url(url), poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_at_head)
    finally:
        await engine.dispose()


async def _run(url: str, do: Callable[[Config], None]) -> None:
    def on(connection: Connection) -> None:
        config = _config()
        config.attributes["connection"] = connection
        do(config)

    engine = create_async_engine(async_url(url), poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            await connection.run_sync(on)
    finally:
        await engine.dispose()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts()))
    return config


def _at_head(connection: Connection) -> bool:
    head = ScriptDirectory.from_config(_config()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head
