"""SQL for the way that every mail takes: straight to the driver, within the session's transaction.

SQLAlchemy adds two thirds to the cost of a short statement. That buys nothing where the text is
fixed, its values are plain, and nobody reads rows as objects; anywhere else use the session.
"""

from __future__ import annotations

import re
from typing import Any

from inbox.store.engine import Database, Reader, Writer

_NAME = re.compile(r"(?<!:):([a-z_]+)")


class Statement:
    """A fixed statement with `:names`, each of one type wherever it stands."""

    def __init__(self, sql: str) -> None:
        self._names = tuple(dict.fromkeys(_NAME.findall(sql)))
        places = {name: f"${place}" for place, name in enumerate(self._names, 1)}
        self.sql = _NAME.sub(lambda found: places[found[1]], sql)

    async def rows(self, db: Reader | Writer, **values: Any) -> list[Any]:
        """Run it; rows are read by name (`row["id"]`). JSON goes in as text, comes out decoded."""
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
        return list(await connection.fetch(self.sql, *[values[name] for name in self._names]))
