"""A database for one command: the outside one, or the embedded one, running meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from inbox.log import configure
from inbox.settings import Settings, load
from inbox.store.engine import Database, Reader, Writer

_Found = TypeVar("_Found")
Work = Callable[[Database, Settings], Awaitable[_Found]]


def on_database(config: Path | None, work: Work[_Found]) -> _Found:
    """What `work` gives, done on a database with our schema. Raises ConfigError."""
    from inbox.store.embedded import database_url

    settings = load(config)
    configure(settings.log_style, "WARNING")
    with database_url(settings) as url:
        return asyncio.run(_work(url, settings, work))


def reading(config: Path | None, work: Callable[[Reader], Awaitable[_Found]]) -> _Found:
    """What `work` reads. Raises ConfigError."""

    async def read(database: Database, _settings: Settings) -> _Found:
        async with database.read() as db:
            return await work(db)

    return on_database(config, read)


def writing(config: Path | None, work: Callable[[Writer], Awaitable[_Found]]) -> _Found:
    """What `work` gives, committed when it has ended well. Raises ConfigError."""

    async def write(database: Database, _settings: Settings) -> _Found:
        async with database.write() as db:
            return await work(db)

    return on_database(config, write)


async def _work(url: str, settings: Settings, work: Work[_Found]) -> _Found:
    from inbox.run.prepare import ensure_schema

    await ensure_schema(url)
    database = Database(url, pool=2, via="command")
    try:
        return await work(database, settings)
    finally:
        await database.close()
