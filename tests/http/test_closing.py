"""Closing with what is wanted, following, promises, and undoing each of them in place."""

from __future__ import annotations

import re

from sqlalchemy import text

from inbox.desk.mailboxes import set_mailbox
from inbox.store.engine import Database
from inbox.store.tables import Agent, Conversation, Mailbox
from tests.http.company import Company
from tests.http.conftest import Browser, Doors

WANTED = {"categories": "Returns, Invoices", "close_needs": "category,comment,solution"}


async def test_what_is_missing_is_asked_and_nothing_is_lost(
    browser: Browser, boots: int, support: Mailbox, database: Database
) -> None:
    async with database.write() as db:
        await set_mailbox(db, support.address, WANTED)
    path = f"/conversations/{boots}"
    # Also by a key, or a page of before: nothing but a button was pressed.
    answer = await browser.post(f"{path}/closure", {"solution": "Sent\nnew ones"})
    assert answer.status_code == 422
    assert "Before it is closed it needs a category, a comment for us." in answer.text
    assert "Sent\nnew ones</textarea>" in answer.text
    assert re.search(r'<details class="menu closing-menu" open>', answer.text)
    async with database.read() as db:
        assert (await db.get_one(Conversation, boots)).status == "open"
    wrong = await browser.post(f"{path}/closure", {"category": "Cars", "comment": "Well"})
    assert "There is no category “Cars” here. There are: Returns, Invoices." in wrong.text
    assert "Well</textarea>" in wrong.text
    said = {"category": "returns", "solution": "Sent new ones", "comment": "He is nice"}
    page = (await browser.post(f"{path}/closure", said)).text
    told = "Ann Berg closed the conversation · category: Returns, solution: Sent new ones"
    assert told in page
    assert "He is nice" in page
    undo = re.search(r'action="([^"]*/corrections/[^"]*)"', page)
    assert undo
    page = (await browser.post(undo[1].replace("&amp;", "&"))).text
    async with database.read() as db:
        home = await db.get_one(Conversation, boots)
    assert (home.status, home.category) == ("open", "Returns")
    # What is said already is not asked again.
    assert told in (await browser.post(f"{path}/closure", {"tell": "on"})).text
    async with database.read() as db:
        [asked] = await db.scalars(text("select args from job where kind = 'closing.tell'"))
    assert asked["is_asked"]


async def test_several_are_asked_together(
    browser: Browser, company: Company, boots: int, support: Mailbox, database: Database
) -> None:
    async with database.write() as db:
        await set_mailbox(db, support.address, {"close_needs": "solution"})
    laces = await company.receives(support, subject="Laces")
    marked = {"conversation": [str(boots), str(laces)]}
    answer = await browser.post("/closures", marked)
    assert answer.status_code == 422
    assert "needs the solution" in answer.text
    assert f'name="conversation" value="{",".join(marked["conversation"])}"' in answer.text
    # Whether customers are told is asked as well, and what was said stays through a refusal.
    page = await browser.post("/marked", marked)
    assert '<select id="tell" name="tell">' in page.text
    again = (await browser.post("/closures", {**marked, "tell": "on"})).text
    assert '<option value="on" selected>' in again
    await browser.post("/closures", {**marked, "solution": "Both sent", "tell": "on"})
    async with database.read() as db:
        homes = [await db.get_one(Conversation, one) for one in (boots, laces)]
        jobs = list(await db.scalars(text("select args from job where kind = 'closing.tell'")))
    assert [one["is_asked"] for one in jobs] == [True, True]
    assert {(one.status, one.solution) for one in homes} == {("closed", "Both sent")}


async def test_a_promise_and_following_are_undone_in_place(
    browser: Browser, boots: int, ann: Agent, database: Database, clock: object
) -> None:
    path = f"/conversations/{boots}"
    page = (await browser.post(f"{path}/promise", {"until": "3 days"})).text
    assert "Ann Berg promised an answer by" in page
    page = (await browser.post(f"{path}/following")).text
    assert "followed by Ann Berg" in page
    assert "Follow no more" in page
    page = (await browser.post(f"{path}/following?_method=delete")).text
    assert "followed by" not in page
    page = (await browser.post(f"{path}/promise", {"until": ""})).text
    assert "withdrew the promised time" in page
    async with database.read() as db:
        assert (await db.get_one(Conversation, boots)).promised_until is None
    undo = re.search(r'class="undo" method="post" action="([^"]*)"', page)
    assert undo
    await browser.post(undo[1].replace("&amp;", "&"))
    async with database.read() as db:
        promised = (await db.get_one(Conversation, boots)).promised_until
    assert promised is not None
    assert f"{promised:%H:%M}" == "17:00"  # by the evening of that day
    past = await browser.post(f"{path}/promise", {"until": "yesterday"})
    assert past.status_code == 422


