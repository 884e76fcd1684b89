"""What a program reads: lists part by part, conversations, messages, verdicts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from inbox.asgi.paging import write_cursor
from inbox.desk.people import set_agent
from inbox.store.tables import ConversationMailbox
from tests.api.conftest import Desk


async def test_a_conversation_and_what_was_said_in_it(desk: Desk) -> None:
    proof = {"spf": "pass", "dkim": "pass", "dmarc": "pass", "source": "direct"}
    at = await desk.hears(text="Which size?\n\n> Old words", proof=proof)
    found = await desk.program.gets(f"/conversations/{at}")
    assert (found["subject"], found["state"], found["mailbox"]) == (
        "Boots",
        "open",
        desk.support.id,
    )
    assert found["customer"] == {"id": 1, "name": "Pat Lee", "address": "pat@customer.example"}
    assert (found["assignee"], found["refers_to"], found["also_in"]) == (None, None, [])
    [message] = await desk.messages(at)
    assert message["author"] == {"name": "Pat Lee", "address": "pat@customer.example"}
    assert (message["kind"], message["is_public"]) == ("mail", True)
    assert message["text"] == "Which size?"
    assert "Old words" in message["quoted"]
    assert message["proof"] == {"spf": "pass", "dkim": "pass", "dmarc": "pass"}
    assert await desk.program.gets(f"/messages/{message['id']}") == message


async def test_which_mailboxes_of_ones_own_see_it(desk: Desk) -> None:
    company = desk.service.company
    sales = await company.mailbox("sales@us.example", "Sales")
    press = await company.mailbox("press@us.example", "Press")
    at = await desk.hears()
    async with company.database.write() as db:
        await set_agent(
            db, desk.ann.email, {"mailboxes": f"{desk.support.address},{sales.address}"}
        )
        for one in (sales, press):
            db.add(ConversationMailbox(conversation_id=at, mailbox_id=one.id))
    assert (await desk.program.gets(f"/conversations/{at}"))["also_in"] == [sales.id]


async def test_lists_go_on_where_they_ended(desk: Desk) -> None:
    every = [
        await desk.hears(subject=f"No {n}", text=f"{n}", ago=timedelta(minutes=n))
        for n in range(1, 53)
    ]
    first = await desk.program.gets("/conversations", folder="open")
    second = await desk.program.gets("/conversations", folder="open", cursor=first["next"])
    assert [one["id"] for one in (*first["items"], *second["items"])] == every
    assert second["next"] is None
    for mail in range(52):
        await desk.hears(into=every[0], text=f"More {mail}", ago=timedelta(seconds=50 - mail))
    path = f"/conversations/{every[0]}/messages"
    first = await desk.program.gets(path)
    second = await desk.program.gets(path, cursor=first["next"])
    texts = [one["text"] for one in (*first["items"], *second["items"])]
    assert texts == ["1", *(f"More {mail}" for mail in range(52))]


async def test_lists_by_state_and_mailbox(desk: Desk) -> None:
    at = await desk.hears()
    await desk.program.does("PUT", f"/conversations/{at}/spam")
    other = await desk.hears(subject="Laces")
    assert [one["id"] for one in (await desk.program.gets("/conversations"))["items"]] == [other]
    spam = await desk.program.gets("/conversations", folder="spam", mailbox=desk.support.id)
    assert [(one["id"], one["state"]) for one in spam["items"]] == [(at, "spam")]
    assert (await desk.program.gets("/conversations", folder="mine"))["items"] == []


async def test_a_question_that_makes_no_sense(desk: Desk) -> None:
    for name, value in [("folder", "none"), ("mailbox", "x")]:
        problem = await desk.program.refused("GET", "/conversations", params={name: value})
        assert problem["status"] == 422
        assert [one["where"] for one in problem["errors"]] == [f"query.{name}"]
    strange = write_cursor(datetime.now(UTC), 1 << 70)
    far = await desk.program.refused("GET", "/conversations", params={"cursor": strange})
    assert far["status"] == 422
    for address in ("\0pat@x.example", ""):
        nobody = await desk.program.refused("GET", "/customers", params={"address": address})
        assert nobody["status"] == 422
    problem = await desk.program.refused("GET", "/conversations", params={"cursor": "tampered"})
    assert problem["status"] == 422
    assert "start from the first" in problem["detail"]


async def test_what_is_not_there_is_a_problem_too(desk: Desk) -> None:
    for path in ("/conversations/abc", "/messages/0", f"/messages/{1 << 70}", "/nothing", "/"):
        assert (await desk.program.refused("GET", path))["status"] == 404, path
    for path in (f"/messages/{1 << 70}/why", f"/conversations/{1 << 70}/messages"):
        assert (await desk.program.refused("GET", path))["status"] == 404, path
    assert (await desk.program.refused("PATCH", "/mailboxes"))["status"] == 405


async def test_why_a_mail_is_where_it_is(desk: Desk) -> None:
    company = desk.service.company
    press = await company.mailbox("press@us.example", "Press")
    hidden = await company.receives(press, subject="Hidden")
    seen = await desk.hears(subject="Old boots", from_="Kim <kim@other.example>")
    match = {
        "outcome": "joined",
        "evidence": [
            {"rule": "our_id", "weight": 0.95, "detail": "In-Reply-To <a@us.example>"},
            {"rule": "subject", "weight": 0.5, "detail": "boots"},
        ],
        "rejected": [
            {"conversation": hidden, "rule": "sibling", "why": "stranger"},
            {"conversation": seen, "rule": "quote", "why": "weaker"},
        ],
        "standing": "customer",
        "suggestions": [hidden, seen],
        "also": [],
    }
    at = await desk.hears(match=match)
    [message] = await desk.messages(at)
    why = await desk.program.gets(f"/messages/{message['id']}/why")
    assert (why["outcome"], why["rule"], why["standing"]) == ("joined", "our_id", "customer")
    assert why["evidence"] == match["evidence"]
    assert why["rejected"] == [
        {"rule": "sibling", "why": "stranger", "conversation": None},
        {"rule": "quote", "why": "weaker", "conversation": seen},
    ]
    assert why["suggestions"] == [seen]
    assert why["sentences"][0].startswith("It is here because it answers a mail of ours")


async def test_an_entry_that_did_not_come_by_mail_has_no_verdict(desk: Desk) -> None:
    at = await desk.hears()
    [message] = await desk.messages(at)
    why = await desk.program.gets(f"/messages/{message['id']}/why")
    assert (why["outcome"], why["rule"], why["evidence"], why["sentences"]) == (None, None, [], [])


async def test_channels_are_for_administrators(desk: Desk) -> None:
    assert (await desk.program.refused("GET", "/channels"))["status"] == 403
    company = desk.service.company
    chief = await desk.service.of(await company.agent("Cleo Papas", role="admin"))
    assert await chief.gets("/channels") == {"items": [], "advice": []}


async def test_it_describes_itself(desk: Desk) -> None:
    described = await desk.service.program().gets("/openapi.json")
    assert described["servers"] == [{"url": "/api/v1"}]
    assert described["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    why = described["paths"]["/messages/{message_id}/why"]["get"]
    assert "401" in why["responses"]
    for path in described["paths"].values():
        if "post" in path:
            assert any(one["name"] == "Idempotency-Key" for one in path["post"]["parameters"])


async def test_what_is_too_large_is_a_problem_too(desk: Desk) -> None:
    at = await desk.hears()
    path = f"/conversations/{at}/splits"
    assert (await desk.program.refused("POST", path, content=b"x" * 70_000))["status"] == 413
