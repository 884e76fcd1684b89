"""What nobody refers to any more goes, a week later; what somebody refers to stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from inbox.intake.spool import put_aside
from inbox.intake.sweep import WEEK, plan_sweep, sweep_database, sweep_day
from inbox.jobs.registry import Context
from inbox.jobs.worker import Worker
from inbox.settings import Settings
from inbox.store.blobs import HOUSE, Blobs, fetch, place
from inbox.store.tables import Blob, Job
from tests.intake.house import START, House

LATER = START + timedelta(days=30)


async def stray(house: House, blobs: Blobs, content: bytes, at: datetime = START) -> str:
    """What a crash between blob and row leaves; its name."""
    async with house.database.write() as db:
        connection = await db.connection()
        mine = (await connection.exec_driver_sql(HOUSE)).scalar_one()
        return (await put_aside(blobs, mine, content, at)).blob


async def swept(house: House, blobs: Blobs, now: datetime = LATER) -> int:
    """Sweep until nothing is left to sweep; how many days that were."""
    days = 0
    async with house.database.write() as db:
        while await sweep_day(db, blobs, now=now):
            days += 1
    return days


async def lying(house: House, blobs: Blobs) -> set[str]:
    """The names of all blobs."""
    mine = await house.one("select value ->> 'id' from setting where key = 'house'")
    return {name for day in await blobs.names(mine) for name in await blobs.names(day)}


async def test_what_a_crash_left_goes_and_mails_stay(house: House, blobs: Blobs) -> None:
    house.blobs = blobs
    await house.spools(house.letter())
    gone = [await stray(house, blobs, b"%d" % number) for number in range(3)]
    kept = await house.one("select blob from spool")
    assert await lying(house, blobs) == {kept, *gone}
    assert await swept(house, blobs) == 1
    assert await lying(house, blobs) == {kept}


async def test_each_day_is_swept_once_and_not_before_a_week(house: House, blobs: Blobs) -> None:
    days = [START + timedelta(days=number) for number in range(4)]
    names = [await stray(house, blobs, b"x", day) for day in days]
    assert await swept(house, blobs, START + WEEK) == 0
    assert await swept(house, blobs, START + WEEK + timedelta(days=2)) == 2
    assert await lying(house, blobs) == set(names[2:])
    await stray(house, blobs, b"y", days[0])
    assert await swept(house, blobs) == 2


async def test_another_database_in_the_same_place_is_let_be(house: House, blobs: Blobs) -> None:
    await stray(house, blobs, b"ours")
    theirs = (await put_aside(blobs, "theirs", b"theirs", START)).blob
    await swept(house, blobs)
    assert await lying(house, blobs) == set()
    assert await fetch(blobs.url, theirs) == b"theirs"


async def test_too_many_strays_are_no_strays(house: House, folder: Path) -> None:
    """An older copy of the database knows nothing of what came since."""
    blobs = place(folder.as_uri())
    names = {await stray(house, blobs, b"%d" % number) for number in range(30)}
    assert await swept(house, blobs) == 1
    assert await lying(house, blobs) == names


async def test_a_half_written_file_goes(house: House, folder: Path) -> None:
    blobs = place(folder.as_uri())
    file = folder / await stray(house, blobs, b"x")
    file.with_name(".abc.def").write_bytes(b"ha")
    await swept(house, blobs)
    assert not file.parent.exists()


async def test_the_blob_of_a_deleted_row_goes_unless_another_has_it(
    house: House, blobs: Blobs
) -> None:
    house.blobs = blobs
    mail = house.letter()
    await house.spools(mail)
    await house.mailbox("sales@us.example")
    await house.spools(mail, recipients=("sales@us.example",))
    [first, second] = [row.blob for row in await house.rows("select blob from spool order by id")]
    assert first == second
    for number, is_there in ((1, True), (2, False)):
        await house.change("delete from job where kind = 'intake.process'")
        await house.change("delete from spool where id = :id", id=number)
        assert await house.one("select run_at > now() + interval '47 hours' from job")
        await house.change("update job set run_at = now()")
        await Worker(house.context, concurrency=1).run_due()
        await house.change("delete from job")
        assert (first in await lying(house, blobs)) == is_there


async def test_done_jobs_and_unused_uploads_go_after_a_week(house: House) -> None:
    old, young = LATER - WEEK - timedelta(hours=1), LATER - WEEK + timedelta(hours=1)
    jobs = [("old", old, False), ("young", young, False), ("dead", old, True), ("due", None, False)]
    async with house.database.write() as db:
        for name, done, dead in jobs:
            row = {"kind": name, "done_at": done, "dead": dead, "run_at": old}
            await db.execute(insert(Job).values(row))
        for key, at in ((b"old", old), (b"used", old), (b"young", young)):
            await db.execute(insert(Blob).values(sha256=key, content=b"x", created_at=at))
    await house.receives(house.letter())
    await house.change(
        "insert into file (message_id, blob, filename, content_type, size, sha256)"
        " values (1, 'used', 'a.png', 'image/png', 1, 'used')"
    )
    async with house.database.write() as db:
        await sweep_database(db, now=LATER)
    async with house.database.read() as db:
        assert set(await db.scalars(select(Blob.sha256))) == {b"used", b"young"}
        assert {"young", "dead", "due"} <= (kinds := set(await db.scalars(select(Job.kind))))
        assert "old" not in kinds


async def test_a_sweep_is_planned_once_and_plans_the_next(house: House, folder: Path) -> None:
    settings = Settings(blobs=folder.as_uri())
    secret = house.context.secret
    context = Context(settings=settings, database=house.database, secret=secret)
    await stray(house, place(folder.as_uri()), b"x", datetime(2026, 1, 1, tzinfo=UTC))
    for _ in range(2):
        async with house.database.write() as db:
            await plan_sweep(db, datetime.now(UTC) - timedelta(days=1))
    assert await house.one("select count(*) from job") == 1
    await Worker(context, concurrency=1).run_due()
    [waits] = await house.rows(
        "select kind, run_at > now() as later from job where done_at is null"
    )
    assert (waits.kind, waits.later) == ("intake.sweep", True)
    assert await house.one("select count(*) from job where error is not null") == 0
    assert await lying(house, place(folder.as_uri())) == set()


@pytest.mark.parametrize("blobs", ["folder"], indirect=True)
async def test_a_place_that_is_away_is_swept_another_day(
    house: House, blobs: Blobs, folder: Path
) -> None:
    context = Context(
        settings=Settings(blobs=blobs.url), database=house.database, secret=house.context.secret
    )
    await stray(house, blobs, b"x")
    away = folder.rename(folder.with_name("unmounted"))
    async with house.database.write() as db:
        await plan_sweep(db, START)
    await Worker(context, concurrency=1).run_due()
    assert await house.one("select count(*) from job where done_at is null") == 1
    away.rename(folder)
    assert await swept(house, blobs) == 1
