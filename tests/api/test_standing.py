"""A program closes with what is wanted, promises, follows, and notes something about a customer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from inbox.desk.mailboxes import set_mailbox
from inbox.store.tables import Event
from tests.api.conftest import Desk

LATER = (datetime.now(UTC) + timedelta(days=3)).replace(microsecond=0).isoformat()


async def test_what_a_mailbox_wants_is_wanted_of_programs_too(desk: Desk) -> None:
    at = await desk.hears()
    path = f"/conversations/{at}"
    async with desk.service.company.database.write() as db:
        wanted = {"categories": "Returns", "close_needs": "category,comment,solution"}
        await set_mailbox(db, desk.support.address, wanted)
    refused = await desk.program.refused("PUT", f"{path}/closure", {"comment": "Kind"})
    assert (refused["status"], refused["code"]) == (422, "conversation.closing_needs")
    assert "a category, the solution" in refused["detail"]
    assert "a comment" not in refused["detail"].partition("needs")[2]
    refused = await desk.program.refused("PUT", f"{path}/closure", {"category": "Cars"})
    assert refused["code"] == "conversation.no_category"
    await desk.program.does("PUT", f"{path}/classification", {"category": "returns"})
    said = {"solution": "Sent", "comment": "Kind", "tell": True}
    made = await desk.program.does("PUT", f"{path}/closure", said)
    found = await desk.program.gets(path)
    assert (found["state"], found["category"], found["solution"]) == ("closed", "Returns", "Sent")
    assert found["rating"] is None  # the customer has said nothing yet
    async with desk.service.company.database.read() as db:
        assert (await db.get_one(Event, made["correction"])).via == "api"
    await desk.program.does("DELETE", f"{path}/corrections/{made['correction']}")
    assert (await desk.program.gets(path))["state"] == "open"


async def test_promises_following_and_notes(desk: Desk) -> None:
    at = await desk.hears()
    path = f"/conversations/{at}"
    await desk.program.does("PUT", f"{path}/promise", {"until": LATER})
    found = await desk.program.gets(path)
    assert datetime.fromisoformat(found["promised_until"]) == datetime.fromisoformat(LATER)
    far = {"until": "9999-12-31T23:00:00Z"}
    assert (await desk.program.refused("PUT", f"{path}/promise", far))["status"] == 422
    await desk.program.does("DELETE", f"{path}/promise")
    assert (await desk.program.gets(path))["promised_until"] is None
    made = await desk.program.does("PUT", f"{path}/following")
    assert made["correction"]
    assert (await desk.program.does("PUT", f"{path}/following"))["correction"] is None
    await desk.program.does("DELETE", f"{path}/following")
    customer = f"/customers/{found['customer']['id']}"
    note = await desk.program.does("POST", f"{customer}/notes", {"text": "Calls at night"})
    listed = await desk.program.gets(f"{customer}/notes")
    assert [one["text"] for one in listed["items"]] == ["Calls at night"]
    await desk.program.does("DELETE", f"{customer}/notes/{note['id']}")
    assert (await desk.program.gets(f"{customer}/notes"))["items"] == []
    assert (await desk.program.refused("GET", "/customers/4711/notes"))["status"] == 404
