"""Mailboxes and people as an administrator adds, changes and removes them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from inbox.desk.mailboxes import add_mailbox, set_mailbox
from inbox.desk.people import add_agent, disable_agent, set_agent, set_password
from inbox.errors import Conflict, InboxError, Invalid, NotFound
from inbox.store.engine import Database
from inbox.store.people import (
    agent_addresses,
    agent_by_address,
    find_mailbox,
    members,
)
from inbox.store.secrets import ensure_secret
from inbox.store.tables import Session

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


async def test_adding_again_changes_nothing_and_says_nothing(database: Database) -> None:
    for _ in range(2):
        async with database.write() as db:
            await add_mailbox(db, address="support@shop.example", name="Support")
            await add_agent(
                db,
                email="ann@shop.example",
                name="Ann",
                role="agent",
                mailboxes=["support@shop.example"],
                addresses=["ann@home.example"],
            )
    async with database.read() as db:
        mailbox = await find_mailbox(db, "support@shop.example")
        assert mailbox is not None
        assert [agent.email for agent in await members(db, mailbox.id)] == ["ann@shop.example"]
        ann = await agent_by_address(db, "Ann@Home.Example")
        assert ann is not None
        assert ann.name == "Ann"


async def test_adding_again_with_other_values_is_refused(database: Database) -> None:
    async with database.write() as db:
        await add_mailbox(db, address="support@shop.example", name="Support")
        await add_agent(db, email="ann@shop.example", name="Ann", role="agent")
    async with database.write() as db:
        with pytest.raises(Conflict, match="with the name Support"):
            await add_mailbox(db, address="support@shop.example", name="Help")
    async with database.write() as db:
        with pytest.raises(Conflict, match="Ann, agent"):
            await add_agent(db, email="ann@shop.example", name="Ann", role="admin")


async def test_a_person_is_no_mailbox_and_a_mailbox_no_person(database: Database) -> None:
    async with database.write() as db:
        await add_mailbox(db, address="support@shop.example", name="Support")
        await add_agent(db, email="ann@shop.example", name="Ann", role="agent")
    async with database.write() as db:
        with pytest.raises(Conflict):
            await add_mailbox(db, address="ann@shop.example", name="Ann")
    async with database.write() as db:
        with pytest.raises(Conflict):
            await add_agent(db, email="support@shop.example", name="Bo", role="agent")


async def test_an_address_is_of_one_person_and_of_one_mailbox(database: Database) -> None:
    """Whoever has an address of somebody else writes in their name; a mailbox's gets their mail."""
    async with database.write() as db:
        await add_mailbox(db, address="a@shop.example", name="A", aliases=["alias@shop.example"])
        await add_mailbox(db, address="b@shop.example", name="B")
        await add_agent(
            db, email="ann@shop.example", name="Ann", role="agent", addresses=["ann@home.example"]
        )
        await add_agent(db, email="bo@shop.example", name="Bo", role="agent")
    for taken in ("ann@home.example", "Ann@Shop.Example"):
        async with database.write() as db:
            with pytest.raises(Conflict, match="belongs to somebody else"):
                await set_agent(db, "bo@shop.example", {"addresses": taken})
            await db.rollback()
    async with database.write() as db:
        with pytest.raises(Conflict, match="leads to another mailbox"):
            await set_mailbox(db, "b@shop.example", {"aliases": "alias@shop.example"})
        await db.rollback()
    async with database.read() as db:
        assert [len(found) for found in (await agent_addresses(db)).values()] == [2, 1]
        mailbox = await find_mailbox(db, "alias@shop.example")
        assert mailbox is not None
        assert mailbox.name == "A"


async def test_a_person_is_changed(database: Database) -> None:
    async with database.write() as db:
        await add_mailbox(db, address="support@shop.example", name="Support")
        await add_mailbox(db, address="sales@shop.example", name="Sales")
        await add_agent(
            db,
            email="ann@shop.example",
            name="Ann",
            role="agent",
            mailboxes=["support@shop.example"],
        )
        ann = await set_agent(
            db,
            "ann@shop.example",
            {"role": "manager", "mailboxes": "sales@shop.example", "addresses": "a@home.example"},
        )
        assert ann.role == "manager"
        sales = await find_mailbox(db, "sales@shop.example")
        support = await find_mailbox(db, "support@shop.example")
        assert sales is not None
        assert support is not None
        assert await members(db, sales.id) == [ann]
        assert await members(db, support.id) == []
    async with database.write() as db:
        with pytest.raises(Invalid, match="no setting shoe"):
            await set_agent(db, "ann@shop.example", {"shoe": "42"})


async def test_a_disabled_person_is_signed_out_and_gets_nothing(database: Database) -> None:
    async with database.write() as db:
        mailbox = await add_mailbox(db, address="support@shop.example", name="Support")
        ann = await add_agent(
            db, email="ann@shop.example", name="Ann", role="agent", mailboxes=[mailbox.address]
        )
        db.add(Session(token_hash=b"x" * 32, agent_id=ann.id, expires_at=NOW))
    async with database.write() as db:
        await disable_agent(db, "ann@shop.example", now=NOW)
    async with database.read() as db:
        assert await members(db, mailbox.id) == []
        assert await db.get(Session, b"x" * 32) is None
    async with database.write() as db:
        await set_agent(db, "ann@shop.example", {"enabled": "on"})
        assert len(await members(db, mailbox.id)) == 1


async def test_a_new_password_signs_out_everywhere(database: Database) -> None:
    async with database.write() as db:
        ann = await add_agent(db, email="ann@shop.example", name="Ann", role="agent")
        db.add(Session(token_hash=b"x" * 32, agent_id=ann.id, expires_at=NOW))
        await set_password(db, "ann@shop.example", "a hash")
    async with database.read() as db:
        assert await db.get(Session, b"x" * 32) is None


async def test_whoever_is_not_there_cannot_be_changed(database: Database) -> None:
    async with database.write() as db:
        with pytest.raises(NotFound):
            await disable_agent(db, "ann@shop.example", now=NOW)
    async with database.write() as db:
        with pytest.raises(InboxError):
            await set_mailbox(db, "support@shop.example", {})


async def test_the_secret_is_made_once(database: Database) -> None:
    async with database.write() as db:
        first = await ensure_secret(db)
    async with database.write() as db:
        assert await ensure_secret(db) == first
    assert len(first) == 32


async def test_a_colleague_is_a_member_of_nothing(database: Database) -> None:
    async with database.write() as db:
        mailbox = await add_mailbox(db, address="support@shop.example", name="Support")
        bo = {"email": "bo@shop.example", "name": "Bo", "mailboxes": ["support@shop.example"]}
        await add_agent(db, role="colleague", **bo)  # type: ignore[arg-type] # they are of one kind
        assert await members(db, mailbox.id) == []
        with pytest.raises(Invalid):
            await set_agent(db, "bo@shop.example", {"mailboxes": "support@shop.example"})
        await set_agent(db, "bo@shop.example", {"role": "agent"})
        await set_agent(db, "bo@shop.example", {"mailboxes": "support@shop.example"})
        assert len(await members(db, mailbox.id)) == 1
        await set_agent(db, "bo@shop.example", {"role": "colleague"})
        assert await members(db, mailbox.id) == []
