"""The database: sessions that read, and sessions that write, each of which is one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Final, NewType, TypeVar

import asyncpg
from asyncpg import PostgresError
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import greenlet_spawn

from inbox.errors import Unavailable

Found = TypeVar("Found")
Reader = NewType("Reader", AsyncSession)
Writer = NewType("Writer", AsyncSession)
# Under this key of a session's `info` stands the newest event that it has written.
RECORDED: Final = "recorded"
# Under this one, what a session that only reads has read once and need not ask for again.
KNOWN: Final = "known"
# And its driver's connection, which is one and the same until it ends.
DRIVER: Final = "driver"
_CUT_OFF: Final = (
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
)
_LOST: Final = (OSError, *_CUT_OFF, asyncpg.OperatorInterventionError)
# And under this one by which way what it does was asked for: see Event.via.
VIA: Final = "via"
# And under this one what an event says of the one that it undoes: its number, and its name.
UNDOES: Final = "undoes"


class Database:
    """One pool of connections. Sessions commit at the end of `write()`, and only there.

    `settings` are PostgreSQL's own, for every connection of the pool. `via`: by which way people
    ask for what is written, where that is the same for all of it.
    """

    def __init__(
        self,
        url: str,
        *,
        pool: int = 5,
        overflow: int = 0,
        settings: Mapping[str, str] | None = None,
        via: str = "",
    ) -> None:
        self.url = url
        self.engine: AsyncEngine = create_async_engine(
            async_url(url),
            pool_size=pool,
            max_overflow=overflow,
            pool_timeout=20,
            pool_pre_ping=False,
            pool_use_lifo=True,
            hide_parameters=True,  # the text of a mail, in what an error says and our log keeps
            connect_args={
                "timeout": 10,
                "server_settings": {"application_name": "inbox", "jit": "off", **(settings or {})},
            },
        )
        self._session = async_sessionmaker(self.engine, expire_on_commit=False, info={VIA: via})
        # At READ COMMITTED each statement sees what is committed when it begins, in a transaction
        # or out of it: whoever only reads is spared two round trips.
        self._reading = async_sessionmaker(
            self.engine.execution_options(isolation_level="AUTOCOMMIT"), expire_on_commit=False
        )

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Reader]:
        """A session that only reads; each statement is a transaction of its own.

        Raises Unavailable when the database cannot be reached.
        """
        async with self._open(self._reading) as session:
            session.info[KNOWN] = {}
            raw = await (await session.connection()).get_raw_connection()
            session.info[DRIVER] = raw.driver_connection
            yield Reader(session)

    @asynccontextmanager
    async def beside(
        self, db: Reader, ask: Callable[[Reader], Awaitable[Found]]
    ) -> AsyncIterator[Callable[[], Awaitable[Found]]]:
        """Ask at the same time on another connection, while the block asks on `db`; it calls what
        it is given once, for the answer. Where few are free, that is when it is asked for, on `db`.

        So nobody who has a connection waits for a second one that others have who wait as well.
        """
        if not self._has_room():
            yield partial(ask, db)
            return
        asking = asyncio.create_task(self._alone(ask))
        try:
            yield lambda: asking
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)

    async def _alone(self, ask: Callable[[Reader], Awaitable[Found]]) -> Found:
        async with self.read() as db:
            return await ask(db)

    def _has_room(self) -> bool:
        pool = self.engine.pool
        return isinstance(pool, QueuePool) and pool.checkedout() * 2 <= pool.size()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Writer]:
        """A transaction that commits when the block ends without an error, else rolls back."""
        async with self._open(self._session) as session:
            yield Writer(session)
            await session.commit()

    @asynccontextmanager
    async def driver(self) -> AsyncIterator[Any]:
        """The driver's own connection, for a statement that is a transaction by itself.

        Raises Unavailable when the database cannot be reached, or is lost meanwhile.
        """
        try:
            pooled = await self.engine.raw_connection()
        except (OSError, TimeoutError, PoolTimeout, PostgresError, DBAPIError) as error:
            raise Unavailable from error
        try:
            yield pooled.driver_connection
        except _LOST as error:
            await greenlet_spawn(pooled.invalidate)
            await self._forget_connections()
            raise Unavailable from error
        finally:
            await greenlet_spawn(pooled.close)

    async def close(self) -> None:
        """Give back every connection."""
        await self.engine.dispose()

    @asynccontextmanager
    async def _open(self, make: async_sessionmaker[AsyncSession]) -> AsyncIterator[AsyncSession]:
        try:
            async with make() as session:
                await self._connect(session)
                yield session
        except DBAPIError as error:
            if error.connection_invalidated or isinstance(error, InterfaceError):
                await self._forget_connections()
                raise Unavailable from error
            raise
        except _CUT_OFF as error:  # by a statement that goes to the driver itself
            await self._forget_connections()
            raise Unavailable from error

    async def _connect(self, session: AsyncSession) -> None:
        # Here and not at the first statement, so that an OSError of the block's own work (a relay
        # that refuses, say) is never taken for a missing database.
        try:
            await session.connection()
        except (OSError, TimeoutError, PoolTimeout) as error:
            raise Unavailable from error
        except (PostgresError, DBAPIError) as error:  # starting up, shutting down, too many of us
            raise Unavailable from error

    async def _forget_connections(self) -> None:
        # After a restart of PostgreSQL every pooled connection is dead; without this each one
        # would cost a failed transaction before it is noticed.
        await self.engine.dispose(close=False)


@asynccontextmanager
async def one_transaction(db: Reader | Writer) -> AsyncIterator[None]:
    """What the block asks is one transaction, also in a session that only reads.

    For a cursor, and for settings that hold until its end.
    """
    adapted: Any = await (await db.connection()).get_raw_connection()
    connection = adapted.driver_connection
    if not adapted.dbapi_connection.autocommit or connection.is_in_transaction():
        yield
        return
    async with connection.transaction(readonly=True):
        yield


def plain_url(url: str, *, hidden: bool = False) -> str:
    """A URL as asyncpg wants it, or as it may be shown: with its password `hidden`."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=hidden)


def async_url(url: str) -> URL:
    """A `postgresql://` URL for SQLAlchemy's asyncpg, also with a Unix socket in `?host=`."""
    return make_url(url).set(drivername="postgresql+asyncpg")
