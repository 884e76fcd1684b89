"""What nobody has, by urgency and due time, and giving it out by keys, buttons and boxes."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from inbox.desk.answer import Note
from inbox.desk.note import note
from inbox.store.dispatch import PAGE
from inbox.store.tables import Agent, Conversation, Mailbox
from inbox.web.dispatching import KEYS
from tests.http.company import Company
from tests.http.conftest import NOON, Browser, Doors


def free(page: str) -> list[int]:
    """What nobody has, from above."""
    return [int(one) for one in re.findall(r'id="free-(\d+)"', page)]


def load(page: str, name: str) -> str:
    """What is said beside a person."""
    found = re.search(rf"<button[^>]*>(?:(?!</button>).)*<bdi>{name}</bdi>.*?</button>", page, re.S)
    assert found, name
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


async def test_by_urgency_then_by_when_it_is_due_and_given_away(
    browser: Browser, doors: Doors, company: Company, support: Mailbox, ann: Agent
) -> None:
    press = await company.mailbox("press@us.example", "Press")
    secret = await company.receives(press, subject="Secret")
    ben = await company.agent("Ben Okafor", support.address)
    cid = await company.agent("Cid Vega", press.address)
    long = "The left boot came apart at the heel. " * 20
    late, soon, urgent, low = [
        await company.receives(support, subject=one, text=long if one == "Late" else "Size?")
        for one in ("Late", "Soon", "Urgent", "Low")
    ]
    dues = {late: (0, -1), soon: (0, 2), urgent: (2, 9), low: (-1, -9)}
    async with company.database.write() as db:
        for one, (priority, hours) in dues.items():
            due = NOON + timedelta(hours=hours)
            values: dict[str, Any] = {"priority": priority, "due_at": due}
            await db.execute(update(Conversation).where(Conversation.id == one).values(**values))
        await db.execute(update(Agent).values(away_until=NOON + timedelta(days=2)))
    page = await browser.page("/dispatch")
    assert free(page) == [urgent, late, soon, low]
    assert "late by 1" in page
    assert page.count("give it to whose key it is") == 1  # on the sheet of keys
    assert "Cid Vega" not in page
    assert "away until" in load(page, "Ben Okafor")
    quick = await browser.page("/dispatch?pile=quick")
    assert free(quick) == [urgent, soon, low]
    # A press of a person's button, with what is marked; others' and nobody's stay out.
    form = {"conversation": [late, urgent], "agent": ben.id}
    stolen = {**form, "conversation": [late, secret]}
    assert (await browser.post("/dispatch/assignments", stolen)).status_code == 404
    given = await browser.post("/dispatch/assignments?pile=quick", form)
    assert free(given.text) == [soon, low]
    assert "2 conversations changed" in given.text
    assert load(given.text, "Ben Okafor").split()[1:5] == ["Ben", "Okafor", "2", "open"]
    async with company.database.write() as db:
        await db.execute(update(Conversation).values(due_at=NOON - timedelta(hours=1)))
    assert "2 late" in load(await browser.page("/dispatch"), "Ben Okafor")
    assert (await browser.post("/dispatch/assignments", {"agent": ben.id})).status_code == 422
    events = re.findall(r'name="event" value="([\d,]+)"', given.text)
    undone = await browser.post("/dispatch/undo", {"event": events})
    assert set(free(undone.text)) == {urgent, late, soon, low}
    # Of nobody else's mailboxes there is anything in a list, a number or the news.
    theirs = await doors.open(cid)
    assert free(await theirs.page("/dispatch")) == [secret]
    assert "Ben Okafor" not in await theirs.page("/dispatch/news")
    # Who takes it owns it: whoever is asked for help does not get it.
    await browser.post("/dispatch/assignments", {"conversation": [soon], "agent": ann.id})
    async with company.database.write() as db:
        me = await db.get_one(Agent, ann.id)
        words = Note(text="@Ben Okafor what do you say?")
        await note(db, soon, words, by=me, now=company.now)
        other = await db.get_one(Agent, ben.id)
        await note(db, soon, Note(text="Say yes."), by=other, now=company.now)
        holder = await db.scalar(select(Conversation.assignee_id).where(Conversation.id == soon))
    assert holder == ann.id


async def test_an_empty_page_says_why(doors: Doors, company: Company, support: Mailbox) -> None:
    ben = await doors.open(await company.agent("Ben Okafor", support.address))
    assert "Everything has found somebody." in await ben.page("/dispatch")
    assert "Nothing here is solved at once." in await ben.page("/dispatch?pile=quick")
    cid = await doors.open(await company.agent("Cid Vega"))
    page = await cid.page("/dispatch")
    assert "You are in no mailbox yet. An administrator lets you into one." in page
    assert "Mark what you want to give" not in page
    # What its scripts say of the line to the server has a place.
    for said in ("offline", "signed-out", "failed"):
        assert f'id="{said}"' in page


async def test_pages_go_on_where_they_ended(
    browser: Browser, company: Company, support: Mailbox
) -> None:
    first = await company.receives(support)
    async with company.database.write() as db:
        row = await db.get_one(Conversation, first)
        same = {
            one.name: getattr(row, one.name)
            for one in Conversation.__table__.columns
            if one.name not in ("id", "due_at")
        }
        for number in range(PAGE + 4):
            db.add(Conversation(**same, due_at=NOON + timedelta(hours=number // 3)))
    page = await browser.page("/dispatch")
    further = re.search(r'href="(/dispatch\?page=[^"]+)"', page)
    assert further
    rest = await browser.page(further[1])
    assert len(free(page)) == PAGE
    assert len({*free(page), *free(rest)}) == PAGE + 5
    assert free(rest)[-1] == first  # due at no time
    for wrong in ("x", "1~x", "~", "9~MTIz"):
        assert (await browser.get(f"/dispatch?page={wrong}")).status_code in (200, 422)


def test_no_key_of_a_person_does_anything_else_there() -> None:
    """To walk, open and mark; to go, write, undo, and what needs no letter."""
    assert not set(KEYS) & set("jkoxgcu./?")
    assert len(set(KEYS)) == len(KEYS)
