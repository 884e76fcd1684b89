"""A conversation is shown in the order in which its mails arrived, whoever was taken in first."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from inbox.settings import Settings
from inbox.store.engine import Database, Reader
from inbox.store.tables import Message
from inbox.store.timeline import SHOWN, messages_page, read_timeline, window_of
from tests.http.company import Company

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
_MANY = 3 * SHOWN

Place = tuple[datetime, int]


@pytest.fixture
async def burst(database: Database, request: pytest.FixtureRequest) -> tuple[int, list[Place]]:
    """Mails of a few moments, taken in in no order: the conversation, and all in theirs."""
    company = Company(database, Settings(), NOON)
    home = await company.receives(await company.mailbox("support@us.example", "Support"))
    chance = random.Random(request.param)
    times = [NOON + timedelta(seconds=chance.randrange(1, _MANY // 3)) for _ in range(_MANY)]
    rows = [
        {
            "conversation_id": home,
            "kind": "mail",
            "visibility": "public",
            "author_kind": "customer",
            "received_at": at,
            "identity": str(number).encode(),
        }
        for number, at in enumerate(times)
    ]
    async with database.write() as db:
        await db.execute(insert(Message), rows)
    async with database.read() as db:
        found = await messages_page(db, home, limit=2 * _MANY)
    return home, sorted((one.received_at, one.id) for one in found)


async def paged(db: Reader, home: int, most: int) -> list[Place]:
    """What somebody sees who goes back from page to page."""
    found: list[Place] = []
    before = None
    while True:
        page = await read_timeline(db, home, before=before, most=most)
        found[:0] = [(one.received_at, one.id) for one in page.messages]
        if not page.earlier:
            return found
        assert len(page.messages) == most
        before = page.messages[0].id


@pytest.mark.parametrize("burst", [1, 2], indirect=True)
async def test_no_page_has_a_gap_or_a_repeat(
    burst: tuple[int, list[Place]], database: Database
) -> None:
    home, expected = burst
    async with database.read() as db:
        for most in (7, SHOWN, len(expected)):
            assert await paged(db, home, most) == expected
        newest = await read_timeline(db, home)
    assert newest.earlier == len(expected) - SHOWN


@pytest.mark.parametrize("burst", [3], indirect=True)
async def test_what_is_asked_for_stands_in_the_middle_of_its_page(
    burst: tuple[int, list[Place]], database: Database
) -> None:
    home, expected = burst
    async with database.read() as db:
        for place in (0, 1, SHOWN - 1, SHOWN, _MANY - SHOWN - 1, _MANY - SHOWN + 1, _MANY):
            before = await window_of(db, home, expected[place][1])
            page = await read_timeline(db, home, before=before)
            shown = [(one.received_at, one.id) for one in page.messages]
            assert expected[place] in shown
            end = len(expected) if before is None else place + SHOWN // 2 + 1
            assert shown == expected[max(0, end - SHOWN) : end]


@pytest.mark.parametrize("burst", [4], indirect=True)
async def test_a_page_before_what_is_gone_is_still_one(
    burst: tuple[int, list[Place]], database: Database
) -> None:
    home, expected = burst
    async with database.read() as db:
        page = await read_timeline(db, home, before=max(number for _, number in expected) + 1)
    assert [(one.received_at, one.id) for one in page.messages] == expected[-SHOWN:]
