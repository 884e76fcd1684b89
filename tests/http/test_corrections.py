"""Where a mail belongs, over HTTP: why it is there, put right, undone, refused."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from inbox.store.engine import Database
from inbox.store.tables import Agent, Conversation, Mailbox, Message
from tests.http.company import Company
from tests.http.conftest import Browser, Doors

TOM = "Tom Price <tom@garden.example>"


@pytest.fixture
async def press(company: Company) -> Mailbox:
    return await company.mailbox("press@us.example", "Press")


@pytest.fixture
async def boots(company: Company, support: Mailbox, ann: Agent) -> int:
    """Pat's conversation, with a mail of Tom in it that has nothing to do there."""
    boots = await company.receives(support)
    await company.receives(support, from_=TOM, text="My lamp is broken", into=boots)
    return boots


async def test_a_mail_becomes_a_conversation_of_its_own(
    browser: Browser, boots: int, database: Database
) -> None:
    page = await browser.page(f"/conversations/{boots}")
    assert "Wrong conversation?" in page
    response = await browser.post(
        f"/conversations/{boots}/splits",
        {"message": await _message(database, "My lamp is broken"), "following": "0"},
    )
    apart = _shown(response)
    assert apart != boots
    assert "You" in response.text or "Ann Berg made 1 message" in response.text
    assert "tom@garden.example" in response.text
    assert "Was taken out of another conversation:" in response.text
    assert "Ann Berg took it out of another conversation." in response.text
    old = await browser.page(f"/conversations/{boots}")
    assert "My lamp is broken" not in _timeline(old)
    assert "Mails were taken out of this conversation:" in old
    undone = await browser.post(_undo(response.text))
    assert _shown(undone) == boots
    assert "My lamp is broken" in undone.text
    for told in (undone.text, await browser.page(f"/conversations/{boots}/history")):
        assert "Ann Berg took the split back" in told
        assert "joined another conversation" not in told
        assert "/corrections/" not in told  # and is not offered to go to and fro


async def test_it_belongs_to(
    browser: Browser, company: Company, support: Mailbox, boots: int, database: Database
) -> None:
    lamps = await company.receives(support, from_=TOM, subject="Lamps", text="About lamps")
    message = await _message(database, "My lamp is broken")
    home = f"/conversations/{boots}/messages/{message}/home"
    response = await browser.post(home, {"conversation": f"http://x/conversations/{lamps}?in=open"})
    assert _shown(response) == lamps
    assert "My lamp is broken" in response.text
    assert "Ann Berg moved it here from another conversation." in response.text
    undone = (await browser.post(_undo(response.text))).text
    assert "Ann Berg moved 1 message back to where it was" in undone
    assert "/corrections/" not in undone
    there = await browser.page(f"/conversations/{boots}")
    assert "Which size" in there
    assert "moved 1 message to another conversation, and this was taken back" in there
    assert "/corrections/" not in there


@pytest.mark.parametrize("name", ["{}", "#{} Lamps", " {} ", "/conversations/{}"])
async def test_two_conversations_become_one(
    browser: Browser, company: Company, support: Mailbox, boots: int, name: str
) -> None:
    lamps = await company.receives(support, from_=TOM, subject="Lamps", text="About lamps")
    response = await browser.post(
        f"/conversations/{lamps}/merge", {"conversation": name.format(boots)}
    )
    assert _shown(response) == boots
    assert "About lamps" in response.text
    undone = await browser.post(_undo(response.text))
    assert "About lamps" not in _timeline(undone.text)
    assert "About lamps" in await browser.page(f"/conversations/{lamps}")
    again = await browser.post(_undo(response.text))
    assert again.status_code == 409
    assert "This was undone already." in again.text


@pytest.mark.parametrize("name", ["", "999999", "Boots", "-1", "9" * 30])
async def test_only_what_is_there_is_joined(browser: Browser, boots: int, name: str) -> None:
    response = await browser.post(f"/conversations/{boots}/merge", {"conversation": name})
    assert response.status_code == 422
    assert "There is no conversation with this number" in response.text


async def test_nothing_goes_where_one_may_not_look(
    browser: Browser, company: Company, press: Mailbox, boots: int, database: Database
) -> None:
    secret = await company.receives(press, from_=TOM, subject="Secret plans")
    message = await _message(database, "My lamp is broken")
    form = {"conversation": str(secret)}
    for path in (f"{boots}/merge", f"{boots}/messages/{message}/home"):
        response = await browser.post(f"/conversations/{path}", form)
        assert response.status_code == 422
        assert "Secret" not in response.text
    assert (
        await browser.post(f"/conversations/{secret}/merge", {"conversation": str(boots)})
    ).status_code == 404


