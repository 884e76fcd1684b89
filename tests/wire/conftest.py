"""A real receiver on loopback, in front of a recording door or the real one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from inbox.intake.door import SpoolDoor
from inbox.smtp_in.limits import Limits
from inbox.smtp_in.lmtp import LmtpReceiver
from inbox.smtp_in.server import Server
from inbox.smtp_in.tls import server_context
from inbox.store.engine import Database
from inbox.store.tables import Mailbox, MailboxAddress
from tests.places import blobs, bucket, folder, s3, s3_server
from tests.wire.peer import SALES, SUPPORT, Peer, RecordingDoor

__all__ = ["blobs", "bucket", "folder", "s3", "s3_server"]

Connect = Callable[..., Awaitable[Peer]]

CERTIFICATE = Path(__file__).parent / "mail.test.pem"


@pytest.fixture
def door() -> RecordingDoor:
    return RecordingDoor()


@pytest.fixture
def limits() -> Limits:
    """The limits of `server`; a test file overrides this for small ones."""
    return Limits(drain_seconds=2)


@pytest.fixture
async def server(door: RecordingDoor, limits: Limits) -> AsyncIterator[Server]:
    """A server with a certificate, behind it the recording door; not listening yet."""
    tls = server_context(CERTIFICATE, CERTIFICATE)
    server = Server(door, limits, hostname="mail.desk.example", tls=tls)
    yield server
    await server.stop()


@pytest.fixture
async def port(server: Server) -> int:
    return await server.listen("127.0.0.1", 0)


@pytest.fixture
async def lmtp_port(server: Server) -> int:
    return await server.listen("127.0.0.1", 0, kind=LmtpReceiver)


@pytest.fixture
async def peer(port: int) -> AsyncIterator[Peer]:
    """A connection that has said EHLO."""
    async with await Peer.connect(port) as peer:
        yield await peer.greet()


@pytest.fixture
async def connect(port: int) -> AsyncIterator[Connect]:
    """Makes connections, `source` says from which address; all are closed in the end."""
    async with AsyncExitStack() as stack:

        async def make(*, source: str = "127.0.0.1") -> Peer:
            return await stack.enter_async_context(await Peer.connect(port, source=source))

        yield make


@pytest.fixture
async def mailboxes(database: Database) -> Database:
    """A database with two mailboxes, the second with an alias."""
    async with database.write() as db:
        for number, address in enumerate((SUPPORT, SALES), start=1):
            db.add(Mailbox(address=address, name=address.partition("@")[0]))
            await db.flush()
            db.add(MailboxAddress(address=address, mailbox_id=number))
        db.add(MailboxAddress(address="orders@desk.example", mailbox_id=2))
    return database


@pytest.fixture
async def real_port(mailboxes: Database) -> AsyncIterator[int]:
    """A receiver on the real door and PostgreSQL."""
    door = SpoolDoor(mailboxes.url)
    server = Server(door, Limits(drain_seconds=2), hostname="mail.desk.example")
    yield await server.listen("127.0.0.1", 0)
    await server.stop()
    await door.close()