async def test_notes_about_a_customer_are_seen_by_who_may_see_them(
    browser: Browser, company: Company, boots: int, support: Mailbox, doors: Doors
) -> None:
    path = f"/conversations/{boots}"
    page = (await browser.post(f"{path}/customer/notes", {"text": "Calls <b>at night</b>"})).text
    assert "Calls &lt;b&gt;at night&lt;/b&gt;" in page
    assert "Ann Berg added a note about the customer" in page
    laces = await company.receives(support, subject="Laces")
    there = await browser.page(f"/conversations/{laces}")
    assert "Calls &lt;b&gt;" in there
    (remove,) = re.findall(r'action="([^"]*/customer/notes/[^"]*)"', there)
    sales = await company.mailbox("sales@us.example", "Sales")
    bob = await doors.open(await company.agent("Bob Ray", sales.address))
    assert (await bob.post(remove.replace("&amp;", "&"))).status_code == 404
    page = (await browser.post(remove.replace("&amp;", "&"))).text
    assert "Calls &lt;b&gt;" not in page
    undo = re.search(r'class="undo" method="post" action="([^"]*)"', page)
    assert undo
    assert "Calls &lt;b&gt;" in (await browser.post(undo[1].replace("&amp;", "&"))).text
    assert (await browser.post(f"{path}/customer/notes", {"text": "  "})).status_code == 422
    past = await browser.page(f"{path}/history")
    assert "Ann Berg added a note about the customer" in past
    assert (await bob.get(f"{path}/history")).status_code == 404
    assert (await bob.get(f"{path}/print")).status_code == 404
    assert (await bob.get(f"{path}/merge")).status_code == 404


async def test_the_other_conversation_is_looked_for(
    browser: Browser, company: Company, boots: int, support: Mailbox
) -> None:
    laces = await company.receives(support, subject="Laces")
    sales = await company.mailbox("sales@us.example", "Sales")
    await company.receives(sales, subject="Not for Ann")
    page = await browser.page(f"/conversations/{boots}/merge")
    assert f'name="conversation" value="{laces}"' in page
    assert "Not for Ann" not in page
    page = (await browser.post(f"/conversations/{boots}/merge", {"conversation": str(laces)})).text
    assert "Ann Berg joined another conversation to this one" in page
    paper = await browser.page(f"/conversations/{laces}/print")
    assert "Which size do I need?" in paper
    assert "<form" not in paper


async def test_an_answer_that_closes_is_asked_there_and_goes_in_one(
    browser: Browser, doors: Doors, boots: int, support: Mailbox, ann: Agent, database: Database
) -> None:
    async with database.write() as db:
        await set_mailbox(db, support.address, WANTED)
    path = f"/conversations/{boots}"
    hidden = await browser.composer(boots)
    form = {**hidden, "text": "New ones are on the way.", "bcc": "boss@else.example"}
    asked = await browser.post(f"{path}/replies", {**form, "then": "close"})
    assert asked.status_code == 422
    assert "Before it is closed it needs a category, a comment for us, the solution." in asked.text
    composer = asked.text[asked.text.index('id="composer"') :]
    for kept in (">New ones are on the way.</textarea>", "boss@else.example", "send-close"):
        assert kept in composer
    assert 'class="menu closing-menu">' in asked.text
    # What is filled in of it is kept as all that is typed, and asked on at another machine.
    half = {**form, "kind": "reply", "closing": "1", "solution": "Sent", "comment": "Nice\nman"}
    await browser.post(f"{path}/draft", half, headers={"x-draft": "1"})
    page = await (await doors.open(ann)).page(path)
    assert "Nice\nman</textarea>" in page[page.index('id="composer"') :]
    wrong = await browser.post(f"{path}/replies", {**half, "then": "close", "category": "Cars"})
    assert "There is no category “Cars” here." in wrong.text
    assert "Nice\nman</textarea>" in wrong.text[wrong.text.index('id="composer"') :]
    whole = {**half, "then": "close", "category": "Returns"}
    page = (await browser.post(f"{path}/replies", whole)).text
    assert "closed the conversation · category: Returns, solution: Sent" in page
    undo = re.search(r'class="undo" method="post" action="([^"]*)"', page)
    assert undo
    # Of the answer and the closing nothing is left; what was said inside stays said.
    page = (await browser.post(undo[1].replace("&amp;", "&"))).text
    assert ">New ones are on the way.</textarea>" in page
    assert "state-open" in page
    assert page.count("Nice") > 0
    again = {"text": form["text"], "key": "another", "then": "close"}
    page = (await browser.post(f"{path}/replies", again)).text
    assert "state-closed" in page
