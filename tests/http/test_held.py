"""An answer by mail that is held, decided about on the conversation's page."""

from __future__ import annotations

from inbox.desk.answer import Answer
from inbox.desk.held import hold
from inbox.store.tables import Agent, Mailbox
from tests.http.company import Company
from tests.http.conftest import Browser, Doors


async def test_an_answer_that_is_held_can_be_let_go_or_given_up(
    browser: Browser, doors: Doors, company: Company, ann: Agent, support: Mailbox, boots: int
) -> None:
    async def held(words: str, reason: str = "unproved") -> int:
        async with company.database.write() as db:
            row = await hold(
                db,
                boots,
                Answer(text=words),
                verb="reply",
                reasons=[reason],
                by=ann,
                now=company.now,
                context=company.context,
            )
            return row.message_id

    first, second = await held("By mail: size 42."), await held("By mail: size 43.")
    page = await browser.page(f"/conversations/{boots}")
    assert "Held back: not sent." in page
    page = (await browser.post(f"/conversations/{boots}/messages/{first}/release")).text
    assert "released the answer that was held back" in page
    dropped = f"/conversations/{boots}/messages/{second}/release?_method=delete"
    page = (await browser.post(dropped)).text
    assert "discarded the answer that was held back" in page
    assert (await browser.post(dropped)).status_code == 409
    third = await held("By mail: size 44.")
    ben = await doors.open(await company.agent("Ben Okafor", support.address))
    assert "/release" not in await ben.page(f"/conversations/{boots}")
    refused = await ben.post(f"/conversations/{boots}/messages/{third}/release")
    assert refused.status_code == 403
    seen = {"decision": "note", "expected": (await browser.composer(boots))["expected"]}
    page = (await browser.post(f"/conversations/{boots}/messages/{third}/release", seen)).text
    assert page.count(">only inside<") == 1
    outdated = await held("By mail: size 45.", "moved_on")
    assert "Send it anyway" in await browser.page(f"/conversations/{boots}")
    await company.receives(support, text="Too late, thank you.", into=boots)
    asked = f"/conversations/{boots}/messages/{outdated}/release"
    seen["decision"] = ""
    assert (await browser.post(asked, seen)).status_code == 409


async def test_what_is_held_for_what_it_asks_for_can_be_given_up(
    browser: Browser, company: Company, ann: Agent, boots: int
) -> None:
    async with company.database.write() as db:
        held = await hold(
            db,
            boots,
            Answer(text="@clsoe"),
            verb="note",
            reasons=["orders"],
            by=ann,
            now=company.now,
            context=company.context,
        )
        at = f"/conversations/{boots}/messages/{held.message_id}/release"
    page = await browser.page(f"/conversations/{boots}")
    assert at in page
    assert "Send it" not in page
    page = (await browser.post(f"{at}?_method=delete")).text
    assert "Held back, and given up." in page
    assert at not in page
