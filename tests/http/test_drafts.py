"""What is still being written: found again anywhere by its writer, and by nobody else."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, text

from inbox.desk.answer import Note
from inbox.desk.drafts import Typed, drop_draft, save_draft
from inbox.desk.note import note
from inbox.store.drafts import Spot
from inbox.store.engine import Database
from inbox.store.tables import Agent, Draft, Held, Mailbox, Membership, Message, Outbound
from tests.http.company import Company
from tests.http.conftest import NOON, Browser, Clock, Doors
from tests.polling import eventually

SCRIPT = {"x-draft": "1"}


async def save(browser: Browser, at: int, text: str, **more: Any) -> Any:
    """As the page saves by itself."""
    files = more.pop("files", None)
    form = {"text": text, "kind": "reply", **more}
    return await browser.post(f"/conversations/{at}/draft", form, headers=SCRIPT, files=files)


def field(html: str, name: str) -> str:
    html = html[max(0, html.find('id="composer"')) :]
    return str(re.findall(rf'name="{name}"[^>]* value="([^"]*)"', html)[0])


async def test_it_is_found_again_on_another_machine_until_it_is_sent(
    browser: Browser, doors: Doors, ann: Agent, boots: int, database: Database
) -> None:
    file = {"file": ("sole.txt", b"a sole", "text/plain")}
    saved = await save(browser, boots, "Half an", bcc="boss@us.example", quote="off", files=file)
    assert saved.headers["x-draft"] == "1"
    kept = field(saved.text, "kept")
    version = field(saved.text, "version")
    more = {"kept": kept, "bcc": "boss@us.example", "quote": "off", "version": version}
    await save(browser, boots, "Half an answer", **more)
    # A page that gave up a save on its way does not know its version: nothing is lost by it.
    more |= {"version": version}
    saved = await save(browser, boots, "Half an answer", **more)
    assert saved.status_code == 200
    there = await doors.open(ann)
    page = await there.page(f"/conversations/{boots}?in=drafts")
    assert ">Half an answer</textarea>" in page
    assert "sole.txt" in page
    assert field(page, "bcc") == "boss@us.example"
    assert 'name="quote" value="on">' in page
    assert 'data-folder="drafts">1<' in page
    older = await save(browser, boots, "Another half", version=version)
    assert older.status_code == 409
    assert "You have written on at another place since" in older.text
    form = {**await there.composer(boots), "text": "A whole answer, as attached."}
    form |= {"kept": field(page, "kept"), "bcc": "boss@else.example"}
    # Under way to be saved when it is sent, and there first: the page knows nothing of it.
    await save(browser, boots, "A whole answer", version=field(page, "version"))
    page = (await there.post(f"/conversations/{boots}/replies", form)).text
    assert "Half an" not in page
    assert 'data-folder="drafts"' not in page
    # What was under way to be saved when it was sent is not saved.
    await save(browser, boots, "A whole answ", key=form["key"])
    async with database.read() as db:
        assert not list(await db.scalars(select(Draft)))


async def test_what_is_saved_while_it_is_sent_is_no_draft_of_it(
    ann: Agent, boots: int, database: Database
) -> None:
    """Whichever of the two comes first: else the same answer is sent again from the draft."""
    spot = Spot(kind="reply", conversation_id=boots)
    words = Typed(text="Size 42", fields={}, key="of the form")
    async with database.write() as sending:
        await note(sending, boots, Note(text="Size 42", idempotency=words.key), by=ann, now=NOON)
        await drop_draft(sending, spot, by=ann, version=0, sent="Size 42")

        async def save_it() -> int:
            async with database.write() as saving:
                return await save_draft(saving, spot, words, version=0, by=ann, now=NOON)

        saving = asyncio.create_task(save_it())
        await eventually(lambda: waits_for_a_lock(database))
    assert await saving == 0


async def waits_for_a_lock(database: Database) -> bool:
    asked = text("select exists (select from pg_locks where locktype = 'advisory' and not granted)")
    async with database.read() as db:
        return bool(await db.scalar(asked))


async def test_nobody_else_sees_it_and_who_leaves_has_it_no_more(
    browser: Browser, doors: Doors, company: Company, ann: Agent, support: Mailbox, boots: int
) -> None:
    ben = await doors.open(await company.agent("Ben Okafor", support.address))
    await save(browser, boots, "Mine alone")
    await save(browser, boots, "A note of mine", kind="note")
    for path in (f"/conversations/{boots}", f"/conversations/{boots}?write=note"):
        assert "Mine alone" not in await ben.page(path)
        assert "A note of mine" not in await ben.page(path)
    theirs = await ben.page("/conversations?in=drafts")
    assert 'data-folder="drafts"' not in theirs
    assert "Pat Lee" not in theirs
    await ben.post(f"/conversations/{boots}/draft?_method=delete", {"kind": "reply"})
    page = await browser.page(f"/conversations/{boots}")
    assert ">A note of mine</textarea>" in page
    assert "Your answer is kept, too" in page
    assert ">Mine alone</textarea>" in await browser.page(f"/conversations/{boots}?write=reply")
    async with company.database.write() as db:
        await db.execute(delete(Membership).where(Membership.agent_id == ann.id))
    assert (await save(browser, boots, "From outside")).status_code == 404
    assert "Pat Lee" not in await browser.page("/conversations?in=drafts")


async def test_words_go_to_the_other_tab_and_without_scripts_it_is_a_button(
    browser: Browser, boots: int, database: Database
) -> None:
    form = {**await browser.composer(boots), "text": "For the customer?", "kind": "reply"}
    page = (await browser.post(f"/conversations/{boots}/draft", form)).text
    assert ">For the customer?</textarea>" in page
    moved = {"version": field(page, "version"), "was": "reply", "kind": "note"}
    assert (await save(browser, boots, "For us.", **moved)).status_code == 200
    async with database.read() as db:
        [draft] = await db.scalars(select(Draft))
        assert (draft.kind, draft.text) == ("note", "For us.")
    huge = await save(browser, boots, "x" * 500_001)
    assert huge.status_code == 422
    assert "too long" in huge.text
    page = (
        await browser.post(f"/conversations/{boots}/draft?_method=delete", {"was": "note"})
    ).text
    assert "For us." not in page


async def test_a_named_file_that_is_missing_is_told_once(
    browser: Browser, boots: int, company: Company, support: Mailbox
) -> None:
    """With all that was typed, over a mail that came in meanwhile, too."""
    typed = {"cc": "Cy <cy@else.example>", "bcc": "boss@else.example", "quote": "off"}
    form = {**await browser.composer(boots), **typed, "text": "Please find attached the list."}
    refused = await browser.post(f"/conversations/{boots}/replies", form)
    assert refused.status_code == 409
    assert "there is no file" in refused.text
    assert "Send anyway" in refused.text
    await company.receives(support, into=boots, text="Wait!", ago=timedelta(0))
    form |= {"told": field(refused.text, "told")}
    stale = await browser.post(f"/conversations/{boots}/replies", form)
    assert stale.status_code == 409
    assert "there is no file" not in stale.text
    for name in ("cc", "bcc"):
        assert field(stale.text, name).replace("&lt;", "<").replace("&gt;", ">") == typed[name]
    assert 'name="quote" value="on">' in stale.text
    form |= {"expected": field(stale.text, "expected"), "told": field(stale.text, "told")}
    assert (await browser.post(f"/conversations/{boots}/replies", form)).status_code == 200


async def test_close_and_next_and_all_of_it_back(
    browser: Browser, company: Company, support: Mailbox, boots: int, clock: Clock
) -> None:
    older = await company.receives(
        support, from_="Kim <kim@else.example>", subject="Laces", ago=timedelta(hours=1)
    )
    form = {**await browser.composer(boots), "text": "Done.", "bcc": "boss@else.example"}
    page = (await browser.post(f"/conversations/{boots}/replies", {**form, "then": "next"})).text
    assert f'data-conversation="{older}"' in page
    undo = page.split('class="undo" method="post" action="')[1].split('"')[0].replace("&amp;", "&")
    clock.now += timedelta(seconds=5)
    page = (await browser.post(undo)).text
    assert ">Done.</textarea>" in page
    assert field(page, "bcc") == "boss@else.example"
    form = {**await browser.composer(boots), "text": "Done.", "then": "snooze", "until": "3 days"}
    page = (await browser.post(f"/conversations/{boots}/replies", form)).text
    assert "put the conversation off until" in page
    undo = page.split('class="undo" method="post" action="')[1].split('"')[0].replace("&amp;", "&")
    page = (await browser.post(undo)).text
    assert "state-open" in page
    assert field(page, "until") == "2026-11-25 09:00"


async def test_it_leaves_later_unless_it_is_changed(
    browser: Browser, doors: Doors, company: Company, support: Mailbox, boots: int
) -> None:
    form = {**await browser.composer(boots), "text": "On Monday.", "bcc": "boss@else.example"}
    form |= {"then": "later", "until": "in 3 days 10:00"}
    page = (await browser.post(f"/conversations/{boots}/replies", form)).text
    assert "Leaves by itself: Wednesday" in page
    assert "Send it now" in page
    ben = await doors.open(await company.agent("Ben Okafor", support.address))
    seen = await ben.page(f"/conversations/{boots}")
    assert "Leaves by itself" in seen
    assert "Change it" not in seen
    # Nobody writes a second one because the list does not say so.
    assert 'class="leaves" title="Wednesday, 25 November 2026, 10:00"' in await ben.page("/")
    # It may have arrived before the answer was written: what counts is that nobody knew it.
    await company.receives(support, into=boots, text="Wait!", ago=timedelta(seconds=5))
    assert "it will not leave by itself" in await browser.page(f"/conversations/{boots}")
    assert 'class="leaves"' not in await ben.page("/")
    change = re.findall(r'formaction="([^"]*messages/\d+\?[^"]*delete[^"]*)"', page)[0]
    page = (await browser.post(change.replace("&amp;", "&"))).text
    assert ">On Monday.</textarea>" in page
    assert field(page, "bcc") == "boss@else.example"
    assert field(page, "until") == "2026-11-25 10:00"
    async with company.database.read() as db:
        assert not list(await db.scalars(select(Held)))
        assert not list(await db.scalars(select(Outbound).where(Outbound.kind == "reply")))
        assert not list(await db.scalars(select(Message).where(Message.kind != "mail")))
