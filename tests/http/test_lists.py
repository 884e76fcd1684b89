"""What a row of a list says, which rows stand first, and that both are as somebody wants them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from inbox.store.engine import Database
from inbox.store.tables import Agent, Conversation, Mailbox, Message
from tests.http.company import Company
from tests.http.conftest import NOON, Browser


def rows(page: str) -> list[int]:
    """The conversations of a list, from above."""
    return [int(one) for one in re.findall(r'id="row-(\d+)"', page)]


async def test_a_row_says_what_sets_it_apart(
    browser: Browser, boots: int, database: Database
) -> None:
    plain = await browser.page("/conversations")
    assert 'class="marks"' not in plain
    async with database.write() as db:
        changed = {
            "priority": 2,
            "tags": ["big-client", "<b>vip</b>"],
            "waiting_since": NOON - timedelta(hours=5),
            "promised_until": NOON - timedelta(hours=1),
        }
        await db.execute(update(Conversation).values(changed))
        await db.execute(update(Message).values(language="ja"))
    page = await browser.page("/conversations")
    marks = page.split('class="marks"')[1].split("</a>")[0]
    for said in (
        "Urgent",
        "big-client",
        "&lt;b&gt;vip",
        "Japanese",
        "promised until 11:00",
        "late",
        "5 hrs",
    ):
        assert said in marks
    async with database.write() as db:
        await db.execute(update(Mailbox).values(language="ja"))
        await db.execute(update(Conversation).values(promised_until=NOON + timedelta(hours=1)))
    page = await browser.page("/conversations")
    assert "Japanese" not in page
    assert 'class="late"' not in page
    assert "promised until 13:00" in page


async def test_an_order_is_chosen_once_and_kept(
    browser: Browser,
    company: Company,
    support: Mailbox,
    boots: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in ("web.lists", "store.conversations"):
        monkeypatch.setattr(f"inbox.{module}.PAGE", 2)
    late = [
        await company.receives(support, text=f"{n}", ago=timedelta(days=n)) for n in range(1, 4)
    ]
    assert rows(await browser.page("/conversations")) == [boots, late[0]]
    page = await browser.page("/conversations?in=open&order=waiting")
    assert rows(page) == late[:0:-1]
    page = await browser.page("/conversations?in=unassigned")
    further = re.search(r'href="([^"]+page=waiting[^"]+)"', page)
    assert further
    rest = further[1].replace("&amp;", "&")
    assert rows(await browser.page(rest)) == [late[0], boots]
    await browser.page("/conversations?order=due")
    assert rows(await browser.page(rest)) == [late[0], boots]  # a page stays what it was
    assert rows(await browser.page("/conversations?in=closed")) == []
    assert rows(await browser.page("/conversations?in=all")) == [boots, late[0]]


async def test_rows_are_as_close_as_somebody_wants(
    browser: Browser, boots: int, database: Database, ann: Agent
) -> None:
    assert 'class="list comfortable"' in await browser.page("/conversations")
    assert 'class="list compact"' in await browser.page("/conversations?density=compact")
    assert 'class="list compact"' in await browser.page("/conversations")
    foreign = {"sec-fetch-site": "cross-site"}
    await browser.get("/conversations?density=comfortable&order=due", headers=foreign)
    await browser.get("/conversations?density=none&order=%27")
    async with database.read() as db:
        agent = await db.get_one(Agent, ann.id)
    assert (agent.list_order, agent.list_density) == ("newest", "compact")
