"""The door on PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from inbox.clock import utcnow
from inbox.errors import Unavailable
from inbox.intake.door import SpoolDoor
from inbox.jobs.bell import JOBS
from inbox.jobs.wake import Listener
from inbox.mail.tokens import hash_token, new_token
from inbox.model.mail import Envelope
from inbox.store.engine import Database
from inbox.store.tables import (
    Conversation,
    Customer,
    Mailbox,
    MailboxAddress,
    ReplyToken,
    Spool,
)
from tests.polling import holds


@pytest.fixture
async def door(database: Database) -> AsyncIterator[SpoolDoor]:
    door = SpoolDoor(database.url, domain="reply.example")
    yield door
    await door.close()


@pytest.fixture(autouse=True)
async def mailbox(database: Database) -> None:
    async with database.write() as db:
        db.add(Mailbox(address="support@desk.example", name="Support"))
        await db.flush()
        db.add(MailboxAddress(address="support@desk.example", mailbox_id=1))


async def test_a_token_is_known_by_its_row_alone(database: Database, door: SpoolDoor) -> None:
    known, unknown = new_token(lambda n: b"k" * n), new_token(lambda n: b"u" * n)
    async with database.write() as db:
        db.add(Customer(name="Jane"))
        await db.flush()
        db.add(
            Conversation(
                mailbox_id=1,
                customer_id=1,
                subject="Boots",
                base_subject="boots",
                last_message_at=utcnow(),
                thread_index=b"",
            )
        )
        await db.flush()
        db.add(
            ReplyToken(
                token_hash=hash_token(known),
                conversation_id=1,
                purpose="notice",
                expires_at=utcnow() - timedelta(days=1),  # the pipeline says so, kindly
            )
        )
    assert await door.knows(f"support+r.{known}@desk.example")
    assert await door.knows(f"r+{known}@reply.example")
    assert not await door.knows(f"support+r.{unknown}@desk.example")
    assert not await door.knows(f"support+r.{known}@elsewhere.example")


async def test_a_new_mailbox_is_known_soon_and_a_removed_one_forgotten(
    database: Database, door: SpoolDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not await door.knows("sales@desk.example")
    async with database.write() as db:
        db.add(MailboxAddress(address="sales@desk.example", mailbox_id=1))
    clock = _Clock(monkeypatch)
    clock.advance(1)
    assert await door.knows("sales@desk.example")
    async with database.write() as db:
        await db.execute(delete(MailboxAddress))
    clock.advance(6)
    assert not await door.knows("sales@desk.example")


async def test_postmaster_is_kept_with_its_domain(database: Database, door: SpoolDoor) -> None:
    await door.accept(b"x\r\n", Envelope(sender="", recipients=("postmaster",)))
    async with database.read() as db:
        [row] = (await db.scalars(select(Spool))).all()
    assert (row.recipients, row.mailboxes) == (["postmaster@desk.example"], [1])


async def test_room_is_what_the_disk_has(database: Database, tmp_path: Path) -> None:
    door = SpoolDoor(database.url, data=tmp_path)
    assert await door.has_room(1)
    assert not await door.has_room(1 << 60)


async def test_who_listens_hears_how_much_mail_has_come(
    database: Database, door: SpoolDoor
) -> None:
    heard: list[str] = []
    stop = asyncio.Event()
    listening = asyncio.create_task(Listener(database.url, {JOBS: heard.append}).run(stop))
    await holds(lambda: heard == [""])

    for number in range(9):
        letter = Envelope(sender="a@b.example", recipients=("support@desk.example",))
        await door.accept(b"Subject: Boots\r\n\r\n%d" % number, letter)
    await door.close()
    await holds(lambda: sum(map(int, heard[1:])) == 9)

    assert len(heard) < 10  # more than one at a time
    stop.set()
    await listening


async def test_no_database_is_unavailable_and_names_no_internals() -> None:
    door = SpoolDoor("postgresql://nobody:secret@127.0.0.1:9/none")
    with pytest.raises(Unavailable) as caught:
        await door.knows("support@desk.example")
    assert "secret" not in str(caught.value)
    await door.close()


class _Clock:
    """The door's monotonic clock, moved by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import time

        self._offset = 0.0
        real = time.monotonic
        monkeypatch.setattr("inbox.intake.door.time.monotonic", lambda: real() + self._offset)

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._offset += seconds
