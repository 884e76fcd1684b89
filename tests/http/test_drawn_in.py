"""Who is drawn into a conversation, as its page shows it and takes them out."""

from __future__ import annotations

from sqlalchemy import delete

from inbox.desk.answer import Answer
from inbox.desk.mailboxes import set_mailbox
from inbox.desk.newcomers import hold_unknown
from inbox.jobs.registry import Context
from inbox.model.address import Address
from inbox.model.held import HeldReason
from inbox.settings import Settings
from inbox.store.departments import newcomer_of
from inbox.store.engine import Database
from inbox.store.tables import Agent, Membership
from tests.http.company import Company
from tests.http.conftest import Browser, Clock, Doors


async def test_who_is_spoken_to_is_shown_and_taken_out(
    browser: Browser, company: Company, boots: int
) -> None:
    bo = await company.agent("Bo Stone", role="colleague")
    note = {**await browser.composer(boots), "text": "@bo look, please"}
    page = (await browser.post(f"/conversations/{boots}/notes", note)).text
    assert "drawn in: Bo Stone" in page
    assert "brought in Bo Stone" in page
    gone = {"agent": str(bo.id)}
    path = f"/conversations/{boots}/followers?_method=delete"
    page = (await browser.post(path, gone)).text
    assert "drawn in: Bo Stone" not in page
    assert "removed Bo Stone from the conversation" in page
    assert (await browser.post(path, gone)).status_code == 404


async def test_a_colleague_is_given_it_by_mail(
    browser: Browser, company: Company, boots: int
) -> None:
    """Who works by mail alone is offered apart, with what comes of it, and is drawn in by it."""
    bo = await company.agent("Bo Stone", role="colleague")
    agent = await company.agent("Cy Away")  # of another mailbox: nobody who can be given it
    page = await browser.page(f"/conversations/{boots}")
    offered = page.split('class="by-mail"')[1].split("</details>")[0]
    assert "What they answer goes to the customer." in offered
    assert f'value="{bo.id}" title="{bo.email}"' in offered
    assert "Cy Away" not in page
    given = f"/conversations/{boots}/assignee"
    page = (await browser.post(given, {"agent": str(bo.id)})).text
    assert 'Bo Stone <span class="quiet">by mail</span>' in page
    assert "drawn in: Bo Stone" in page
    assert (await browser.post(given, {"agent": str(agent.id)})).status_code == 422
    page = (await browser.post("/marked", {"conversation": str(boots)})).text
    assert f'<option value="{bo.id}">Bo Stone</option></optgroup>' in page
    async with company.database.write() as db:
        await set_mailbox(db, "support@us.example", {"colleagues_answer": "never"})
    page = await browser.page(f"/conversations/{boots}")
    assert "What they answer is a comment that only we see." in page


async def test_one_of_two_is_asked_about_before_a_note_is_kept(
    browser: Browser, company: Company, boots: int
) -> None:
    await company.agent("Bo Stone", role="colleague")
    await company.agent("Dale Bo", role="colleague")
    note = {**await browser.composer(boots), "text": "@bo look, please"}
    answer = await browser.post(f"/conversations/{boots}/notes", note)
    assert answer.status_code == 422
    assert "@bo may mean Bo Stone, Dale Bo" in answer.text
    assert "@bo look, please" in answer.text


async def test_an_administrator_confirms_who_answered_for_a_department(
    doors: Doors, company: Company, boots: int, clock: Clock
) -> None:
    department = await company.agent("Stores", role="colleague")
    async with company.database.write() as db:
        await newcomer_of(db, "lee@us.example", "Lee", department.id, now=clock.now)
        held = await hold_unknown(
            db,
            boots,
            Answer(text="It left."),
            Address(name="Lee", address="lee@us.example"),
            reasons=[HeldReason.NEWCOMER],
            department=await db.get_one(Agent, department.id),
            tells=False,
            now=clock.now,
            context=Context(settings=Settings(), database=company.database, secret=b"s" * 32),
        )
    path = f"/conversations/{boots}/messages/{held.message_id}/release"
    manager = await doors.open(await company.agent("Max", "support@us.example", role="manager"))
    assert (await manager.post(path)).status_code == 403
    admin = await doors.open(await company.agent("Ada", "support@us.example", role="admin"))
    page = (await admin.post(path)).text
    assert "It left." in page
    assert "released the answer that was held back" in page
    async with company.database.read() as db:
        assert (await db.get_one(Agent, department.id)).role == "colleague"


async def test_who_had_it_is_named_after_they_have_left(
    browser: Browser, company: Company, boots: int, database: Database
) -> None:
    """The past names people who are no members any more, and so does the present."""
    ben = await company.agent("ben", "support@us.example")
    await browser.post(f"/conversations/{boots}/assignee", {"agent": str(ben.id)})
    async with database.write() as db:
        await db.execute(delete(Membership).where(Membership.agent_id == ben.id))
    page = await browser.page(f"/conversations/{boots}")
    assert "nobody has it" not in page
    for at in ("", "/history", "/print"):
        page = await browser.page(f"/conversations/{boots}{at}")
        assert "gave the conversation to ben" in page
