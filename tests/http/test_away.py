"""Who is away, and the mailbox for the address book, on the page of a conversation."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from inbox.store.engine import Database
from inbox.store.tables import Agent, Mailbox
from tests.http.conftest import Browser, Clock


async def test_who_is_away_is_said_where_they_are_given_work(
    browser: Browser, boots: int, database: Database, clock: Clock
) -> None:
    async with database.write() as db:
        ends = clock().replace(hour=0) + timedelta(days=4)  # with the 25th
        await db.execute(update(Agent).values(away_until=ends))
    assert "away until 25 Nov" in await browser.page(f"/conversations/{boots}")
    async with database.write() as db:
        await db.execute(update(Agent).values(away_until=clock() - timedelta(days=3)))
    assert "away until" not in await browser.page(f"/conversations/{boots}")


async def test_the_mailbox_goes_into_the_address_book(
    browser: Browser, stranger: Browser, support: Mailbox, boots: int
) -> None:
    where = f"/mailboxes/{support.id}/card.vcf"
    assert where in await browser.page(f"/conversations/{boots}")
    answer = await browser.get(where)
    assert answer.headers["content-type"].startswith("text/vcard")
    assert f"EMAIL;TYPE=INTERNET,PREF:{support.address}\r\n" in answer.text
    assert (await browser.get("/mailboxes/4711/card.vcf")).status_code == 404
    assert "VCARD" not in (await stranger.get(where)).text
