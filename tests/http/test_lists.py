"""What a row of a list says, which rows stand first, and that both are as somebody wants them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from inbox.store.engine import Database
from inbox.store.tables import Agent, Conversation, Event, Mailbox, Message
from tests.http.company import Company
from tests.http.conftest import NOON, Browser, Doors


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
            "due_at": NOON - timedelta(hours=1),
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
    assert ">+" not in marks
    many = [f"tag-{one}" for one in range(40)]
    async with database.write() as db:
        await db.execute(update(Conversation).values(tags=many))
    page = await browser.page("/conversations")
    assert page.count('class="tag"') == 5
    assert f'<span title="{", ".join(many[5:])}">+35</span>' in page
    async with database.write() as db:
        await db.execute(update(Mailbox).values(language="ja"))
        soon = NOON + timedelta(hours=1)
        later = {"promised_until": soon, "due_at": soon - timedelta(minutes=1)}
        await db.execute(update(Conversation).values(later))
    page = await browser.page("/conversations")
    assert "Japanese" not in page
    assert 'class="late"' not in page
    assert "promised until 13:00" in page
    assert 'class="soon"' in page
    # And looks so wherever it is said: in the list and in the head, and where it is given away.
    assert (await browser.page(f"/conversations/{boots}")).count('class="soon"') == 2
    assert 'class="soon"' in await browser.page("/dispatch")


async def test_an_order_is_chosen_once_and_kept(
    browser: Browser,
    company: Company,
    support: Mailbox,
    boots: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("inbox.store.conversations.PAGE", 2)
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


async def test_several_are_changed_at_once_and_back(
    browser: Browser, company: Company, support: Mailbox, ann: Agent, database: Database
) -> None:
    """But for what somebody has gone on with since, and never what is not theirs."""
    billing = await company.mailbox("billing@us.example", "Billing")
    theirs = await company.receives(billing, text="Secret")
    two = [await company.receives(support, subject=f"Matter {n}", text=f"{n}") for n in range(2)]
    marked = {"conversation": [str(one) for one in two]}
    page = (await browser.post("/marked", marked)).text
    assert "Matter 0" in page
    assert "Billing" in page

    async def standing() -> list[tuple[str, int | None, tuple[str, ...]]]:
        async with database.read() as db:
            found = [await db.get_one(Conversation, one) for one in two]
        return [(one.status, one.assignee_id, tuple(one.tags)) for one in found]

    before = await standing()
    for action, more in (
        ("closures", {}),
        ("assignments", {"agent": str(ann.id)}),
        ("taggings", {"tags": "vip, fair"}),
        ("spam", {}),
    ):
        page = (await browser.post(f"/{action}", {**marked, **more})).text
        assert "2 conversations changed" in page
        assert await standing() != before
        events = re.findall(r'name="event" value="([\d,]+)"', page)
        assert "Undone." in (await browser.post("/marked/undo", {"event": events})).text
        assert await standing() == before, action
    page = (await browser.post("/closures", marked)).text
    events = re.findall(r'name="event" value="([\d,]+)"', page)
    await browser.post(f"/conversations/{two[0]}/tags", {"tags": "vip"})
    page = (await browser.post("/marked/undo", {"event": events})).text
    assert "but for what has changed since" in page
    assert [one[0] for one in await standing()] == ["closed", "open"]
    page = (await browser.post("/moves", {**marked, "to": str(billing.id)})).text
    assert 'name="event"' not in page
    async with database.read() as db:
        moves = list(await db.scalars(select(Event.id).order_by(Event.id.desc()).limit(2)))
    # What one gave away oneself is for those who have it now to give back.
    for path in ("/marked/undo", "/dispatch/undo"):
        assert (await browser.post(path, {"event": [str(one) for one in moves]})).status_code == 404
    for action in ("marked", "closures", "taggings", "spam", "moves", "assignments"):
        refused = await browser.post(
            f"/{action}", {"conversation": str(theirs), "tags": "x", "to": str(support.id)}
        )
        assert refused.status_code == 404


async def test_what_is_refused_of_several_is_told_row_by_row(
    browser: Browser, company: Company, support: Mailbox, ann: Agent
) -> None:
    """The others are done; merging several is undone with one click, too."""
    three = [await company.receives(support, subject=f"Matter {n}", text=f"{n}") for n in range(3)]
    marked = {"conversation": [str(one) for one in three]}
    await browser.post("/spam", {"conversation": str(three[0])})
    page = (await browser.post("/snoozes", {**marked, "until": "3 days"})).text
    assert "2 conversations changed" in page
    assert "1 was not changed:" in page
    assert re.search(rf'href="/conversations/{three[0]}[^"]*"><bdi>Matter 0</bdi></a>: \w', page)
    assert sorted(rows(await browser.page("/conversations?in=snoozed"))) == three[1:]
    assert "Ann Berg said that it is spam" in await browser.page("/conversations?in=spam")
    for action, more in (("priorities", {"priority": "high"}), ("waits", {"until": ""})):
        page = (await browser.post(f"/{action}", {**marked, **more})).text
        assert "conversations changed" in page
    await browser.post(f"/conversations/{three[0]}/spam?_method=delete")
    page = (await browser.post("/merges", marked)).text
    assert "2 conversations changed" in page
    assert rows(await browser.page("/conversations?in=all")) == [three[0]]
    events = re.findall(r'name="event" value="([\d,]+)"', page)
    assert "Undone." in (await browser.post("/marked/undo", {"event": events})).text
    assert sorted(rows(await browser.page("/conversations?in=all"))) == three
    assert (await browser.post("/merges", {"conversation": str(three[0])})).status_code == 422
    page = await browser.page("/conversations?in=all&marked=all")
    assert len(re.findall(r'name="conversation" value="\d+" checked', page)) == 3


async def test_what_is_for_others_by_now_is_told_no_more(
    browser: Browser, company: Company, support: Mailbox, boots: int, database: Database
) -> None:
    """Neither what was refused, nor what one has just sent there and could take back."""
    laces = await company.receives(support, subject="Laces", text="Secret")
    shoes = await company.receives(support, subject="Shoes")
    form = {**await browser.composer(laces), "text": "Done.", "then": "next"}
    sent = (await browser.post(f"/conversations/{laces}/replies", form)).url
    assert "Laces" in await browser.page(f"/conversations/{boots}?{sent.query.decode()}")
    await browser.post(f"/conversations/{laces}/spam")
    marked = {"conversation": [str(laces), str(shoes)], "until": "3 days"}
    await browser.post("/snoozes", marked, follow_redirects=False)
    press = await company.mailbox("press@us.example", "Press")
    async with database.write() as db:
        there = update(Conversation).where(Conversation.id == laces)
        await db.execute(there.values(mailbox_id=press.id))
    page = await browser.page("/conversations")
    assert "1 conversation changed" in page
    assert "Laces" not in page
    assert "Laces" not in await browser.page(f"/conversations/{boots}?{sent.query.decode()}")


async def test_who_is_in_no_mailbox_is_told_so(doors: Doors, company: Company) -> None:
    admin = await doors.open(await company.agent("Ada Lund", role="admin"))
    ann = await doors.open(await company.agent("Ann Berg"))
    for path in ("/conversations", "/conversations/new"):
        page = await admin.page(path)
        assert "You are in no mailbox. Make one, or let yourself into one." in page
        assert 'class="empty"' in page
        assert '<a href="/house/mailboxes">Mailboxes</a>' in page
        page = await ann.page(path)
        assert "An administrator lets you into one." in page
        assert "/house/mailboxes" not in page


async def test_all_of_a_list_is_what_it_was_when_it_was_asked_for(
    browser: Browser,
    company: Company,
    support: Mailbox,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also what no page showed: no more than so many, of one's own mailboxes, and undone in one."""
    for name, most in (
        ("inbox.store.conversations.PAGE", 2),
        ("inbox.web.marked.MOST", 6),
        ("inbox.web.routes.marked.MOST_OF_ALL", 6),
        ("inbox.web.routes.marked.MOST", 4),  # of one transaction
    ):
        monkeypatch.setattr(name, most)
    await company.mailbox("billing@us.example", "Billing")
    ours = [await company.receives(support, text=f"{n}", ago=timedelta(days=n)) for n in range(7)]
    page = await browser.page("/conversations?marked=all")
    way = re.search(r'<p id="whole"[^>]*>All on this page are marked. <a href="([^"]+)"', page)
    assert way
    assert 'id="whole" class="pager" hidden' in await browser.page("/conversations")
    page = await browser.page(way[1].replace("&amp;", "&"))
    assert "6 conversations are marked" in page
    assert "It goes on behind them" in page
    assert "one conversation" not in page  # nobody joins a whole list
    form = dict(
        re.findall(r'<input type="hidden" name="(conversation|whole)" value="([^"]+)"', page)
    )
    assert sorted(map(int, form["conversation"].split(","))) == ours[:6]
    new = await company.receives(support, text="Just now")
    await browser.post(f"/conversations/{ours[5]}/spam")
    async with database.write() as db:  # one of them is gone meanwhile: it stops no other
        await db.execute(
            update(Conversation).where(Conversation.id == ours[4]).values(merged_into=ours[6])
        )
    done = (await browser.post("/snoozes?in=open", {**form, "until": "3 days"})).text
    assert "4 conversations changed" in done
    assert "1 was not changed:" in done
    assert rows(await browser.page("/conversations?in=snoozed"))[:2] == [ours[0], ours[1]]
    assert rows(await browser.page("/conversations")) == [new, ours[6]]
    event = re.findall(r'name="event" value="([\d,]+)"', done)
    assert "Undone." in (await browser.post("/marked/undo", {"event": event})).text
    assert rows(await browser.page("/conversations?in=snoozed")) == []
    theirs = f"{form['conversation']},{new},1000000"
    too_many = await browser.post("/closures", {**form, "conversation": theirs})
    assert too_many.status_code == 422
    only_marked = {"conversation": form["conversation"]}
    assert (await browser.post("/closures", only_marked)).status_code == 404
