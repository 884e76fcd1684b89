"""Who wrote as one of ours and is unknown: listed, and let in or not, by those who may."""

from __future__ import annotations

from sqlalchemy import select

from inbox.store.departments import newcomer_of, newcomers, stranger_of
from inbox.store.people import agent_by_address
from inbox.store.tables import Agent, Mailbox, Message, Newcomer
from tests.http.company import Company
from tests.http.conftest import Doors

PAGE = "/house/newcomers"


async def test_strangers_are_let_in_by_those_whose_mailbox_it_is(
    doors: Doors, company: Company, support: Mailbox, boots: int
) -> None:
    sales = await company.mailbox("sales@us.example", "Sales")
    offer = await company.receives(sales, subject="Offer", from_="Jane <jane@shop.example>")
    department = await company.agent("Stores", role="colleague")
    async with company.database.write() as db:
        # Lee answers for a department as well: only who says who speaks for it may let them in.
        for name, home in (("bob", boots), ("eve", offer), ("lee", boots)):
            at = (await db.scalars(select(Message.id).where(Message.conversation_id == home))).one()
            await stranger_of(db, f"{name}@us.example", name.title(), at, now=company.now)
        await newcomer_of(db, "lee@us.example", "Lee", department.id, now=company.now)
        # Who answers for a department as well may have said something in any mailbox.
        at = (await db.scalars(select(Message.id).where(Message.conversation_id == boots))).one()
        await stranger_of(db, "liz@us.example", "Liz", at, now=company.now)
        await newcomer_of(db, "liz@us.example", "Liz", department.id, now=company.now)
    agent = await doors.open(await company.agent("Zoe", support.address))
    manager = await doors.open(await company.agent("Max", support.address, role="manager"))
    admin = await doors.open(await company.agent("Ada", support.address, role="admin"))
    assert (await agent.get(PAGE)).status_code == 403
    seen = await manager.page(PAGE)
    assert "bob@us.example" in seen
    assert "Boots" in seen
    assert "eve@us.example" not in seen
    assert "lee@us.example" not in seen
    assert "liz@us.example" not in seen
    for hidden in ("eve@us.example", "lee@us.example", "liz@us.example", "nobody@us.example", "\0"):
        refused = await manager.post(f"{PAGE}?_method=put", {"address": hidden})
        assert refused.status_code == 404
    assert (
        "A colleague from now on."
        in (await manager.post(f"{PAGE}?_method=put", {"address": "bob@us.example"})).text
    )
    every = await admin.page(PAGE)
    assert "Offer" not in every  # not in a mailbox of theirs, but somebody has to know
    assert "eve@us.example" in every
    assert "answered for Stores" in every
    assert "3 people write as some of yours" in await admin.page("/house/people")
    done = await admin.post(f"{PAGE}?_method=delete", {"address": "Eve@us.example"})
    assert "Nobody is asked about them again." in done.text
    async with company.database.read() as db:
        bob = await agent_by_address(db, "bob@us.example")
        assert bob is not None
        assert (bob.name, bob.role) == ("Bob", "colleague")
        assert await agent_by_address(db, "eve@us.example") is None
        waiting = sorted(one.address for one, _ in await newcomers(db))
        assert waiting == ["lee@us.example", "liz@us.example"]
        decided = (await db.get_one(Newcomer, "eve@us.example")).decided_by
        assert (await db.get_one(Agent, decided)).name == "Ada"
