"""Many workers do what one would: as many conversations as there are threads, in whatever order."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from asyncpg.exceptions import DeadlockDetectedError, UniqueViolationError

from inbox.jobs.queue import Postponed
from inbox.store.engine import Database
from tests.intake.house import House

_WORKERS = 16
_THREADS = 24


def threads(house: House) -> Iterator[EmailMessage]:
    """Threads of a question and four answers; each answer names only the mail that it answers."""
    for thread in range(_THREADS):
        person = f"Pat <pat{thread}@shop.example>"
        mail = house.letter(From=person, Subject=f"Question {thread}")
        yield mail
        for number in range(4):
            mail = house.letter(
                f"More {number}", answers=mail, From=person, References="", Subject=f"S{number}"
            )
            yield mail


async def work_off(house: House, seed: int) -> None:
    mails = list(threads(house))
    random.Random(seed).shuffle(mails)
    ids = [await house.spools(mail) for mail in mails]
    queue = iter([one for one in ids if one is not None])

    async def worker() -> None:
        for spool_id in queue:
            await until_done(house, spool_id)

    async with asyncio.TaskGroup() as workers:
        for _ in range(_WORKERS):
            workers.create_task(worker())


async def done(house: House, spool_id: int) -> bool:
    """One try; what meets another's row is tried again, as the queue does."""
    try:
        await house.works_off(spool_id)
    except (UniqueViolationError, DeadlockDetectedError):
        return False
    return True


@pytest.mark.parametrize("seed", [1, 2])
async def test_as_many_conversations_as_threads(house: House, seed: int) -> None:
    house = await with_workers(house)
    await work_off(house, seed)
    assert await house.one("select count(*) from message") == 5 * _THREADS
    standing = "select count(*) from conversation where merged_into is null"
    assert await house.one(standing) == _THREADS
    together = "select count(distinct conversation_id) from message"
    assert await house.one(together) == _THREADS
    counted = "select sum(message_count) from conversation where merged_into is null"
    assert await house.one(counted) == 5 * _THREADS
    await house.database.close()


async def test_a_parent_that_comes_with_its_children_is_joined_with_them(house: House) -> None:
    house = await with_workers(house)
    try:
        assert await families(house) == _THREADS
    finally:
        await house.database.close()


async def test_without_the_lock_threads_fall_apart(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Not a property that we want, but proof that the tests above would notice.
    async def nothing(*_: object, **__: object) -> None:
        return None

    monkeypatch.setattr("inbox.intake.pipeline.hold", nothing)
    house = await with_workers(house)
    try:
        assert await families(house) > _THREADS
    finally:
        await house.database.close()


async def families(house: House) -> int:
    """Conversations of as many threads, of each of which an answer and its parent, which came
    after it, are worked off at the same moment.
    """
    for thread in range(_THREADS):
        person = f"Pat <pat{thread}@shop.example>"
        # Known before: two who make the same customer wait for each other in any case.
        await house.receives(house.letter("Hello", From=person, Subject=f"Another {thread}"))
        parent = house.letter(From=person, Subject=f"Question {thread}")
        child = house.letter("More", answers=parent, From=person, Subject=f"S{thread}")
        ids = [await house.spools(mail) for mail in (child, parent)]
        await asyncio.gather(*[until_done(house, one) for one in ids if one is not None])
    standing = "select count(*) from conversation where merged_into is null"
    return int(await house.one(standing)) - _THREADS


async def until_done(house: House, spool_id: int) -> None:
    while not await done(house, spool_id):
        pass


async def with_workers(house: House) -> House:
    """The same house, with a connection for each worker."""
    house.database = Database(house.database.url, pool=_WORKERS)
    return house


async def test_an_answer_waits_for_older_mails_that_are_under_way(house: House) -> None:
    question = house.letter(From="Pat <pat@shop.example>", Subject="Cannot export report")
    older = await house.spools(question)
    answer = await house.spools(
        house.letter("More", answers=question, From="Pat <pat@shop.example>")
    )
    assert older is not None
    assert answer is not None
    with pytest.raises(Postponed):
        await house.works_off(answer)
    first = await house.works_off(older)
    second = await house.works_off(answer)
    assert first is not None
    assert second is not None
    assert second.conversation_id == first.conversation_id


async def test_an_answer_goes_on_as_soon_as_what_it_answers_is_kept(house: House) -> None:
    question = house.letter(From="Pat <pat@shop.example>", Subject="Cannot export report")
    older = await house.spools(question)
    answer = await house.spools(
        house.letter("More", answers=question, From="Pat <pat@shop.example>")
    )
    assert older is not None
    assert answer is not None
    second, first = await asyncio.gather(house.works_off(answer), house.works_off(older))
    assert first is not None
    assert second is not None
    assert second.conversation_id == first.conversation_id


async def test_an_answer_to_what_never_came_waits_for_a_moment_only(house: House) -> None:
    await house.spools(house.letter(From="Otto <otto@mill.example>", Subject="Something else"))
    lost = house.letter(From="Pat <pat@shop.example>", Subject="Cannot export report")
    answer = await house.spools(house.letter("More", answers=lost, From="Pat <pat@shop.example>"))
    assert answer is not None
    assert await house.works_off(answer) is not None


async def test_nobody_waits_long_for_a_mail_that_fails(house: House) -> None:
    question = house.letter(From="Pat <pat@shop.example>", Subject="Cannot export report")
    await house.spools(question)
    answer = await house.spools(
        house.letter("More", answers=question, From="Pat <pat@shop.example>")
    )
    assert answer is not None
    house.now += timedelta(seconds=61)
    assert await house.works_off(answer) is not None


async def test_parts_that_colleagues_send_at_once_are_one_matter(house: House) -> None:
    house = await with_workers(house)
    mails = [
        house.letter(
            From=f"p{part}@shop.example", Subject=f"[Report {part}/8] Chapter of Lee{part}"
        )
        for part in range(1, 9)
    ]
    ids = [await house.spools(mail) for mail in mails]

    async def until_done(spool_id: int) -> None:
        while not await done(house, spool_id):
            pass

    await asyncio.gather(*(until_done(one) for one in ids if one is not None))
    assert await house.one("select count(distinct conversation_id) from message") == 1
    await house.database.close()
