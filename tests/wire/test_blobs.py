"""The receiver where raw mail lies beside the database: 250 means that both have it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import Row, text

from inbox.intake.door import SpoolDoor
from inbox.settings import Settings
from inbox.smtp_in.limits import Limits
from inbox.smtp_in.server import Server
from inbox.store.blobs import Blobs, fetch
from inbox.store.engine import Database
from tests.places import S3Server
from tests.wire.peer import MAIL, Peer


@pytest.fixture
async def port(mailboxes: Database, blobs: Blobs) -> AsyncIterator[int]:
    """A receiver that puts raw mail into the place."""
    door = SpoolDoor.of(Settings(blobs=blobs.url), mailboxes.url)
    server = Server(door, Limits(drain_seconds=2), hostname="mail.desk.example")
    yield await server.listen("127.0.0.1", 0)
    await server.stop()
    await door.close()


async def sent(port: int, mail: bytes = MAIL) -> str:
    """Send one mail; what the receiver says to it."""
    async with await Peer.connect(port) as peer:
        return await peer.send(mail)


async def rows(database: Database) -> Sequence[Row[Any]]:
    """Every spool row."""
    async with database.read() as db:
        sql = text("select raw, store, blob, head, size from spool order by id")
        return (await db.execute(sql)).all()


async def all_blobs(blobs: Blobs) -> set[str]:
    """Every blob that lies there, but for those of a check."""
    top = {house for house in await blobs.names("") if house.strip("/") != "check"}
    days = [day for house in top for day in await blobs.names(house.strip("/"))]
    return {name for day in days for name in await blobs.names(day)}


async def test_the_row_says_where_the_mail_lies(
    mailboxes: Database, port: int, blobs: Blobs
) -> None:
    assert (await sent(port)).startswith("250")
    [row] = await rows(mailboxes)
    assert (row.raw, row.store, row.size) == (None, blobs.url, len(MAIL))
    assert await fetch(row.store, row.blob) == MAIL
    assert row.head == b"From: <jane@shop.example>\r\nSubject: Boots"


async def test_repeats_are_one_row_and_one_blob(
    mailboxes: Database, port: int, blobs: Blobs
) -> None:
    replies = await asyncio.gather(*(sent(port) for _ in range(5)), *[sent(port)])
    assert {reply[:3] for reply in replies} == {"250"}
    assert len(await rows(mailboxes)) == 1
    assert len(await all_blobs(blobs)) == 1


async def test_a_database_that_refuses_leaves_a_blob_and_never_a_row_without_one(
    mailboxes: Database, port: int, blobs: Blobs
) -> None:
    owner = await asyncpg.connect(mailboxes.url)
    try:
        await owner.execute("alter table spool add constraint refuse check (size < 0)")
        assert (await sent(port)).startswith("451 4.3.0")
        assert await rows(mailboxes) == []
        assert len(await all_blobs(blobs)) == 1
    finally:
        await owner.execute("alter table spool drop constraint refuse")
        await owner.close()
    assert (await sent(port)).startswith("250")
    [row] = await rows(mailboxes)
    assert await all_blobs(blobs) == {row.blob}


@pytest.mark.parametrize("blobs", ["folder"], indirect=True)
async def test_a_folder_that_goes_away_and_comes_back(
    mailboxes: Database, port: int, folder: Path
) -> None:
    assert (await sent(port)).startswith("250")
    folder.rename(folder.with_name("unmounted"))
    heard = await sent(port, b"Subject: 2\r\n\r\n")
    assert heard.startswith("451 4.3.0")
    assert "raw mail" not in heard
    assert len(await rows(mailboxes)) == 1
    folder.with_name("unmounted").rename(folder)
    assert (await sent(port, b"Subject: 2\r\n\r\n")).startswith("250")
    assert len(await rows(mailboxes)) == 2


@pytest.mark.slow
@pytest.mark.parametrize("blobs", ["bucket"], indirect=True)
async def test_a_bucket_whose_server_goes_away_and_comes_back(
    mailboxes: Database, port: int, s3: S3Server
) -> None:
    s3.stop()
    assert (await sent(port)).startswith("451 4.3.0")
    assert await rows(mailboxes) == []
    s3.start()
    assert (await sent(port)).startswith("250")