async def test_nothing_is_taken_back_from_where_one_may_not_look(
    browser: Browser,
    company: Company,
    support: Mailbox,
    press: Mailbox,
    boots: int,
    database: Database,
) -> None:
    lamps = await company.receives(support, from_=TOM, subject="Lamps", text="About lamps")
    message = await _message(database, "My lamp is broken")
    home = f"/conversations/{boots}/messages/{message}/home"
    moved = await browser.post(home, {"conversation": str(lamps)})
    async with database.write() as db:
        there = update(Conversation).where(Conversation.id == lamps)
        await db.execute(there.values(mailbox_id=press.id))
    undo = _undo(moved.text).replace(f"/conversations/{lamps}/", f"/conversations/{boots}/")
    event = undo.split("/corrections/")[1].split("?")[0]
    assert (await browser.post(undo)).status_code == 409
    assert (await browser.post("/marked/undo", {"event": event})).status_code == 409
    assert "My lamp is broken" not in _timeline(await browser.page(f"/conversations/{boots}"))


async def test_nothing_is_taken_back_to_where_one_may_not_look(
    browser: Browser,
    company: Company,
    support: Mailbox,
    press: Mailbox,
    boots: int,
    database: Database,
) -> None:
    lamps = await company.receives(support, from_=TOM, subject="Lamps", text="About lamps")
    message = await _message(database, "My lamp is broken")
    home = f"/conversations/{boots}/messages/{message}/home"
    undo = _undo((await browser.post(home, {"conversation": str(lamps)})).text)
    async with database.write() as db:
        there = update(Conversation).where(Conversation.id == boots)
        await db.execute(there.values(mailbox_id=press.id))
    undo = undo.replace(f"/conversations/{boots}/", f"/conversations/{lamps}/")
    assert (await browser.post(undo)).status_code == 404
    assert "My lamp is broken" in _timeline(await browser.page(f"/conversations/{lamps}"))


async def test_a_verdict_names_only_what_one_may_see(
    browser: Browser, company: Company, support: Mailbox, press: Mailbox, boots: int
) -> None:
    secret = await company.receives(press, from_=TOM, subject="Secret plans")
    rejected = [
        {"conversation": one, "rule": "our_id", "why": "stranger"} for one in (secret, boots)
    ]
    at = await company.receives(
        support,
        from_=TOM,
        subject="Lamps",
        match={"outcome": "new", "evidence": [], "rejected": rejected},
    )
    page = await browser.page(f"/conversations/{at}")
    assert "It names another conversation in which the sender takes no part." in page
    assert f"/conversations/{boots}?in=open" in page
    assert "Secret" not in page
    assert f"/conversations/{secret}?" not in page


async def test_who_is_unknown_there_is_joined_with_one_click(
    browser: Browser, company: Company, support: Mailbox, boots: int, database: Database
) -> None:
    stranger = {
        "outcome": "new",
        "rejected": [{"conversation": boots, "rule": "our_id", "why": "stranger"}],
    }
    at = await company.receives(support, from_=TOM, subject="Re: Boots", match=stranger)
    async with database.write() as db:
        await db.execute(update(Conversation).where(Conversation.id == at).values(refers_to=boots))
    new = await browser.page(f"/conversations/{at}")
    assert "Refers to another conversation in which its sender is unknown:" in new
    old = await browser.page(f"/conversations/{boots}")
    assert "Somebody who is unknown here refers to this conversation:" in old
    join = f"/conversations/{at}/merge?in=open"
    for page in (new, old):
        assert f'class="related" method="post" action="{join}"' in page
    response = await browser.post(join, {"conversation": str(boots)})
    assert _shown(response) == boots


async def test_a_page_that_is_out_of_date_changes_nothing(
    browser: Browser, company: Company, support: Mailbox, boots: int, database: Database
) -> None:
    expected = (await browser.composer(boots))["expected"]
    await company.receives(support, text="One more thing", into=boots)
    form = {"message": await _message(database, "My lamp is broken"), "expected": expected}
    response = await browser.post(f"/conversations/{boots}/splits", form)
    assert response.status_code == 409
    assert "Nothing was changed: something new came in since you looked." in response.text
    assert "One more thing" in response.text
    assert "My lamp is broken" in response.text


