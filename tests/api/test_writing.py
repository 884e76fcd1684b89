"""A program answers now and later, comments, and keeps what somebody is writing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from inbox.desk.mailboxes import set_mailbox
from inbox.store.tables import Outbound
from tests.api.conftest import Desk

SOON = datetime.now(UTC) + timedelta(days=1)
LATER = (datetime.now(UTC) + timedelta(days=3)).replace(microsecond=0).isoformat()


async def test_drafts_and_answers(desk: Desk) -> None:
    path = f"/conversations/{await desk.hears()}"
    program = desk.program
    draft = await program.does("PUT", f"{path}/drafts/reply", {"text": "Half", "version": 0})
    stale = await program.refused("PUT", f"{path}/drafts/reply", {"text": "x", "version": 1})
    assert (stale["status"], stale["code"]) == (409, "draft.written_elsewhere")
    never = await program.refused("PUT", f"{path}/drafts/reply", {"text": "x", "version": 1 << 63})
    assert never["status"] == 422
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


async def test_what_was_taken_back_counts_as_unsent(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inbox.desk.put_aside.MOST_FILES", 0)
    path = f"/conversations/{await desk.hears()}"
    wish = {"text": "Here you are.", "send_at": LATER}
    files = [{"filename": f"{one}.txt", "content": one * 4} for one in "ab"]
    planned = await desk.program.does("POST", f"{path}/replies", {**wish, "attach": files[:1]})
    await desk.program.does("DELETE", f"/messages/{planned['id']}/sending")
    refused = await desk.program.refused("POST", f"{path}/replies", {**wish, "attach": files[1:]})
    assert (refused["status"], refused["code"]) == (422, "answer.many_unsent_files")
    assert (await desk.program.does("POST", f"{path}/replies", wish))["kind"] == "held"


async def test_a_mail_is_passed_on_and_a_first_one_written_with_files(desk: Desk) -> None:
    """Kept while they are written, and sent with all that the page can send."""
    path = f"/conversations/{await desk.hears()}"
    program = desk.program
    [mail] = await desk.messages(int(path[15:]))
    kept = f"{path}/messages/{mail['id']}/forward-draft"
    await program.does("PUT", kept, {"to": "glue@supplier.example", "text": "Can you"})
    letter = {"mailbox": desk.support.id, "subject": "Glue", "to": "kim@new.example", "text": ""}
    await program.does("PUT", "/drafts/a-first-mail", letter)
    found = (await program.gets("/drafts"))["items"]
    assert [(one["kind"], one["to"]) for one in found] == [
        ("new", "kim@new.example"),
        ("forward", "glue@supplier.example"),
    ]
    for one in (kept, "/drafts/a-first-mail"):
        await program.does("DELETE", one)
    assert not (await program.gets("/drafts"))["items"]
    file = {"filename": "sole.txt", "content_type": "text/plain", "content": "YSBzb2xl"}
    wish: dict[str, Any] = {
        "to": "glue@supplier.example",
        "text": "**Look**",
        "form": "markdown",
        "attach": [file],
    }
    wish |= {"cc": ["cy@supplier.example"], "quote": False}
    sent = await program.does("POST", f"{path}/forwards", wish)
    assert [one["address"] for one in (*sent["to"], *sent["cc"])] == [wish["to"], *wish["cc"]]
    [said] = [one for one in await desk.messages(int(path[15:])) if one["kind"] == "forward"]
    assert said["text"] == "Look"
    later = await program.does("POST", f"{path}/forwards", {**wish, "send_at": LATER})
    past = {**wish, "send_at": "2020-01-01T00:00:00Z"}
    assert (await program.refused("POST", f"{path}/forwards", past))["code"] == "time.past"
    async with desk.service.company.database.read() as db:
        query = select(Outbound.run_at, Outbound.draft["later"].as_boolean())
        about = query.where(Outbound.message_id.in_((sent["id"], later["id"])))
        assert [
            (at > SOON, when) for at, when in await db.execute(about.order_by(Outbound.id))
        ] == [
            (False, False),
            (True, True),
        ]
    await program.does("DELETE", f"/messages/{later['id']}/sending")
    wrong = {**wish, "attach": [{**file, "content": "no base64!"}]}
    assert (await program.refused("POST", f"{path}/forwards", wrong))["status"] == 422
    first: dict[str, Any] = {
        "mailbox": desk.support.id,
        "to": {"address": "kim@new.example"},
        "subject": "Glue",
    }
    first |= {"text": "As attached.", "attach": [file], "send_at": LATER}
    assert (await program.does("POST", "/conversations", first))["kind"] == "held"
