"""Whole rows as the objects of their table, for pages that only look at them.

A page that is a conversation reads eight tables so. By the session each costs twice what its answer
does; what a session keeps of its objects is of use to who changes them.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm.instrumentation import manager_of_class

from inbox.store.engine import DRIVER, Reader, Writer
from inbox.store.statement import Statement
from inbox.store.tables.row import Row

Kind = TypeVar("Kind", bound=Row)


class Objects(Generic[Kind]):
    """A query, made once, of whole rows of a table, which are read as its objects.

    Who only reads gets objects that no session knows of; who writes, those of the session.
    """

    def __init__(self, kind: type[Kind], query: Select[Kind]) -> None:
        self._query = query
        self._statement = Statement.of(query)
        self._new = manager_of_class(kind).new_instance

    async def all(self, db: Reader | Writer, **values: Any) -> list[Kind]:
        """Every row, in order."""
        if DRIVER not in db.info:
            return list(await db.scalars(self._query, values))
        return [self._object(row) for row in await self._statement.rows(db, **values)]

    async def first(self, db: Reader | Writer, **values: Any) -> Kind | None:
        """The only row that can be, if it is."""
        return next(iter(await self.all(db, **values)), None)

    def _object(self, row: Any) -> Kind:
        found: Kind = self._new()
        found.__dict__.update(row.items())
        return found
