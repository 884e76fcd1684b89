"""A program answers now and later, comments, and keeps what somebody is writing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from inbox.desk.mailboxes import set_mailbox
from tests.api.conftest import Desk

LATER = (datetime.now(UTC) + timedelta(days=3)).replace(microsecond=0).isoformat()


async def test_drafts_and_answers(desk: Desk) -> None:
    path = f"/conversations/{await desk.hears()}"
    program = desk.program
    draft = await program.does("PUT", f"{path}/drafts/reply", {"text": "Half", "version": 0})
    stale = await program.refused("PUT", f"{path}/drafts/reply", {"text": "x", "version": 1})
    assert (stale["status"], stale["code"]) == (409, "draft.written_elsewhere")
    newer = {"text": "Half an answer", "bcc": "boss@else.example", "version": draft["version"]}
    await program.does("PUT", f"{path}/drafts/reply", newer)
    [found] = (await program.gets("/drafts"))["items"]
    assert (found["text"], found["bcc"]) == ("Half an answer", "boss@else.example")
    await program.does("DELETE", f"{path}/drafts/reply")
    wish = {"text": "Attached is the list.", "bcc": ["boss@else.example"], "then": "close"}
    doubted = await program.refused("POST", f"{path}/replies", wish)
    assert (doubted["status"], doubted["code"]) == (409, "answer.no_file")
    assert doubted["named"] == "Attached is"
    sent = await program.does("POST", f"{path}/replies", {**wish, "told": ["file"]})
    assert "boss@else.example" not in str(await program.gets(f"{path}/messages"))
    assert (await program.gets(path))["state"] == "closed"
    await program.does("DELETE", f"/messages/{sent['id']}/sending")
    assert (await program.gets(path))["state"] == "open"
    planned = await program.does("POST", f"{path}/replies", {"text": "Soon.", "send_at": LATER})
    assert planned["kind"] == "held"
    await program.does("DELETE", f"/messages/{planned['id']}/sending")
    foreign = {"text": "Hello", "sender": "ceo@else.example"}
    refused = await program.refused("POST", f"{path}/replies", foreign)
    assert (refused["status"], refused["code"]) == (422, "answer.foreign_sender")
    await program.does("POST", f"{path}/notes", {"text": "For us."})
    kinds = [one["kind"] for one in (await program.gets(f"{path}/messages"))["items"]]
    assert kinds == ["mail", "note"]


async def test_an_answer_that_closes_says_what_is_wanted(desk: Desk) -> None:
    path = f"/conversations/{await desk.hears()}"
    program = desk.program
    async with desk.service.company.database.write() as db:
        await set_mailbox(db, desk.support.address, {"close_needs": "solution,comment"})
    wish = {"text": "New ones are on the way.", "then": "close"}
    refused = await program.refused("POST", f"{path}/replies", wish)
    assert refused["status"] == 422
    assert [one["kind"] for one in (await program.gets(f"{path}/messages"))["items"]] == ["mail"]
    closing = {"solution": "Sent", "comment": "He is nice"}
    await program.does("POST", f"{path}/replies", {**wish, "closing": closing})
    assert (await program.gets(path))["state"] == "closed"
    kinds = [one["kind"] for one in (await program.gets(f"{path}/messages"))["items"]]
    assert kinds == ["mail", "reply", "note"]
