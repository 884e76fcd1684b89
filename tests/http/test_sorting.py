"""Putting off, moving, tagging and weighing conversations in the web view."""

from __future__ import annotations

import re

from sqlalchemy import update

from inbox.store.engine import Database
from inbox.store.tables import Agent, Conversation, Mailbox
from tests.http.company import Company
from tests.http.conftest import Browser, Doors


async def test_what_is_put_off_has_a_folder_of_its_own(browser: Browser, boots: int) -> None:
    page = (await browser.post(f"/conversations/{boots}/snooze", {"until": "in 3 Tagen"})).text
    assert "Ann Berg put the conversation off until" in page
    assert "Back now" in page
    address = f"/conversations/{boots}"
    assert address not in (await browser.get("/conversations?in=open")).text
    assert address in (await browser.get("/conversations?in=snoozed")).text
    page = (await browser.post(f"{address}/closure?_method=delete")).text
    assert "Ann Berg reopened the conversation" in page
    page = (await browser.post(f"{address}/wait", {"until": "tomorrow 17:00"})).text
    assert "is waiting for the customer until" in page
    assert ", 17:00" in page


async def test_a_time_that_is_none_is_said(
    browser: Browser, boots: int, database: Database
) -> None:
    for said, why in (
        ("soonish", "It is not clear which time"),
        ("yesterday", "This time is past"),
    ):
        response = await browser.post(f"/conversations/{boots}/snooze", {"until": said})
        assert response.status_code == 422
        assert why in response.text
    async with database.read() as db:
        assert (await db.get_one(Conversation, boots)).status == "open"


async def test_a_time_is_meant_as_the_pages_say_times(
    doors: Doors, company: Company, support: Mailbox, database: Database
) -> None:
    """Who has no zone of their own reads times in that of their first mailbox, and writes them so,
    in whichever mailbox.
    """
    tokyo = await company.mailbox("tokyo@us.example", "Tokyo")
    async with database.write() as db:
        await db.execute(
            update(Mailbox).where(Mailbox.id == tokyo.id).values(time_zone="Asia/Tokyo")
        )
    kei = await doors.open(await company.agent("Kei Ono", support.address, tokyo.address))
    home = await company.receives(tokyo)
    page = (await kei.post(f"/conversations/{home}/promise", {"until": "2026-11-27 17:00"})).text
    assert 'title="Friday, 27 November 2026, 17:00"' in page
    form = {**await kei.composer(home), "text": "Soon.", "then": "later", "until": "3 days 10:00"}
    page = (await kei.post(f"/conversations/{home}/replies", form)).text
    assert "Leaves by itself: Wednesday, 25 November 2026, 10:00" in page


async def test_nothing_is_cut_off_that_is_too_long(browser: Browser, boots: int) -> None:
    refused = await browser.post(f"/conversations/{boots}/category", {"category": "c" * 81})
    assert refused.status_code == 422
    assert "At most 80 characters can stand here." in refused.text
    page = await browser.page(f"/conversations/{boots}")
    # A browser would cut off what is pasted into such a field, and say nothing.
    for name in ("tags", "category"):
        assert not re.search(rf'name="{name}"[^>]*maxlength', page)


async def test_tags_and_priority(browser: Browser, boots: int, database: Database) -> None:
    page = (await browser.post(f"/conversations/{boots}/tags", {"tags": "VIP, big client"})).text
    assert "Take off the tag big-client" in page
    page = (await browser.post(f"/conversations/{boots}/tags", {"without": "vip"})).text
    assert "Take off the tag vip" not in page
    page = (await browser.post(f"/conversations/{boots}/priority", {"priority": "urgent"})).text
    assert "Ann Berg set the priority to Urgent" in page
    async with database.read() as db:
        home = await db.get_one(Conversation, boots)
    assert (list(home.tags), home.priority) == (["big-client"], 2)
    assert (
        await browser.post(f"/conversations/{boots}/priority", {"priority": "x"})
    ).status_code == 422


async def test_it_moves_out_of_sight_with_a_note(
    browser: Browser, company: Company, boots: int, ann: Agent, database: Database
) -> None:
    billing = await company.mailbox("billing@us.example", "Billing")
    page = await browser.post(
        f"/conversations/{boots}/mailbox", {"mailbox": str(billing.id), "note": "Please refund"}
    )
    assert page.status_code == 200
    assert f"/conversations/{boots}" not in page.text
    assert (await browser.get(f"/conversations/{boots}")).status_code == 404
    async with database.read() as db:
        assert (await db.get_one(Conversation, boots)).mailbox_id == billing.id
