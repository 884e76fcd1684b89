"""Sessions commit at the end of a block, or not at all."""

from __future__ import annotations

import asyncio
import struct

import pytest
from sqlalchemy import select, text

from inbox.errors import Unavailable
from inbox.store.engine import Database, Reader, one_transaction
from inbox.store.statement import Statement
from inbox.store.tables import Setting

_SSL_REQUEST = 80877103


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


async def test_what_holds_until_the_end_of_a_transaction_holds_in_one(database: Database) -> None:
    async with database.read() as db:
        async with one_transaction(db), one_transaction(db):
            await db.execute(text("select set_config('enable_seqscan', 'off', true)"))
            assert await db.scalar(text("show enable_seqscan")) == "off"
            rows = await db.stream(text("select generate_series(1, 3) as n"))
            assert [row.n async for row in rows] == [1, 2, 3]
        assert await db.scalar(text("show enable_seqscan")) == "on"
    async with database.write() as writer, one_transaction(writer):
        writer.add(Setting(key="colour", value={}))
    async with database.read() as db:
        assert (await db.scalars(select(Setting.key))).all() == ["colour"]


_WHO = Statement("select pg_backend_pid() as pid")


async def _who(db: Reader) -> int:
    return int((await _WHO.rows(db))[0]["pid"])


@pytest.mark.parametrize(("size", "is_another"), [(4, True), (1, False)])
async def test_what_is_asked_beside_waits_for_no_second_connection(
    database: Database, size: int, is_another: bool
) -> None:
    small = Database(database.url, pool=size)
    async with small.read() as db, small.beside(db, _who) as ask:
        mine = await _who(db)
        assert (await ask() != mine) is is_another
    await small.close()


async def test_an_error_ends_what_is_asked_beside(database: Database) -> None:
    asked: list[str] = []

    async def long(db: Reader) -> None:
        asked.append("begun")
        try:
            await db.execute(text("select pg_sleep(600)"))
        finally:
            asked.append("ended")

    with pytest.raises(ValueError, match="on purpose"):
        async with database.read() as db, database.beside(db, long):
            while not asked:
                await asyncio.sleep(0)
            raise ValueError("on purpose")
    assert asked == ["begun", "ended"]
    async with database.read() as db:
        assert await _who(db)


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


async def test_whoever_asks_the_driver_itself_is_told_that_the_server_is_gone(
    own_database: Database,
) -> None:
    """And after its restart nobody is given a connection of before."""
    gone = Statement("select pg_terminate_backend(pg_backend_pid())")
    there = Statement("select 1 as one")
    with pytest.raises(Unavailable):
        async with own_database.read() as db:
            await gone.rows(db)
    async with own_database.read() as db:
        assert (await there.rows(db))[0]["one"] == 1
    with pytest.raises(Unavailable):
        await gone.at_once(own_database)
    assert (await there.at_once(own_database))[0]["one"] == 1


async def test_a_server_that_is_still_starting_up_is_unavailable() -> None:
    """It takes connections before it takes work, and says so in the middle of connecting."""

    async def start_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        size, code = struct.unpack("!ii", await reader.readexactly(8))
        if code == _SSL_REQUEST:
            writer.write(b"N")
            (size,) = struct.unpack("!i", await reader.readexactly(4))
            await reader.readexactly(size - 4)
        fields = b"SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0"
        writer.write(b"E" + struct.pack("!i", len(fields) + 4) + fields)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(start_up, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    starting = Database(f"postgresql://inbox@127.0.0.1:{port}/inbox")
    async with server:
        with pytest.raises(Unavailable):
            async with starting.write():
                pass
        await starting.close()
