"""What is checked and brought about before any role starts."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from inbox.clock import utcnow
from inbox.errors import ConfigError
from inbox.outbound.queue import NewMail, enqueue_mail, plan_waiting
from inbox.run.prepare import Server, check_server, ensure_schema, is_empty, look_at
from inbox.settings import Settings
from inbox.store.engine import Database, plain_url
from inbox.store.tables import Job


@pytest.mark.parametrize(
    ("server", "says"),
    [
        (Server("13.9", 130009, ()), "14 or newer is needed"),
        (Server("18.4", 180004, ("fsync",)), "has fsync turned off"),
        (Server("18.4", 180004, ("fsync", "synchronous_commit")), "fsync and synchronous_commit"),
    ],
)
def test_a_server_on_which_mail_is_not_safe(server: Server, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        check_server(server)


def test_a_sound_server() -> None:
    check_server(Server("14.0", 140000, ()))


def test_a_password_is_never_shown() -> None:
    url = "postgresql://inbox:secret@db/inbox"
    assert plain_url(url, hidden=True) == "postgresql://inbox:***@db/inbox"


@pytest.mark.database
async def test_what_a_server_says_of_itself(database_url: str) -> None:
    server = await look_at(database_url)
    assert server.number >= 140000
    assert server.off == ("fsync",)  # the tests' own need not last
    assert not await is_empty(database_url)
    await ensure_schema(database_url)


@pytest.mark.database
async def test_mails_that_waited_for_a_relay_are_planned(database: Database) -> None:
    mail = NewMail(
        kind="notice",
        recipients=("ann@shop.example",),
        header_id="1@shop.example",
        sender="support@shop.example",
        mailbox_id=None,
    )
    async with database.write() as db:
        await enqueue_mail(db, mail, Settings(), now=utcnow())
        assert await db.scalar(select(func.count()).select_from(Job)) == 0
    async with database.write() as db:
        assert await plan_waiting(db) == 1
        assert await plan_waiting(db) == 0
