"""Reading, answering, noting, ordering: one agent's day, over HTTP."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import delete, func, select, update

from inbox.desk.answer import Answer
from inbox.desk.reply import reply
from inbox.store.engine import Database
from inbox.store.tables import (
    Agent,
    Conversation,
    Customer,
    CustomerAddress,
    File,
    Mailbox,
    Message,
    Outbound,
)
from tests.http.company import Company
from tests.http.conftest import Browser, Clock, Doors

QUOTE = "Size 42 it is.\n\nOn Thu, 19 Nov 2026 at 10:05, Ann Berg wrote:\n> Which size?\n> Ann\n"


async def test_a_mail_is_in_the_lists_and_can_be_read(browser: Browser, boots: int) -> None:
    page = await browser.page("/conversations?in=unassigned")
    assert "Pat Lee" in page
    assert "Which size do I need?" in page
    page = await browser.page(f"/conversations/{boots}")
    assert "pat@customer.example" in page
    assert "nobody has it" in page


async def test_who_says_nothing_of_themselves_is_somebody(
    browser: Browser, boots: int, database: Database
) -> None:
    """A mail without From, that is."""
    async with database.write() as db:
        await db.execute(delete(CustomerAddress))
        await db.execute(update(Customer).values(name=""))
    page = await browser.page("/conversations?in=unassigned")
    assert '<span class="who"><bdi>Somebody</bdi>' in page


async def test_quotes_are_folded_not_lost(
    browser: Browser, company: Company, support: Mailbox, boots: int
) -> None:
    await company.receives(support, text=QUOTE, into=boots)
    page = await browser.page(f"/conversations/{boots}")
    assert "3 lines quoted" in page
    assert "Which size?" in page


async def test_what_people_write_is_never_markup(
    browser: Browser, company: Company, support: Mailbox
) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}"
    at = await company.receives(
        support, from_=f'"{evil[:40]}" <evil@x.example>', subject=evil, text=evil
    )
    for path in ("/conversations", f"/conversations/{at}"):
        page = await browser.page(path)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "{{7*7}}" in page or "49" not in page


async def test_answering(browser: Browser, boots: int, database: Database) -> None:
    form = {**await browser.composer(boots), "text": "Size 42.\n\nAnn", "cc": ""}
    response = await browser.post(f"/conversations/{boots}/replies", form)
    assert response.status_code == 200
    assert "Undo" in response.text
    assert "Size 42." in response.text
    async with database.read() as db:
        sent = (await db.scalars(select(Outbound).where(Outbound.kind == "reply"))).one()
        home = await db.get_one(Conversation, boots)
    assert (sent.state, home.status) == ("waiting", "waiting")


async def test_a_double_click_answers_once(
    browser: Browser, boots: int, database: Database
) -> None:
    form = {**await browser.composer(boots), "text": "Size 42."}
    for _ in range(2):
        assert (await browser.post(f"/conversations/{boots}/replies", form)).status_code == 200
    async with database.read() as db:
        assert await db.scalar(select(func.count()).where(Message.kind == "reply")) == 1


async def test_undo_brings_the_words_back(
    browser: Browser, boots: int, database: Database, clock: Clock
) -> None:
    form = {**await browser.composer(boots), "text": "Size 24."}
    page = (await browser.post(f"/conversations/{boots}/replies", form)).text
    undo = page.split('class="undo" method="post" action="')[1].split('"')[0].replace("&amp;", "&")
    clock.now += timedelta(seconds=10)
    for one in (await browser.post(undo), await browser.post(undo)):  # pressed twice
        assert one.status_code == 200
        assert ">Size 24.</textarea>" in one.text
        assert one.text.count("took an answer back") == 1
    async with database.read() as db:
        assert await db.scalar(select(func.count()).where(Message.kind == "reply")) == 0


async def test_a_list_of_one_state_does_not_name_it_in_each_row(
    browser: Browser, boots: int
) -> None:
    await browser.post(f"/conversations/{boots}/closure")
    assert '<span class="state">Closed' in await browser.page("/conversations?in=all")
    assert '<span class="state">' not in await browser.page("/conversations?in=closed")


async def test_undo_brings_files_and_copies_back(
    browser: Browser, boots: int, clock: Clock, database: Database
) -> None:
    copied = '"Roe, Sam" <sam@roe.example>'
    form = {**await browser.composer(boots), "text": "As drawn.", "cc": copied}
    file = {"file": ("sole.txt", b"a sole", "text/plain")}
    page = (await browser.post(f"/conversations/{boots}/replies", form, files=file)).text
    undo = page.split('class="undo" method="post" action="')[1].split('"')[0].replace("&amp;", "&")
    clock.now += timedelta(seconds=10)
    again = (await browser.post(undo)).text
    cc = unescape(again.split('name="cc" type="text" value="')[1].split('"')[0])
    assert cc == copied
    kept = again.split('name="kept" value="')[1].split('"')[0]
    form = {**await browser.composer(boots), "text": "As drawn.", "kept": kept}
    await browser.post(f"/conversations/{boots}/replies", form)
    async with database.read() as db:
        assert await db.scalar(select(File.filename).join(Message)) == "sole.txt"


async def test_too_late_to_undo(browser: Browser, boots: int, clock: Clock) -> None:
    form = {**await browser.composer(boots), "text": "Size 24."}
    page = (await browser.post(f"/conversations/{boots}/replies", form)).text
    undo = page.split('class="undo" method="post" action="')[1].split('"')[0].replace("&amp;", "&")
    clock.now += timedelta(minutes=2)
    late = await browser.post(undo)
    assert late.status_code == 409
    assert "The answer has left already." in late.text
    assert 'id="composer"' in late.text  # where one is, not instead of it
    assert 'class="undo"' not in await browser.page(f"/conversations/{boots}")


async def test_a_stale_answer_is_shown_what_it_missed(
    browser: Browser, doors: Doors, company: Company, support: Mailbox, boots: int
) -> None:
    ben = await company.agent("Ben Okafor", support.address)
    form = {**await browser.composer(boots), "text": "Mine, long thought about."}
    async with company.database.write() as db:
        answer = Answer(text="Ben was quicker.")
        await reply(db, boots, answer, by=ben, now=company.now, context=company.context)
    refused = await browser.post(f"/conversations/{boots}/replies", form)
    assert refused.status_code == 409
    assert "Ben was quicker." in refused.text
    assert "new since you began" in refused.text
    assert "Mine, long thought about." in refused.text
    assert "Send anyway" in refused.text
    form["expected"] = refused.text.split('name="expected" value="')[1].split('"')[0]
    assert (await browser.post(f"/conversations/{boots}/replies", form)).status_code == 200


async def test_files_survive_a_refused_try(
    browser: Browser, boots: int, database: Database
) -> None:
    form = {**await browser.composer(boots), "text": "See the list.", "cc": "not an address"}
    files = {"file": ("../../Preis\u202eliste.html", b"<script>1</script>", "text/html")}
    refused = await browser.post(f"/conversations/{boots}/replies", form, files=files)
    assert refused.status_code == 422
    assert "not a mail address" in refused.text
    kept = refused.text.split('name="kept" value="')[1].split('"')[0]
    good = {**form, "cc": "Cy <cy@customer.example>", "kept": kept}
    response = await browser.post(f"/conversations/{boots}/replies", good)
    assert response.status_code == 200
    async with database.read() as db:
        file = (await db.scalars(select(File))).one()
        message = (await db.scalars(select(Message).where(Message.kind == "reply"))).one()
    assert file.filename == "Preisliste.html"
    assert [one["address"] for one in message.cc] == ["cy@customer.example"]
    forged = {**good, "key": "other", "kept": kept[:-1] + "0"}
    assert (await browser.post(f"/conversations/{boots}/replies", forged)).status_code == 422


async def test_an_empty_answer_is_not_sent(browser: Browser, boots: int) -> None:
    form = {**await browser.composer(boots), "text": "  \n "}
    response = await browser.post(f"/conversations/{boots}/replies", form)
    assert response.status_code == 422
    assert "Write something first" in response.text


async def test_what_is_refused_leaves_the_address_as_it_was(browser: Browser, boots: int) -> None:
    form = {**await browser.composer(boots), "text": "  "}
    part = {"hx-request": "true", "hx-target": "section#conversation"}
    refused = await browser.post(f"/conversations/{boots}/replies", form, headers=part)
    assert refused.status_code == 422
    # Where it was sent to is no page that can be loaded again.
    assert refused.headers["hx-push-url"] == "false"
    shown = await browser.get(f"/conversations/{boots}", headers=part)
    assert "hx-push-url" not in shown.headers


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": "long " * 100_001}, "Das ist für eine Mail zu lang. Hängen Sie es als Datei an."),
        ({"text": "ja", "cc": "pat(at)home"}, "Das ist keine Mailadresse: pat(at)home"),
        ({"text": "ja", "kept": "eWVz.00"}, "Hängen Sie sie noch einmal an."),
    ],
)
async def test_why_it_is_not_sent_is_said_in_the_readers_language(
    doors: Doors, company: Company, boots: int, change: dict[str, str], said: str
) -> None:
    jo = await company.agent("Jo Ruf", "support@us.example", language="de")
    browser = await doors.open(jo)
    form = {**await browser.composer(boots), **change}
    response = await browser.post(f"/conversations/{boots}/replies", form)
    assert response.status_code == 422
    assert said in response.text


async def test_a_note_stays_inside(browser: Browser, boots: int, database: Database) -> None:
    form = {**await browser.composer(boots), "text": "He is a regular."}
    response = await browser.post(f"/conversations/{boots}/notes", form)
    assert "only inside" in response.text
    async with database.read() as db:
        note = (await db.scalars(select(Message).where(Message.kind == "note"))).one()
        assert note.visibility == "internal"
        assert await db.scalar(select(func.count()).select_from(Outbound)) == 0


async def test_taking_closing_reopening(
    browser: Browser, ann: Agent, boots: int, database: Database
) -> None:
    page = (await browser.post(f"/conversations/{boots}/assignee", {"agent": str(ann.id)})).text
    assert "You took the conversation" in page
    page = (await browser.post(f"/conversations/{boots}/closure")).text
    assert "Ann Berg closed the conversation" in page
    assert "Reopen" in page
    page = (await browser.post(f"/conversations/{boots}/closure?_method=delete")).text
    assert "Ann Berg reopened the conversation" in page
    async with database.read() as db:
        home = await db.get_one(Conversation, boots)
    assert (home.status, home.assignee_id) == ("open", ann.id)
    page = (await browser.post(f"/conversations/{boots}/assignee", {"agent": ""})).text
    assert "nobody has it" in page


async def test_only_members_can_be_given_a_conversation(
    browser: Browser, company: Company, boots: int
) -> None:
    cleo = await company.agent("Cleo Papas")
    path = f"/conversations/{boots}/assignee"
    assert (await browser.post(path, {"agent": str(cleo.id)})).status_code == 422
    assert (await browser.post(path, {"agent": "everybody"})).status_code == 422


async def test_several_at_once(
    browser: Browser, company: Company, support: Mailbox, database: Database
) -> None:
    some = [await company.receives(support, subject=f"Matter {n}", text=f"{n}") for n in range(3)]
    await browser.post("/assignments", {"conversation": [str(some[0]), str(some[1])]})
    await browser.post("/closures", {"conversation": [str(some[1]), str(some[2])]})
    async with database.read() as db:
        rows = list(await db.scalars(select(Conversation).order_by(Conversation.id)))
    assert [(row.status, row.assignee_id is None) for row in rows] == [
        ("open", False),
        ("closed", False),
        ("closed", True),
    ]


async def test_read_and_unread(
    browser: Browser, company: Company, support: Mailbox, boots: int
) -> None:
    assert "row unread" in await browser.page("/conversations")
    await browser.page(f"/conversations/{boots}")
    assert "row unread" not in await browser.page("/conversations")
    await company.receives(support, text="And in which colour?", into=boots)
    assert "row unread" in await browser.page("/conversations")


async def test_an_answer_that_could_not_be_delivered_says_why(
    browser: Browser, boots: int, database: Database
) -> None:
    form = {**await browser.composer(boots), "text": "Size 42."}
    await browser.post(f"/conversations/{boots}/replies", form)
    async with database.write() as db:
        sent = (await db.scalars(select(Outbound))).one()
        sent.state, sent.error = "failed", "550 5.1.1 no such user here"
        sent.run_at = sent.created_at
    page = await browser.page(f"/conversations/{boots}")
    assert "Could not be delivered" in page
    assert "550 5.1.1 no such user here" in page


async def test_the_parts_that_a_page_asks_for(doors: Doors, company: Company) -> None:
    support = await company.mailbox("support@us.example", "Support")
    ann = await doors.open(await company.agent("Ann Berg", support.address))
    at = await company.receives(support)
    page = await ann.page("/news?in=open")
    assert "<html" not in page
    assert 'hx-target="#rows"' in page
    assert "Pat Lee" in page
    await company.receives(support, text="And the colour?", into=at)
    news = await ann.page(f"/conversations/{at}/news?after=1")
    assert "And the colour?" in news
    assert "Which size do I need?" not in news
