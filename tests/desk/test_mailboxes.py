"""Mailboxes: added, changed, removed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from inbox.desk.mailbox_settings import read_values, shown
from inbox.desk.mailboxes import add_mailbox, remove_mailbox, set_mailbox
from inbox.errors import Invalid
from inbox.store.engine import Database
from inbox.store.hours import policy_of
from inbox.store.people import (
    find_mailbox,
    mailbox_addresses,
)

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


async def test_mail_to_a_mailbox_finds_it_by_every_address(database: Database) -> None:
    async with database.write() as db:
        mailbox = await add_mailbox(
            db, address="Support@Shop.Example", name="Support", aliases=["hilfe@bücher.example"]
        )
    for address in (
        "support@shop.example",
        "SUPPORT+r.abc@shop.example",
        "hilfe@xn--bcher-kva.example",
    ):
        async with database.read() as db:
            found = await find_mailbox(db, address)
        assert found is not None
        assert found.id == mailbox.id
    async with database.read() as db:
        assert await find_mailbox(db, "sales@shop.example") is None


async def test_hours_are_kept_as_they_are_read_and_holidays_with_them(database: Database) -> None:
    async with database.write() as db:
        mailbox = await add_mailbox(db, address="support@shop.example", name="Support")
        given = {"hours": "Mo-Fr 9-18", "country": "de", "region": "BY", "targets": "first 4h"}
        await set_mailbox(db, mailbox.address, given | {"time_zone": "Europe/Berlin"})
    assert (mailbox.hours, mailbox.country) == ("mo-fr 9:00-18:00", "DE")
    async with database.write() as db:
        policy = await policy_of(db, mailbox.id)
        assert policy.of(0).first_answer == timedelta(hours=4)
        year = datetime.now(tz=UTC).year
        assert policy.hours.of(date(year + 1, 1, 6)) == ()  # Epiphany is a holiday in Bavaria
        await set_mailbox(db, mailbox.address, {"hours": "always", "country": "", "region": ""})
        assert (await policy_of(db, mailbox.id)).is_always
    for wrong in ({"country": "DE", "region": "ZZ"}, {"manager": "x@y.example"}):
        with pytest.raises(Invalid):
            async with database.write() as db:
                await set_mailbox(db, mailbox.address, wrong)


async def test_a_removed_mailbox_takes_no_mail_and_can_come_back(database: Database) -> None:
    async with database.write() as db:
        first = await add_mailbox(db, address="support@shop.example", name="Support")
        await remove_mailbox(db, "support@shop.example", now=NOW)
    async with database.write() as db:
        assert await find_mailbox(db, "support@shop.example") is None
        again = await add_mailbox(db, address="support@shop.example", name="Help")
    assert (again.id, again.name, again.removed_at) == (first.id, "Help", None)


async def test_settings_of_a_mailbox(database: Database) -> None:
    async with database.write() as db:
        await add_mailbox(db, address="support@shop.example", name="Support", aliases=["a@x.test"])
        mailbox = await set_mailbox(
            db,
            "support@shop.example",
            {"undo_seconds": "5", "customer_token": "on", "join": "anyone", "aliases": "b@x.test"},
        )
    assert (mailbox.undo_seconds, mailbox.customer_token, mailbox.join_policy) == (
        5,
        True,
        "anyone",
    )
    async with database.read() as db:
        addresses = await mailbox_addresses(db)
    assert addresses == {mailbox.id: ["b@x.test", "support@shop.example"]}


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("undo_seconds", "soon", "a number from 0 to 3600"),
        ("undo_seconds", "3601", "a number from 0 to 3600"),
        ("confirm", "maybe", "off, proved or all"),
        ("language", "tlh", "one of en"),
        ("time_zone", "../etc/passwd", "Europe/Rome"),
        ("name", "two\x00", "a name"),
        ("colour", "red", "no setting colour"),
    ],
)
def test_a_wrong_value_says_what_is_expected(key: str, value: str, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        read_values({key: value})


def test_values_are_shown_as_they_are_written() -> None:
    assert [shown(True), shown(30), shown("a\nb")] == ["on", "30", "a\\nb"]


@pytest.mark.parametrize("address", ["support", "a b@x.test", "@x.test", "a@b@c", "a+b@x.test", ""])
async def test_what_cannot_be_a_mailbox(database: Database, address: str) -> None:
    async with database.write() as db:
        with pytest.raises(Invalid):
            await add_mailbox(db, address=address, name="Support")
