"""A slow relay keeps some tasks busy, never all of them."""

from __future__ import annotations

import asyncio

import pytest

from inbox.jobs.queue import Postponed
from inbox.outbound.turns import Turns


async def test_whoever_finds_no_turn_soon_is_put_back() -> None:
    turns = Turns(2, patience=0.01)
    async with turns.turn(), turns.turn():
        with pytest.raises(Postponed):
            async with turns.turn():
                pass
        await asyncio.sleep(0.01)  # the loop's clock counts in thousandths
        with pytest.raises(Postponed):  # at once now: those before have talked for too long
            async with asyncio.timeout(0), turns.turn():
                pass
    async with turns.turn():
        pass


async def test_those_put_back_come_again_one_after_the_other() -> None:
    turns = Turns(1, patience=0.01)
    pauses = []
    async with turns.turn():
        await asyncio.sleep(0.02)
        for _ in range(1000):
            with pytest.raises(Postponed) as put_back:
                async with turns.turn():
                    pass
            pauses.append(put_back.value.pause.total_seconds())
    assert pauses[0] == pytest.approx(10, abs=1)
    assert pauses[100] == pytest.approx(15, abs=1)
    assert max(pauses) <= 30


async def test_a_quick_relay_lets_everybody_through() -> None:
    turns = Turns(2)
    said: list[int] = []

    async def talk(number: int) -> None:
        async with turns.turn():
            await asyncio.sleep(0)
            said.append(number)

    await asyncio.gather(*map(talk, range(50)))
    assert sorted(said) == list(range(50))
