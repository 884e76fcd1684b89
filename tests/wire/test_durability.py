"""The receiver on PostgreSQL: 250 means committed, once, whatever happens to the peer or to us."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest
from sqlalchemy import select

from inbox.intake.door import SpoolDoor
from inbox.smtp_in.limits import Limits
from inbox.smtp_in.server import Server
from inbox.store.engine import Database
from inbox.store.tables import Job, Spool
from tests.wire.peer import MAIL, SALES, SUPPORT, Peer

REFUSE = """
create function refuse_on_purpose() returns trigger language plpgsql as
$$ begin raise exception using errcode = '{errcode}', message = 'at 10.0.0.5, on purpose'; end $$;
create trigger refuse before insert on spool for each row execute function refuse_on_purpose()
"""
RELENT = "drop trigger if exists refuse on spool; drop function if exists refuse_on_purpose"


async def stored(database: Database) -> list[bytes]:
    """The bytes of every spooled mail."""
    async with database.read() as db:
        return [raw or b"" for raw in await db.scalars(select(Spool.raw).order_by(Spool.id))]


@pytest.fixture
async def owner(mailboxes: Database) -> AsyncIterator[asyncpg.Connection]:
    """The administrator, who breaks things and repairs them at the end."""
    connection = await asyncpg.connect(mailboxes.url)
    yield connection
    await connection.execute(RELENT)
    await connection.close()


async def test_a_mail_is_one_row_and_one_job(mailboxes: Database, real_port: int) -> None:
    async with await Peer.connect(real_port) as peer:
        assert (await peer.send(MAIL, SUPPORT, "orders@desk.example")).startswith("250")
    async with mailboxes.read() as db:
        [row] = (await db.scalars(select(Spool))).all()
        [job] = (await db.scalars(select(Job))).all()
    assert (row.raw, row.size, row.sender) == (MAIL, len(MAIL), "jane@shop.example")
    assert row.recipients == [SUPPORT, "orders@desk.example"]
    assert row.mailboxes == [1, 2]
    assert (row.source, row.peer, row.helo, row.state) == (
        "smtp",
        "127.0.0.1",
        "mail.shop.example",
        "waiting",
    )
    assert (job.kind, job.args) == ("intake.process", {"spool_id": row.id})


async def test_the_same_mail_three_times_is_one(mailboxes: Database, real_port: int) -> None:
    # RFC 1047: a peer that did not hear our 250 sends again.
    for _ in range(3):
        async with await Peer.connect(real_port) as peer:
            assert (await peer.send()).startswith("250")
    assert await stored(mailboxes) == [MAIL]


async def test_a_peer_that_vanishes_after_the_dot_and_tries_again(
    mailboxes: Database, real_port: int
) -> None:
    async with await Peer.connect(real_port) as peer:
        await peer.greet()
        await peer.envelope()
        await peer.say("DATA")
        await peer.raw(MAIL + b".\r\n")
        peer.vanish()
    async with await Peer.connect(real_port) as peer:
        assert (await peer.send(MAIL + b"\r\n")).startswith("250")
    assert len(await stored(mailboxes)) == 1


async def test_twenty_peers_with_the_same_mail_at_once(mailboxes: Database, real_port: int) -> None:
    async def send() -> str:
        async with await Peer.connect(real_port) as peer:
            return await peer.send()

    replies = await asyncio.gather(*(send() for _ in range(20)))
    assert {reply[:3] for reply in replies} == {"250"}
    assert await stored(mailboxes) == [MAIL]


async def test_twenty_peers_with_five_mails_each(mailboxes: Database, real_port: int) -> None:
    async def send(number: int) -> set[str]:
        async with await Peer.connect(real_port) as peer:
            await peer.greet()
            heard = set()
            for turn in range(5):
                await peer.envelope()
                heard.add((await peer.data(b"Subject: %d %d\r\n\r\n" % (number, turn)))[:3])
            return heard

    heard = await asyncio.gather(*(send(number) for number in range(20)))
    assert set().union(*heard) == {"250"}
    assert len(set(await stored(mailboxes))) == 100


@pytest.mark.parametrize(
    ("errcode", "reply"), [("P0001", "451 4.3.0"), ("53100", "452 4.3.1"), ("53300", "451 4.3.0")]
)
async def test_a_database_that_refuses(
    mailboxes: Database, owner: asyncpg.Connection, real_port: int, errcode: str, reply: str
) -> None:
    await owner.execute(REFUSE.format(errcode=errcode))
    async with await Peer.connect(real_port) as peer:
        heard = await peer.send()
        assert heard.startswith(reply)
        assert "10.0.0.5" not in heard
    assert await stored(mailboxes) == []


async def test_connections_that_died_are_replaced_unnoticed(
    mailboxes: Database, owner: asyncpg.Connection, real_port: int
) -> None:
    async with await Peer.connect(real_port) as peer:
        assert (await peer.send()).startswith("250")
        await owner.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where application_name = 'inbox smtp'"
        )
        await peer.envelope()
        assert (await peer.data(b"Subject: after\r\n\r\n")).startswith("250")
    assert len(await stored(mailboxes)) == 2


async def test_a_database_that_is_not_there() -> None:
    door = SpoolDoor("postgresql://nobody:secret@127.0.0.1:9/none")
    server = Server(door, Limits(drain_seconds=2), hostname="mail.desk.example")
    port = await server.listen("127.0.0.1", 0)
    async with await Peer.connect(port) as peer:
        await peer.greet()
        await peer.say("MAIL FROM:<jane@shop.example>")
        assert await peer.say(f"RCPT TO:<{SUPPORT}>") == (
            "451 4.3.0 Temporary failure, try again later"
        )
    await server.stop()
    await door.close()


async def test_a_stop_while_the_database_is_slow_keeps_the_mail(
    mailboxes: Database, owner: asyncpg.Connection
) -> None:
    door = SpoolDoor(mailboxes.url)
    server = Server(door, Limits(drain_seconds=5), hostname="mail.desk.example")
    port = await server.listen("127.0.0.1", 0)
    async with await Peer.connect(port) as peer:
        await peer.greet()
        await peer.envelope(SUPPORT, SALES)
        await peer.say("DATA")
        async with owner.transaction():
            await owner.execute("lock table spool in access exclusive mode")
            await peer.raw(MAIL + b".\r\n")
            while not await owner.fetchval("select count(*) from pg_locks where not granted"):
                await asyncio.sleep(0.01)
            stopping = asyncio.create_task(server.stop())
            while not server.gate.draining:
                await asyncio.sleep(0)
        assert await peer.rest() == [250, 421]
    await stopping
    await door.close()
    assert await stored(mailboxes) == [MAIL]
