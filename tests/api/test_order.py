"""A program puts off, moves, tags and weighs conversations, and takes it back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from tests.api.conftest import Desk

LATER = (datetime.now(UTC) + timedelta(days=3)).replace(microsecond=0).isoformat()


async def test_put_off_and_back(desk: Desk) -> None:
    at = await desk.hears()
    path = f"/conversations/{at}"
    made = await desk.program.does("PUT", f"{path}/snooze", {"until": LATER})
    found = await desk.program.gets(path)
    assert found["state"] == "snoozed"
    assert datetime.fromisoformat(found["returns_at"]) == datetime.fromisoformat(LATER)
    listed = await desk.program.gets("/conversations?folder=snoozed")
    assert [one["id"] for one in listed["items"]] == [at]
    await desk.program.does("DELETE", f"{path}/corrections/{made['correction']}")
    assert (await desk.program.gets(path))["state"] == "open"
    await desk.program.does("PUT", f"{path}/wait", {"until": LATER})
    assert (await desk.program.gets(path))["state"] == "waiting"
    await desk.program.does("DELETE", f"{path}/snooze")
    assert (await desk.program.gets(path))["state"] == "open"
    for until in ("2020-01-01T00:00:00Z", "tomorrow", "2030-01-01T00:00:00"):
        refused = await desk.program.refused("PUT", f"{path}/snooze", {"until": until})
        assert refused["status"] == 422


async def test_tags_and_priority(desk: Desk) -> None:
    path = f"/conversations/{await desk.hears()}"
    await desk.program.does("PUT", f"{path}/tags", {"add": ["VIP", "Big client"]})
    await desk.program.does("PUT", f"{path}/tags", {"remove": ["vip"]})
    await desk.program.does("PUT", f"{path}/priority", {"priority": "high"})
    found = await desk.program.gets(path)
    assert (found["tags"], found["priority"]) == (["big-client"], "high")
    refused = await desk.program.refused("PUT", f"{path}/mailbox", {"mailbox": 4711})
    assert (refused["status"], refused["code"]) == (422, "conversation.no_such_mailbox")


async def test_the_customer_is_told_where_it_went_if_that_is_asked(desk: Desk) -> None:
    billing = await desk.service.company.mailbox("billing@us.example", "Billing")
    told = "select conversation_id from outbound where kind = 'moved'"
    homes = [await desk.hears(subject="Boots"), await desk.hears(subject="Gloves")]
    for home, tell in zip(homes, (False, True), strict=True):
        wish = {"mailbox": billing.id, "tell": tell}
        await desk.program.does("PUT", f"/conversations/{home}/mailbox", wish)
    async with desk.service.company.database.read() as db:
        assert list(await db.scalars(text(told))) == [homes[1]]
