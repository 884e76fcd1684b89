"""The durable point: one row, one job, once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from inbox.intake import spool
from inbox.mail.parse import parse
from inbox.model.mail import Envelope
from inbox.model.rank import Rank
from inbox.store.engine import Database
from inbox.store.tables import Job, Spool
from inbox.threading.references import hash_id

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
MAIL = b"From: <jane@shop.example>\r\nSubject: Boots\r\n\r\nThey leak.\r\n"


def to(*recipients: str) -> Envelope:
    return Envelope(sender="jane@shop.example", recipients=recipients)


async def spooled(
    database: Database, raw: bytes, envelope: Envelope, *, now: datetime = NOW
) -> int | None:
    async with database.write() as db:
        return await spool.accept(db, raw, envelope, now=now)


async def test_a_mail_for_two_is_one_row_with_one_job(database: Database) -> None:
    spool_id = await spooled(database, MAIL, to("support@desk.example", "sales@desk.example"))
    async with database.read() as db:
        [row] = (await db.scalars(select(Spool))).all()
        [job] = (await db.scalars(select(Job))).all()
    assert row.id == spool_id
    assert row.raw == MAIL
    assert row.sha256 == spool.identity(MAIL)
    assert row.recipients == ["support@desk.example", "sales@desk.example"]
    assert row.received_at == NOW
    assert (job.kind, job.args) == ("intake.process", {"spool_id": spool_id})


async def test_row_and_job_vanish_with_the_transaction(database: Database) -> None:
    async def fail_after_it() -> None:
        async with database.write() as db:
            await spool.accept(db, MAIL, to("support@desk.example"), now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail_after_it()
    async with database.read() as db:
        assert await db.scalar(select(func.count()).select_from(Spool)) == 0
        assert await db.scalar(select(func.count()).select_from(Job)) == 0


@pytest.mark.parametrize("again", [MAIL, MAIL + b"\r\n", MAIL.rstrip()])
async def test_a_repeat_is_recognised(database: Database, again: bytes) -> None:
    assert await spooled(database, MAIL, to("support@desk.example"))
    assert await spooled(database, again, to("support@desk.example")) is None


async def test_a_repeat_is_recognised_after_its_job_is_done(database: Database) -> None:
    await spooled(database, MAIL, to("support@desk.example"))
    async with database.write() as db:
        job = (await db.scalars(select(Job))).one()
        job.done_at = NOW
    assert await spooled(database, MAIL, to("support@desk.example")) is None


async def test_another_recipient_is_no_repeat_and_gets_what_is_missing(database: Database) -> None:
    await spooled(database, MAIL, to("support@desk.example"))
    both = to("support@desk.example", "sales@desk.example")
    assert await spooled(database, MAIL, both)
    assert await spooled(database, MAIL, both) is None
    async with database.read() as db:
        rows = (await db.scalars(select(Spool.recipients).order_by(Spool.id))).all()
    assert rows == [["support@desk.example"], ["sales@desk.example"]]


async def test_other_bytes_with_the_same_message_id_are_another_mail(database: Database) -> None:
    # Ids can be guessed: one must not swallow the mail of another.
    first = b"Message-ID: <1@shop.example>\r\n\r\nmine\r\n"
    other = b"Message-ID: <1@shop.example>\r\n\r\nanother\r\n"
    assert await spooled(database, first, to("support@desk.example"))
    assert await spooled(database, other, to("support@desk.example"))


async def test_the_same_mail_after_a_week_is_taken_again(database: Database) -> None:
    await spooled(database, MAIL, to("support@desk.example"))
    async with database.write() as db:
        job = (await db.scalars(select(Job))).one()
        job.done_at = NOW
    later = NOW + timedelta(days=7, seconds=1)
    assert await spooled(database, MAIL, to("support@desk.example"), now=later)


@pytest.mark.parametrize("raw", [b"", b"\x00\xff\r\n", b"\r\n\r\n"])
async def test_any_octets_can_be_kept(database: Database, raw: bytes) -> None:
    assert await spooled(database, raw, to("support@desk.example"))


async def test_an_envelope_from_a_pipe_may_hold_anything(database: Database) -> None:
    odd = Envelope(sender="j\udcff\x00@x.example", recipients=("support@desk.example",))
    assert await spooled(database, MAIL, odd)
    async with database.read() as db:
        assert await db.scalar(select(Spool.sender)) == "j?@x.example"


@pytest.mark.parametrize(
    ("recipient", "rank"),
    [
        ("support+r.abcdefghijklmnopqrstuvwxyz@desk.example", Rank.AWAITED),
        ("support+n.abcdefghijklmnopqrstuvwxyz@desk.example", Rank.AWAITED),
        ("r+abcdefghijklmnopqrstuvwxyz@desk.example", Rank.AWAITED),
        ("support+b.abcdefghijklmnopqrstuvwxyz@desk.example", Rank.COMING),
        ("support@desk.example", Rank.COMING),
    ],
)
async def test_what_one_of_us_answers_waits_behind_no_flood(
    database: Database, recipient: str, rank: Rank
) -> None:
    await spooled(database, MAIL, to(recipient))
    async with database.read() as db:
        assert await db.scalar(select(Job.rank)) == rank


@pytest.mark.parametrize(
    "raw",
    [
        b"Message-ID: <a.b@shop.example>\r\nSubject: Boots\r\n\r\nThey leak.\r\n",
        b"Subject: Boots\nMESSAGE-id : <A.b@Shop.example>\n\nThey leak.\n",
        b"Message-ID:\r\n <a.b@shop\r\n .example>\r\n\r\nThey leak.\r\n",
        b"Message-Id: a.b@shop.example\r\n\r\nThey leak.\r\n",
        b"Message-ID: <a.b@shop.example>\r\nMessage-ID: <other@shop.example>\r\n\r\nHi\r\n",
        b"X-Message-ID: <no@shop.example>\r\nMessage-ID: <a.b@shop.example>\r\n\r\nHi\r\n",
    ],
)
async def test_the_id_that_answers_will_name_is_kept(database: Database, raw: bytes) -> None:
    await spooled(database, raw, to("support@desk.example"))
    async with database.read() as db:
        found = await db.scalar(select(Spool.id_hash))
    assert found == hash_id("a.b@shop.example") == hash_id(parse(raw).message_id)


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: Boots\r\n\r\nMessage-ID: <a.b@shop.example>\r\n",
        b"Message-ID:\r\nSubject: Boots\r\n\r\nThey leak.\r\n",
        b"",
        b"\x00" * 200_000,
        b"Message-ID: " + b"<" * 100_000,
    ],
)
async def test_a_mail_without_an_id_is_kept_all_the_same(database: Database, raw: bytes) -> None:
    await spooled(database, raw, to("support@desk.example"))
    async with database.read() as db:
        assert (await db.scalars(select(Spool))).one().id_hash is None
