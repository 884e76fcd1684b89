"""Several conversations by one request, folders counted, searches kept: with one's rights."""

from __future__ import annotations

from sqlalchemy import text

from inbox.desk.mailboxes import set_mailbox
from tests.api.conftest import Service


async def test_several_folders_and_workspaces(service: Service) -> None:
    company = service.company
    support = await company.mailbox("support@us.example", "Support")
    program = await service.of(await company.agent("Ann Berg", support.address))
    press = await company.mailbox("press@us.example", "Press")
    theirs = await company.receives(press, text="Never")
    two = [await company.receives(support, text=f"{n}") for n in range(2)]
    await program.does("PUT", f"/conversations/{two[0]}/spam")
    wish = {"conversations": two, "do": "wait"}
    done = await program.does("POST", "/several", wish)
    assert (done["changed"], len(done["events"])) == (1, 1)
    assert [(one["conversation"], one["code"]) for one in done["refused"]] == [
        (two[0], "conversation.is_spam")
    ]
    counts = (await program.gets("/folders"))["counts"]
    assert (counts["waiting"], counts["spam"], counts["open"]) == (1, 1, 0)
    kim = await service.of(await company.agent("Kim Lee", support.address))
    assert await kim.does("POST", "/several/undo", {"events": done["events"]}) == {"undone": 0}
    assert await program.does("POST", "/several/undo", {"events": done["events"]}) == {"undone": 1}
    async with company.database.write() as db:
        there = text("update conversation set mailbox_id = :press where id = :id")
        away = await program.does("POST", "/several", wish)
        await db.execute(there, {"press": press.id, "id": two[1]})
    gone = {"events": away["events"]}
    assert (await program.refused("POST", "/several/undo", gone))["status"] == 404
    async with company.database.write() as db:
        await db.execute(there, {"press": support.id, "id": two[1]})
    assert await program.does("POST", "/several/undo", gone) == {"undone": 1}
    for wrong, status in (
        ({**wish, "conversations": [*two, theirs]}, 404),
        ({**wish, "do": "snooze"}, 422),
        ({**wish, "do": "delete"}, 422),
    ):
        assert (await program.refused("POST", "/several", wrong))["status"] == status
    assert (await program.refused("GET", f"/folders?mailbox={press.id}"))["status"] == 404
    kept = await program.does("POST", "/workspaces", {"query": "is:open"})
    found = await program.gets(f"/workspaces/{kept['id']}/conversations")
    assert [one["id"] for one in found["items"]] == [two[1]]
    changed = {"query": "is:spam", "name": "Spam", "mailbox": support.id}
    await program.does("PUT", f"/workspaces/{kept['id']}", changed)
    await program.does("DELETE", f"/workspaces/{kept['id']}")
    assert (await program.gets("/workspaces"))["items"] == []
    await program.does("PUT", f"/workspaces/{kept['id']}/restored")
    assert [one["name"] for one in (await program.gets("/workspaces"))["items"]] == ["Spam"]
    other = await service.of(await company.agent("Eva Roth", press.address))
    for method, path in (("GET", "/conversations"), ("PUT", "/restored")):
        problem = await other.refused(method, f"/workspaces/{kept['id']}{path}")
        assert problem["status"] == 404


async def test_what_closing_needs_is_said_with_closing_several(service: Service) -> None:
    company = service.company
    support = await company.mailbox("support@us.example", "Support")
    ann = await company.agent("Ann Berg", support.address)
    program = await service.of(ann)
    boots = await company.receives(support)
    async with company.database.write() as db:
        await set_mailbox(db, support.address, {"close_needs": "solution,assignee"})
    wish = {"conversations": [boots], "do": "close"}
    [no] = (await program.does("POST", "/several", wish))["refused"]
    assert no["code"] == "conversation.closing_needs"
    closing = {"solution": "Sent", "assignee": ann.id, "tell": True}
    closed = await program.does("POST", "/several", wish | {"closing": closing})
    assert closed["changed"] == 1
    async with company.database.read() as db:
        [told] = await db.scalars(text("select args from job where kind = 'closing.tell'"))
    assert told["is_asked"]
    assert await program.does("POST", "/several/undo", {"events": closed["events"]}) == {
        "undone": 1
    }
