"""What a customer says of our help: on the page that is for them, and beside the conversation."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from inbox.mail.tokens import hash_token
from inbox.store.engine import Database
from inbox.store.tables import Conversation, Mailbox, Satisfaction
from tests.http.company import Company
from tests.http.conftest import NOON, Browser, Clock, Doors

TOKEN = "abcdefghijklmnopqrstuvwx23"
PAGE = f"/ratings/{TOKEN}"


@pytest.fixture
async def asked(database: Database, boots: int) -> int:
    """The conversation is closed, and its customer was asked, in German."""
    async with database.write() as db:
        (await db.get_one(Conversation, boots)).status = "closed"
        row = {"token_hash": hash_token(TOKEN), "address": "pat@shop.example", "language": "de"}
        times = {"asked_at": NOON, "expires_at": NOON + timedelta(days=30)}
        db.add(Satisfaction(conversation_id=boots, **row, **times))
    return boots


async def test_the_page_of_a_customer(
    stranger: Browser, asked: int, database: Database, clock: Clock
) -> None:
    async def said() -> tuple[str | None, str]:
        async with database.read() as db:
            row = await db.get_one(Satisfaction, asked)
            return row.rated, row.words

    seen = await stranger.get(f"{PAGE.upper().replace('/RATINGS', '/ratings')}/bad")
    assert seen.status_code == 200
    assert "Haben wir Ihnen geholfen?" in seen.text
    assert 'value="bad" required checked' in seen.text
    assert "boots" not in seen.text.lower()
    assert "pat" not in seen.text.lower()
    assert "script-src 'self'" in seen.headers["content-security-policy"]
    assert seen.headers["cache-control"] == "no-store"
    # One of ours, that keeps the words where there is no line.
    assert [one.split("/")[-1] for one in re.findall(r'<script src="([^"]+)"', seen.text)] == [
        "unreached.js"
    ]
    assert seen.text.count("<script") == 1
    assert await said() == (None, "")  # to look at it says nothing
    words = {"rated": "bad", "words": "<b>It</b> is\nbroken. " + "x" * 900}
    done = await stranger.post(PAGE, words)
    assert "Wir haben notiert: Schlecht." in done.text
    assert "broken" not in done.text
    rated, sentence = await said()
    assert (rated, len(sentence), sentence[:20]) == ("bad", 500, "<b>It</b> is broken.")
    await stranger.post(PAGE, {"rated": "good"})
    assert await said() == ("good", "")
    await stranger.post(PAGE, {"rated": "wonderful"})
    assert await said() == ("good", "")
    foreign = await stranger.client.post(
        PAGE, data={"rated": "bad"}, headers={"sec-fetch-site": "cross-site"}
    )
    assert foreign.status_code == 403
    # A link that is over says no more than one that nobody was sent.
    clock.now = NOON + timedelta(days=30)
    over = await stranger.get(f"{PAGE}/bad")
    none = await stranger.get(f"/ratings/{TOKEN[::-1]}")
    assert (over.status_code, over.text) == (404, none.text)
    answers = {(await stranger.post(f"/ratings/{'a' * 26}")).status_code for _ in range(25)}
    assert answers == {404, 429}
    assert await said() == ("good", "")


async def test_it_stands_beside_the_conversation(
    browser: Browser,
    stranger: Browser,
    asked: int,
    company: Company,
    support: Mailbox,
    doors: Doors,
) -> None:
    await stranger.post(PAGE, {"rated": "bad", "words": "<i>Never</i> again"})
    page = await browser.page(f"/conversations/{asked}")
    assert "The customer about our help:" in page
    assert "&lt;i&gt;Never&lt;/i&gt; again" in page
    assert "Open it again" in page  # which nobody has to do
    assert "0 of 1 answer was good" in page
    # Beside another of the same customer, too; but not to who may not see where it was said.
    laces = await company.receives(support, subject="Laces")
    assert "Never" in await browser.page(f"/conversations/{laces}")
    billing = await company.mailbox("billing@us.example", "Billing")
    bill = await company.receives(billing, subject="Bill")
    ben = await doors.open(await company.agent("Ben Cole", "billing@us.example"))
    assert "Never" not in await ben.page(f"/conversations/{bill}")
    for question, there in (("is:unhappy", True), ("is:happy", False), ("-is:unzufrieden", False)):
        found = await browser.page(f"/search?q={question}")
        assert (f"/conversations/{asked}" in found) is there, question