async def test_who_writes_while_it_is_split_or_joined_is_told(
    doors: Doors, browser: Browser, company: Company, support: Mailbox, boots: int, ann: Agent
) -> None:
    ben = await doors.open(await company.agent("Ben Okafor", support.address))
    form = {**await ben.composer(boots), "text": "Dear Tom", "cc": ""}
    message = await _message(company.database, "My lamp is broken")
    await browser.post(f"/conversations/{boots}/splits", {"message": message})
    response = await ben.post(f"/conversations/{boots}/replies", form)
    assert response.status_code == 409
    assert "Dear Tom" in response.text
    other = await company.receives(support, from_=TOM, subject="Lamps")
    form = {**await ben.composer(other), "text": "Dear Tom again", "cc": ""}
    await browser.post(f"/conversations/{other}/merge", {"conversation": str(boots)})
    response = await ben.post(f"/conversations/{other}/replies", form)
    assert response.status_code == 409
    assert "Dear Tom again" in response.text


async def test_spam_and_not_spam(browser: Browser, boots: int) -> None:
    assert "Not spam" in (await browser.post(f"/conversations/{boots}/spam")).text
    assert "Which size" not in await browser.page("/conversations?in=open")
    assert f"/conversations/{boots}" in await browser.page("/conversations?in=spam")
    page = (await browser.post(f"/conversations/{boots}/spam?_method=delete")).text
    assert "This is spam" in page
    assert "state-open" in page


async def test_all_of_it_is_not_taken_out(browser: Browser, boots: int, database: Database) -> None:
    first = await _message(database, "Which size do I need?")
    form = {"message": first, "following": "1"}
    response = await browser.post(f"/conversations/{boots}/splits", form)
    assert response.status_code == 422
    assert "There is nothing else in this conversation" in response.text
    assert "Which size" in response.text


async def _message(database: Database, text: str) -> str:
    async with database.read() as db:
        return str(await db.scalar(select(Message.id).where(Message.text == text).limit(1)))


def _shown(response: Any) -> int:
    """The conversation on the page to which the browser came."""
    assert response.status_code == 200, response.text
    found = re.search(r'data-conversation="(\d+)" aria-|data-conversation="(\d+)"', response.text)
    assert found
    return int(str(response.url).partition("/conversations/")[2].partition("?")[0])


def _timeline(page: str) -> str:
    """The open conversation without the list beside it."""
    return page[page.index('id="timeline"') :]


def _undo(page: str) -> str:
    """The address to which the flash's button sends."""
    found = re.search(r'class="undo" method="post" action="([^"]+)"', page)
    assert found, page
    return found[1].replace("&amp;", "&")


async def test_pages_on_both_sides_hear_what_came_and_what_left(
    browser: Browser, company: Company, support: Mailbox, boots: int
) -> None:
    lamp = await company.receives(support, from_=TOM, subject="Lamp", text="The first of it")
    text, ago = "My shade is broken", timedelta(0)
    await company.receives(support, from_=TOM, text=text, into=boots, ago=ago)
    before = {at: await _last_event(browser, at) for at in (boots, lamp)}
    mail = re.findall(r'id="message-(\d+)"', await browser.page(f"/conversations/{boots}"))[-1]
    home = f"/conversations/{boots}/messages/{mail}/home"
    assert (await browser.post(home, {"conversation": str(lamp)})).status_code == 200
    there = await browser.page(f"/conversations/{lamp}/news?after={before[lamp]}")
    assert re.search(rf'id="message-{mail}" class="message kind-mail is-new"', there)
    assert "The first of it" in there  # all of it, in its order
    here = await browser.page(f"/conversations/{boots}/news?after={before[boots]}")
    assert text not in here
    assert text in there
    assert 'hx-target="#timeline" hx-swap="innerMorph"' in here
    # What follows is added as ever.
    after = await _last_event(browser, lamp)
    await company.receives(support, from_=TOM, text="And another", into=lamp)
    news = await browser.page(f"/conversations/{lamp}/news?after={after}")
    assert "And another" in news
    assert "The first of it" not in news


async def test_a_page_whose_conversation_was_merged_says_where_it_is(
    browser: Browser, company: Company, support: Mailbox, boots: int
) -> None:
    lamp = await company.receives(support, from_=TOM, subject="Lamp", text="My lamp is broken")
    before = {at: await _last_event(browser, at) for at in (boots, lamp)}
    merge = f"/conversations/{lamp}/merge"
    assert (await browser.post(merge, {"conversation": str(boots)})).status_code == 200
    gone = await browser.page(f"/conversations/{lamp}/news?after={before[lamp]}")
    assert "This conversation is part of another one now" in gone
    assert f'href="/conversations/{boots}?' in gone
    there = await browser.page(f"/conversations/{boots}/news?after={before[boots]}")
    assert "My lamp is broken" in there
    assert "is-new" in there


async def _last_event(browser: Browser, at: int) -> str:
    found = re.search(r'data-last-event="(\d+)"', await browser.page(f"/conversations/{at}"))
    assert found
    return found[1]
