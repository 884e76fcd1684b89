"""`inbox queue` and `inbox quarantine`: what waits, and what an administrator does about it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import asyncpg
import pytest

from inbox.intake import quarantine
from inbox.intake.spool import accept
from inbox.model.mail import Envelope
from inbox.outbound.queue import NewMail, enqueue_mail
from inbox.settings import Settings
from inbox.store.engine import Database
from tests.cli.conftest import Run

pytestmark = pytest.mark.database

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
RAW = b"From: pat@lee.example\r\nSubject: Re: Boots\r\n\r\nHello\r\n"


@pytest.fixture
def waiting(office: Run, database_url: str) -> Run:
    """The command line of an office where one mail came and one wants to leave."""

    async def fill() -> None:
        database = Database(database_url, pool=1)
        async with database.write() as db:
            envelope = Envelope(sender="pat@lee.example", recipients=("support@shop.example",))
            await accept(db, RAW, envelope, now=NOW)
            mail = NewMail(
                kind="reply", recipients=("pat@lee.example",), header_id="1@shop.example",
                sender="support@shop.example", mailbox_id=1,
            )  # fmt: skip
            await enqueue_mail(db, mail, Settings(), now=NOW)
        await database.close()

    asyncio.run(fill())
    return office


def _sql(url: str, statement: str) -> object:
    async def ask() -> object:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()

    return asyncio.run(ask())


def test_both_directions_are_listed(waiting: Run) -> None:
    rows = waiting("queue", "list", "--json").json
    assert [(row["mail"], row["state"], row["recipients"]) for row in rows] == [
        ("in-1", "waiting", ["support@shop.example"]),
        ("out-1", "waiting", ["pat@lee.example"]),
    ]
    assert "in-1 " in waiting("queue", "list").out


def test_nothing_waits(office: Run) -> None:
    assert office("queue", "list").out == "nothing waits\n"


def test_a_dropped_mail_is_gone_from_the_list_and_kept(waiting: Run, database_url: str) -> None:
    assert waiting("queue", "drop", "in-1", "out-1").out == "dropped: in-1 out-1\n"
    assert waiting("queue", "list", "--json").json == []
    assert _sql(database_url, "select raw from spool") == RAW
    assert _sql(database_url, "select count(*) from job where done_at is null") == 0
    assert waiting("queue", "drop", "out-1").code == 1


def test_tried_again_now(waiting: Run, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _sql(database_url, "update job set run_at = now() + interval '1 hour'")
    monkeypatch.setenv("INBOX_RELAY_URL", "smtp://127.0.0.1:1")
    assert waiting("queue", "retry", "all", "--json").json == {"retried": ["in-1", "out-1"]}
    due = "select count(*) from job where done_at is null and run_at <= now()"
    assert _sql(database_url, due) == 2


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("retry", "7"), 2, "expected in-NUMBER or out-NUMBER"),
        (("retry", "out-7"), 1, "no outgoing mail 7 waits"),
        (("drop", "in-7"), 1, "no incoming mail 7 waits"),
        (("drop", f"in-{'9' * 30}"), 1, "there is no mail"),
    ],
)
def test_a_mail_that_is_none(waiting: Run, words: tuple[str, ...], code: int, says: str) -> None:
    end = waiting("queue", *words)
    assert (end.code, end.out) == (code, "")
    assert says in end.err


def test_a_mail_that_was_set_aside(waiting: Run, database_url: str) -> None:
    async def give_up() -> None:
        database = Database(database_url, pool=1)
        async with database.write() as db:
            await quarantine.set_aside(db, 1, "ValueError: no")
        await database.close()

    asyncio.run(give_up())
    (row,) = waiting("quarantine", "list", "--json").json
    assert (row["id"], row["error"]) == (1, "ValueError: no")
    assert waiting("quarantine", "show", "1").out.encode() == RAW
    understood = waiting("quarantine", "show", "1", "--json").json
    assert (understood["subject"], understood["base_subject"]) == ("Re: Boots", "boots")
    assert waiting("quarantine", "retry", "1").code == 0
    assert waiting("quarantine", "list").out == "nothing was set aside\n"
    assert waiting("quarantine", "show", "1").code == 1


def test_what_a_sender_wrote_cannot_drive_the_terminal(waiting: Run, database_url: str) -> None:
    _sql(database_url, r"update spool set sender = E'\x1b[2Jpat@lee.example'")
    assert "\x1b" not in waiting("queue", "list").out
