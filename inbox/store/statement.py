"""SQL for the way that every mail and every page take: straight to the driver, within the session's
transaction.

SQLAlchemy adds two thirds to the cost of a short statement. That buys nothing where the text is
fixed, its values are plain, and nobody reads rows as objects (see store.objects for those that are
only looked at); anywhere else use the session.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, Self

from sqlalchemy import ClauseElement
from sqlalchemy.dialects.postgresql import asyncpg

from inbox.store.engine import DRIVER, Database, Reader, Writer

_NAME = re.compile(r"(?<!:):([a-z_]+)")
_DIALECT: Final = asyncpg.dialect()  # type: ignore[no-untyped-call] # of the library


class Statement:
    """A fixed statement with `:names`, each of one type wherever it stands."""

    def __init__(self, sql: str) -> None:
        self._names = tuple(dict.fromkeys(_NAME.findall(sql)))
        places = {name: f"${place}" for place, name in enumerate(self._names, 1)}
        self.sql = _NAME.sub(lambda found: places[found[1]], sql)
        self._fixed: Mapping[str, Any] = {}

    @classmethod
    def of(cls, query: ClauseElement) -> Self:
        """The same of a query that is made once, where its values are bound by name."""
        compiled: Any = query.compile(dialect=_DIALECT)
        made = cls("")
        made.sql, made._names = str(compiled), tuple(compiled.positiontup)
        # Whoever calls gives all others: one that is forgotten is no NULL.
        made._fixed = {
            name: value
            for name, value in compiled.params.items()
            if not compiled.binds[name].required
        }
        return made

    async def rows(self, db: Reader | Writer, **values: Any) -> list[Any]:
        """Run it; rows are read by name (`row["id"]`). JSON goes in as text, comes out decoded."""
        if known := db.info.get(DRIVER):
            return await self._fetch(known, values)
        adapted = await (await db.connection()).get_raw_connection()
        connection: Any = adapted.driver_connection
        driver: Any = adapted.dbapi_connection
        if not driver.autocommit and not connection.is_in_transaction():
            # SQLAlchemy's driver begins with the first statement that it sees itself; what it does
            # then is done here, which spares a statement that asks for nothing.
            await driver._start_transaction()
        return await self._fetch(connection, values)

    async def at_once(self, database: Database, **values: Any) -> list[Any]:
        """Run it as a transaction of its own, committed when this returns: one round trip instead
        of three, and no session, which costs more than the statement. Raises Unavailable.
        """
        async with database.driver() as connection:
            return await self._fetch(connection, values)

    async def _fetch(self, connection: Any, values: dict[str, Any]) -> list[Any]:
        given = {**self._fixed, **values}
        return list(await connection.fetch(self.sql, *[given[name] for name in self._names]))
