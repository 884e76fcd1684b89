"""Two of ours answer in the same second: one answer goes, and the other writer is asked."""

from __future__ import annotations

import asyncio

import pytest

from inbox.store.engine import Database
from tests.intake.house import House

_WORKERS = 8
_ROUNDS = 6


async def _answers_at_once(house: House) -> list[tuple[int, int]]:
    """How many answers went, and how many are held, in each of some conversations."""
    people = [await house.agent(f"{name}@us.example", 1) for name in ("karen", "anna")]
    found = []
    for number in range(_ROUNDS):
        opened = await house.receives(house.letter(From=f"Pat <pat{number}@shop.example>"))
        assert opened
        home = opened.conversation_id
        event = await house.one("select max(id) from event where conversation_id = :id", id=home)
        spooled = []
        for name, agent in zip(("karen", "anna"), people, strict=True):
            to = await house.token(home, agent, shown_event_id=event)
            mail = house.letter(f"{name} answers.", From=f"{name}@us.example", To=to)
            spooled.append(await house.spools(mail))
        await asyncio.gather(*[house.works_off(one) for one in spooled if one])
        [row] = await house.rows(
            "select count(*) filter (where kind = 'reply') as went,"
            " count(*) filter (where kind = 'held') as held"
            " from message where conversation_id = :id",
            id=home,
        )
        found.append((row.went, row.held))
    return found


@pytest.fixture
async def busy(house: House) -> House:
    """The same house, with a connection for each worker."""
    house.database = Database(house.database.url, pool=_WORKERS)
    return house


async def test_exactly_one_goes(busy: House) -> None:
    try:
        assert await _answers_at_once(busy) == [(1, 1)] * _ROUNDS
        said = "select count(*) from held where reasons = '{moved_on}'"
        assert await busy.one(said) == _ROUNDS
    finally:
        await busy.database.close()


async def test_without_the_guard_both_go(busy: House, monkeypatch: pytest.MonkeyPatch) -> None:
    # Not a property that we want, but proof that the test above would notice.
    async def nothing(*_: object, **__: object) -> None:
        return None

    monkeypatch.setattr("inbox.desk.reply.refuse_if_moved_on", nothing)
    try:
        assert await _answers_at_once(busy) == [(2, 0)] * _ROUNDS
    finally:
        await busy.database.close()
