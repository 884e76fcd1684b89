"""Sessions commit at the end of a block, or not at all."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from inbox.errors import Unavailable
from inbox.store.engine import Database
from inbox.store.tables import Setting


async def test_a_write_block_commits_at_its_end(database: Database) -> None:
    async with database.write() as db:
        db.add(Setting(key="colour", value={"is": "green"}))
    async with database.read() as db:
        assert (await db.scalars(select(Setting.key))).all() == ["colour"]


async def test_an_error_leaves_nothing_behind(database: Database) -> None:
    with pytest.raises(ValueError, match="on purpose"):
        async with database.write() as db:
            db.add(Setting(key="colour", value={}))
            await db.flush()
            raise ValueError("on purpose")
    async with database.read() as db:
        assert (await db.scalars(select(Setting.key))).all() == []


async def test_an_absent_server_is_unavailable_and_names_no_internals() -> None:
    nowhere = Database("postgresql://nobody:secret@127.0.0.1:9/none")
    with pytest.raises(Unavailable) as caught:
        async with nowhere.read():
            pass
    assert "secret" not in str(caught.value)
    await nowhere.close()


async def test_an_oserror_of_the_work_itself_is_not_taken_for_a_missing_database(
    database: Database,
) -> None:
    with pytest.raises(ConnectionRefusedError):
        async with database.write():
            raise ConnectionRefusedError
