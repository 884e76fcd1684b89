"""Locks on conversations follow merges and keep a second writer waiting."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from inbox.errors import NotFound
from inbox.store.engine import Database
from inbox.store.locks import lock
from inbox.store.tables import Conversation, Customer, Mailbox
from tests.polling import ENOUGH

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


async def test_lock_follows_merges(database: Database) -> None:
    first, second = await _two_conversations(database)
    async with database.write() as db:
        (await lock(db, first)).merged_into = second
    async with database.write() as db:
        assert (await lock(db, first)).id == second


async def test_what_was_merged_is_not_waited_for_on_the_way(database: Database) -> None:
    first, second = await _two_conversations(database)
    async with database.write() as db:
        (await lock(db, first)).merged_into = second
    async with database.write() as undoing:
        await undoing.execute(
            select(Conversation).where(Conversation.id == first).with_for_update()
        )
        async with asyncio.timeout(ENOUGH), database.write() as db:
            assert (await lock(db, first)).id == second


async def test_lock_of_nothing_is_not_found(database: Database) -> None:
    async with database.write() as db:
        with pytest.raises(NotFound):
            await lock(db, 4711)


async def test_a_second_writer_waits_and_reads_what_the_first_wrote(database: Database) -> None:
    first, _ = await _two_conversations(database)
    async with database.write() as db:
        (await lock(db, first)).subject = "changed"
        waiting = asyncio.create_task(_subject_under_lock(database, first))
        await asyncio.sleep(0)
    assert await waiting == "changed"


async def _subject_under_lock(database: Database, conversation_id: int) -> str:
    async with database.write() as db:
        return (await lock(db, conversation_id)).subject


async def _two_conversations(database: Database) -> tuple[int, int]:
    async with database.write() as db:
        mailbox, customer = Mailbox(address="support@us.example", name="Support"), Customer()
        db.add_all([mailbox, customer])
        await db.flush()
        both = [
            Conversation(
                mailbox_id=mailbox.id,
                customer_id=customer.id,
                subject="Boots",
                base_subject="boots",
                last_message_at=NOW,
                thread_index=b"\x01" * 22,
            )
            for _ in range(2)
        ]
        db.add_all(both)
        await db.flush()
        return both[0].id, both[1].id
