"""Approved texts, and mails that are passed on, as programs have them."""

from __future__ import annotations

from sqlalchemy import select

from inbox.desk.answer import Note
from inbox.desk.note import note
from inbox.model.conversation import Role
from inbox.store.tables import File
from tests.api.conftest import Desk

REFUND = {"name": "Refund", "language": "en", "body": "Dear {{ customer.name or 'customer' }}"}


async def test_a_manager_writes_for_their_mailbox_and_agents_read(desk: Desk) -> None:
    company = desk.service.company
    mine = {**REFUND, "mailbox": "support@us.example"}
    assert (await desk.program.refused("POST", "/templates", mine))["status"] == 403
    boss = await company.agent("Mia Boss", "support@us.example", role=Role.MANAGER.value)
    manager = await desk.service.of(boss)
    assert (await manager.refused("POST", "/templates", REFUND))["status"] == 403  # of all
    made = await manager.does("POST", "/templates", mine)
    german = await manager.does("POST", "/templates", {**mine, "language": "de", "body": "Hallo"})
    assert german["id"] == made["id"]
    [listed] = (await desk.program.gets("/templates", kind="template"))["items"]
    assert [one["language"] for one in listed["texts"]] == ["de", "en"]
    press = await company.mailbox("press@us.example", "Press")
    theirs = {**REFUND, "mailbox": press.address}
    assert (await manager.refused("POST", "/templates", theirs))["status"] == 403
    other = await desk.service.of(await company.agent("Ben Okafor", press.address))
    assert (await other.gets("/templates"))["items"] == []
    assert (await other.refused("GET", f"/templates/{made['id']}"))["status"] == 404
    await manager.does("DELETE", f"/templates/{made['id']}?language=de")
    await manager.does("DELETE", f"/templates/{made['id']}")
    assert (await desk.program.gets("/templates"))["items"] == []


async def test_an_agent_has_texts_of_their_own_and_answers_with_their_files(desk: Desk) -> None:
    attach = [{"filename": "how.txt", "content": "aG93"}]
    mine = {**REFUND, "body": "Dear {{ customer.name or 'you' }},\n\npaid.", "own": True}
    made = await desk.program.does("POST", "/templates", {**mine, "attach": attach})
    assert (made["own"], [one["filename"] for one in made["files"]]) == (True, ["how.txt"])
    ben = await desk.service.company.agent("Ben Okafor", "support@us.example", role="admin")
    other = await desk.service.of(ben)
    assert (await other.gets("/templates"))["items"] == []
    at = await desk.hears(text="Where is my money?")
    wish = {"text": "", "template": made["id"]}
    path = f"/conversations/{at}/replies"
    assert (await other.refused("POST", path, wish))["status"] == 404
    sent = await desk.program.does("POST", path, wish)
    assert sent["text"].endswith("paid.")
    async with desk.service.company.database.read() as db:
        assert list(await db.scalars(select(File.filename))) == ["how.txt"]
    await desk.program.does("POST", path, {**wish, "text": "Here it is again."})
    await desk.program.does("POST", path, wish)
    problem = await desk.program.refused("POST", path, wish)
    assert (problem["status"], problem["code"], problem["again"]) == (
        409,
        "answer.repeated",
        "Refund",
    )
    await desk.program.does("POST", path, {**wish, "told": ["again"]})
    [row] = (await desk.program.gets("/templates"))["items"]
    assert row["used"] == 4
    kept = await desk.program.does("POST", "/templates", {**mine, "files": []})
    assert kept["files"] == []


async def test_what_could_not_be_sent_is_refused_with_its_line(desk: Desk) -> None:
    boss = await desk.service.company.agent("Ada Root", "support@us.example", role="admin")
    admin = await desk.service.of(boss)
    for body in ("a\n{{ customer.nmae }}", "a\n{% for x in range(10) %}{% endfor %}"):
        problem = await admin.refused("POST", "/templates", {**REFUND, "body": body})
        assert problem["status"] == 422
        assert "Line 2" in problem["detail"]


async def test_a_mail_is_passed_on_and_never_to_who_takes_part(desk: Desk) -> None:
    at = await desk.hears(text="The boots are broken.")
    path = f"/conversations/{at}/forwards"
    for to in (
        "pat@customer.example",
        "support@us.example",
        "x",
        "a@b.example\r\nBcc: c@d.example",
    ):
        assert (await desk.program.refused("POST", path, {"to": to}))["status"] == 422, to
    wish = {"to": "Glue@Supplier.Example", "text": "Can you mend this?"}
    made = await desk.program.does("POST", path, wish)
    assert (made["kind"], made["is_public"]) == ("forward", False)
    assert [one["address"] for one in made["to"]] == ["glue@supplier.example"]
    session = await desk.service.company.session(desk.ann)
    browser = desk.service.program(cookie=f"inbox_session={session}").client
    page = (await browser.get(f"/conversations/{at}")).text
    assert "to somebody asked" in page
    assert "Can you mend this?" in page


async def test_what_is_only_for_us_is_passed_on_only_by_who_was_told(desk: Desk) -> None:
    at = await desk.hears(text="My left boot has come apart at the heel since Monday.")
    company = desk.service.company
    secret = "He has sent back four pairs this year: no more than ten percent for him."
    ben = await company.agent("Ben Okafor", "support@us.example")
    async with company.database.write() as db:
        await note(db, at, Note(text=secret), by=ben, now=company.now)
    path = f"/conversations/{at}/forwards"
    # The customer's own words are what is passed on.
    wish = {"to": "glue@supplier.example", "text": f"Can you mend this?\n\n{secret}"}
    problem = await desk.program.refused("POST", path, wish)
    assert (problem["status"], problem["code"]) == (409, "answer.only_for_us")
    [leak] = problem["leaks"]
    assert (leak["said"], leak["source"]) == (secret.rstrip("."), "note")
    assert leak["detail"].endswith("stands in a comment.")
    made = await desk.program.does("POST", path, {**wish, "told": [leak["key"]]})
    assert made["kind"] == "forward"


async def test_a_conversation_is_begun_in_ones_own_mailbox(desk: Desk) -> None:
    to = {"address": "Kim@New.example", "name": "Kim Roe"}
    wish = {
        "mailbox": desk.support.id,
        "to": to,
        "subject": "Your order",
        "text": "**It** is here.",
    }
    press = await desk.service.company.mailbox("press@us.example", "Press")
    for wrong, status in (
        ({"mailbox": press.id}, 404),
        ({"to": {"address": "ann@us.example"}}, 422),
        ({"to": {"address": "a@b.example\nBcc: c@d.example"}}, 422),
        ({"subject": "a\r\nBcc: c@d.example"}, 422),
    ):
        problem = await desk.program.refused("POST", "/conversations", {**wish, **wrong})
        assert problem["status"] == status, wrong
    once = {"idempotency-key": "k1"}
    asked = {**wish, "form": "markdown"}
    made = await desk.program.does("POST", "/conversations", asked, headers=once)
    assert await desk.program.does("POST", "/conversations", asked, headers=once) == made
    assert (made["kind"], made["text"], made["to"]) == (
        "reply",
        "It is here.",
        [{"name": "Kim Roe", "address": "kim@new.example"}],
    )
    found = await desk.program.gets(f"/conversations/{made['conversation']}")
    assert (found["state"], found["assignee"]["id"]) == ("waiting", desk.ann.id)
