"""What people wait for goes before a flood of mail, and the flood is worked off all the same."""

from __future__ import annotations

from inbox.jobs import queue
from inbox.model.rank import Rank
from inbox.store.engine import Database


async def ask(database: Database, rank: Rank, number: int) -> None:
    async with database.write() as db:
        for _ in range(number):
            await queue.enqueue(db, "test.mark", rank=rank, of=rank.name)


async def claimed(database: Database, limit: int) -> list[str]:
    return [leased.args["of"] for leased in await queue.claim(database, limit=limit)]


async def test_the_better_rank_goes_first_however_late_it_comes(database: Database) -> None:
    for rank in (Rank.COMING, Rank.FOLLOWING, Rank.AWAITED):
        await ask(database, rank, 2)
    one_by_one = [(await claimed(database, 1))[0] for _ in range(6)]
    assert one_by_one == ["AWAITED"] * 2 + ["FOLLOWING"] * 2 + ["COMING"] * 2


async def test_no_rank_takes_all_for_itself(database: Database) -> None:
    for rank in (Rank.COMING, Rank.FOLLOWING, Rank.AWAITED):
        await ask(database, rank, 40)
    first = await claimed(database, 12)
    assert {of: first.count(of) for of in first} == {"AWAITED": 3, "FOLLOWING": 6, "COMING": 3}


async def test_the_lower_ranks_have_all_room_where_nothing_better_waits(
    database: Database,
) -> None:
    await ask(database, Rank.COMING, 40)
    assert await claimed(database, 12) == ["COMING"] * 12
