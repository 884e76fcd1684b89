"""Any bytes whatsoever end as a stored message or an entry set aside, never as a lost one."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy import text

from inbox.errors import NotFound
from inbox.intake.quarantine import list_set_aside, original, retry
from inbox.jobs.worker import Worker
from inbox.log import configure
from inbox.outbound.keyed import loop_mark
from tests.intake.house import House

ODD = [
    b"",
    b"\0" * 200,
    b"hello",
    b"From: \xff\xfe\r\nSubject: =?utf-8?b?////?=\r\n\r\n\xff\0\x80",
    b"From: a@b.example\r\nMessage-ID: <" + b"x" * 5000 + b"@y>\r\n\r\n.",
    b"References: " + b"<a@b> " * 5000 + b"\r\n\r\n",
    b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\n\r\n" * 2000,
    b"Subject: " + "ΐ".encode() * 3000 + b"\r\n\r\nx",
    "To: \ud800@x\r\nCc: ".encode("utf-8", "surrogatepass") + b"a@b, " * 3000 + b"\r\n\r\n",
    random.Random(7).randbytes(5000),
]


@pytest.fixture(autouse=True)
def _plain_logs() -> Iterator[None]:
    """Without this a failure is logged with the values of every variable, for seconds."""
    configure("json", "ERROR")
    yield
    structlog.reset_defaults()


@pytest.mark.parametrize("raw", ODD, ids=range(len(ODD)))
async def test_odd_bytes_are_kept(house: House, raw: bytes) -> None:
    spool_id = await house.spools(raw, sender="a@b.example", recipients=("support@us.example",))
    assert spool_id
    assert await house.works_off(spool_id)
    assert await house.one("select spool_id from message") == spool_id


@pytest.mark.parametrize(
    "headers",
    [
        {"Delivered-To": "support@us.example", "To": "friends@elsewhere.example"},
        {"X-Original-To": "support+shoes@us.example", "To": "friends@elsewhere.example"},
        {"To": "friends@elsewhere.example", "Cc": "Us <support@us.example>"},
    ],
)
async def test_where_the_envelope_says_nothing_of_us_the_headers_do(
    house: House, headers: dict[str, str]
) -> None:
    """Mail that was fetched or passed on by a program comes with an envelope of its own."""
    kept = await house.receives(
        house.letter("Hello", answers=None, **headers), recipients=("fetched@elsewhere.example",)
    )
    assert kept
    assert kept.is_new


async def test_a_mail_of_our_own_that_comes_back_is_set_aside(house: House) -> None:
    """A notice passed on to the mailbox by a rule of somebody's program: nobody is told of it."""
    mark = loop_mark(house.context.secret)
    assert await house.receives(house.letter("Jane wrote", X_Inbox_Loop=mark)) is None
    async with house.database.read() as db:
        [aside] = await list_set_aside(db)
    assert aside.error.startswith("a mail of our own came back")
    assert await house.one("select count(*) from outbound") == 0
    # Somebody else's mark, or a made-up one, is no reason to lose a mail.
    assert await house.receives(house.letter("Hello", X_Inbox_Loop="abcdefghijklmnop"))


async def test_mail_for_nobody_is_set_aside_and_tried_again(house: House) -> None:
    mail = house.letter(To="nobody@us.example")
    assert await house.receives(mail) is None
    async with house.database.read() as db:
        [aside] = await list_set_aside(db)
        assert b"Subject: Broken boots" in await original(db, aside.id)
    assert "no mailbox" in aside.error
    await house.mailbox("nobody@us.example")
    async with house.database.write() as db:
        await retry(db, aside.id)
    await Worker(house.context, concurrency=1).run_due()
    assert await house.one("select spool_id from message") == aside.id
    assert await house.one("select state from spool") == "done"


async def test_what_fails_five_times_is_set_aside_and_blocks_nobody(house: House) -> None:
    await house.change("alter table message add constraint no_poison check (subject <> 'Poison')")
    try:
        await house.spools(house.letter(Subject="Poison"))
        await house.spools(house.letter(Subject="Good", From="tom@shop.example"))
        worker = Worker(house.context, concurrency=1)
        for _ in range(5):
            await worker.run_due()
            await house.change("update job set run_at = now() where done_at is null")
        assert await house.one("select subject from message") == "Good"
        async with house.database.read() as db:
            [aside] = await list_set_aside(db)
        assert "no_poison" in aside.error
    finally:
        await house.change("alter table message drop constraint no_poison")
    async with house.database.write() as db:
        await retry(db, aside.id)
    await Worker(house.context, concurrency=1).run_due()
    assert await house.one("select count(*) from message") == 2


async def test_only_what_is_set_aside_can_be_tried_again(house: House) -> None:
    await house.receives(house.letter())
    async with house.database.write() as db:
        assert await db.scalar(text("select count(*) from spool")) == 1
        with pytest.raises(NotFound):
            await retry(db, 1)
