"""What nobody has, by urgency and due time, and who has how much: for programs that give it out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import update

from inbox.store.dispatch import PAGE
from inbox.store.tables import Agent, Conversation
from tests.api.conftest import Desk


async def test_listed_and_given_with_ones_rights(desk: Desk) -> None:
    company, program = desk.service.company, desk.program
    press = await company.mailbox("press@us.example", "Press")
    await company.receives(press, subject="Secret")
    ben = await company.agent("Ben Okafor", desk.support.address)
    cid = await company.agent("Cid Vega", press.address)
    long = "The left boot came apart at the heel. " * 20
    late, soon = [await desk.hears(text=one, subject="Boots") for one in (long, "Size?")]
    now = datetime.now(UTC)
    away = now + timedelta(days=2)
    async with company.database.write() as db:
        for one, hours in ((late, -1), (soon, 2)):
            due = now + timedelta(hours=hours)
            await db.execute(update(Conversation).where(Conversation.id == one).values(due_at=due))
        for person, until in ((ben.id, away), (desk.ann.id, now - timedelta(days=1))):
            await db.execute(update(Agent).where(Agent.id == person).values(away_until=until))
    found = await program.gets("/dispatch")
    assert [one["id"] for one in found["items"]] == [late, soon]
    assert found["next"] is None
    assert [one["id"] for one in (await program.gets("/dispatch", pile="quick"))["items"]] == [soon]

    def load(answer: Any, name: str) -> Any:
        return next(one for one in answer["people"] if one["name"] == name)

    assert [one["name"] for one in found["people"]] == ["Ann Berg", "Ben Okafor"]
    assert load(found, "Ann Berg")["away_until"] is None  # that is over
    assert datetime.fromisoformat(load(found, "Ben Okafor")["away_until"]) == away
    await program.does("PUT", f"/conversations/{late}/assignee", {"agent": ben.id})
    async with company.database.write() as db:
        await db.execute(update(Conversation).values(due_at=now - timedelta(hours=1)))
    found = await program.gets("/dispatch")
    assert [one["id"] for one in found["items"]] == [soon]
    assert (load(found, "Ben Okafor")["open"], load(found, "Ben Okafor")["late"]) == (1, 1)
    theirs = await (await desk.service.of(cid)).gets("/dispatch")
    assert [one["subject"] for one in theirs["items"]] == ["Secret"]
    assert [one["name"] for one in theirs["people"]] == ["Cid Vega"]
    for wrong in ({"pile": "slow"}, {"cursor": "1~!"}):
        assert (await program.refused("GET", "/dispatch", params=wrong))["status"] == 422


async def test_it_goes_on_with_its_cursor(desk: Desk) -> None:
    first = await desk.hears()
    async with desk.service.company.database.write() as db:
        row = await db.get_one(Conversation, first)
        same = {
            one.name: getattr(row, one.name)
            for one in Conversation.__table__.columns
            if one.name != "id"
        }
        db.add_all(Conversation(**same) for _ in range(PAGE))
    some = await desk.program.gets("/dispatch")
    rest = await desk.program.gets("/dispatch", cursor=some["next"])
    ids = [one["id"] for one in (*some["items"], *rest["items"])]
    assert (len(some["items"]), len(set(ids)), rest["next"]) == (PAGE, PAGE + 1, None)
