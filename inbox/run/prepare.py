"""Before any role starts: the database answers, keeps what it is given, and has our schema."""

from __future__ import annotations

from dataclasses import dataclass

import asyncpg
from alembic.util import CommandError

from inbox.clock import utcnow
from inbox.errors import ConfigError
from inbox.intake.indexing import plan_indexing
from inbox.intake.sweep import plan_sweep
from inbox.outbound.queue import plan_waiting
from inbox.reports.counting import plan_counting
from inbox.settings import Settings
from inbox.store import migrate
from inbox.store.blobs import check, place
from inbox.store.engine import Database, plain_url
from inbox.store.secrets import ensure_secret

OLDEST_SERVER = 14
_UNREACHABLE = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
# With one of these off, a power cut loses mail that we have said 250 to.
_MUST_BE_ON = ("fsync", "full_page_writes", "synchronous_commit")


@dataclass(frozen=True, slots=True)
class Server:
    """What a PostgreSQL server says of itself."""

    version: str
    number: int
    off: tuple[str, ...]


async def prepare(url: str, settings: Settings, *, may_migrate: bool) -> None:
    """Check the server and where raw mail is to lie, bring the schema up to date, plan what waits.

    Raises ConfigError.
    """
    check_server(await look_at(url))
    if settings.blobs:
        await check(place(settings.blobs))
    await _bring_up_to_date(url, may_migrate=may_migrate)
    database = Database(url, pool=1)
    try:
        async with database.write() as db:
            await ensure_secret(db)
            await plan_sweep(db, utcnow())
            await plan_indexing(db)
            await plan_counting(db, utcnow())
            if settings.relay_url:
                await plan_waiting(db)
    finally:
        await database.close()


async def ensure_schema(url: str) -> None:
    """Make the schema in an empty database; an older one is refused. Raises ConfigError."""
    await _bring_up_to_date(url, may_migrate=await is_empty(url))


async def is_empty(url: str) -> bool:
    """Whether no schema of ours was ever made there. Raises ConfigError."""
    try:
        connection = await asyncpg.connect(plain_url(url), timeout=10)
    except _UNREACHABLE as error:
        raise _unreachable(url, error) from error
    try:
        return bool(await connection.fetchval("select to_regclass('alembic_version') is null"))
    finally:
        await connection.close(timeout=5)


async def look_at(url: str) -> Server:
    """Ask a server what it is and what is off that must be on. Raises ConfigError."""
    try:
        connection = await asyncpg.connect(plain_url(url), timeout=10)
    except _UNREACHABLE as error:
        raise _unreachable(url, error) from error
    try:
        values = {name: await connection.fetchval(f"show {name}") for name in _MUST_BE_ON}
        return Server(
            version=str(await connection.fetchval("show server_version")),
            number=int(await connection.fetchval("show server_version_num")),
            off=tuple(name for name, value in values.items() if value == "off"),
        )
    finally:
        await connection.close(timeout=5)


def check_server(server: Server) -> None:
    """Raises ConfigError for a server on which mail would not be safe."""
    if server.number < OLDEST_SERVER * 10_000:
        raise ConfigError(
            f"the database is PostgreSQL {server.version}; {OLDEST_SERVER} or newer is needed"
        )
    if server.off:
        raise ConfigError(
            f"the database has {' and '.join(server.off)} turned off, so a power cut would lose "
            "mail that was accepted: turn it on in postgresql.conf"
        )


async def _bring_up_to_date(url: str, *, may_migrate: bool) -> None:
    try:
        if may_migrate:
            await migrate.migrate(url)
        elif not await migrate.is_current(url):
            raise ConfigError("the database has another schema than this program: inbox migrate")
    except CommandError as error:
        raise ConfigError(
            f"the database was made by a newer version of this program ({error}): update it"
        ) from error


def _unreachable(url: str, error: Exception) -> ConfigError:
    why = getattr(error, "strerror", None) or str(error) or "it does not answer"
    where = plain_url(url, hidden=True)
    return ConfigError(f"the database {where} cannot be reached ({why}); check INBOX_DATABASE_URL")
