"""An answer that says what is only for us: its words are shown first, and one click sends it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import text

from inbox.desk.answer import Note
from inbox.desk.note import note
from inbox.store.engine import Database
from inbox.store.tables import Mailbox
from tests.http.company import Company
from tests.http.conftest import Browser, Doors
from tests.leaks import files

SECRET = "He has sent back four pairs this year: no more than ten percent for him."
WORDS = f"Dear Pat,\n\nwe looked into it at once.\n\n{SECRET}\n\nKind regards\nAnn"


@pytest.fixture
async def noted(company: Company, support: Mailbox, boots: int) -> int:
    """A colleague has commented."""
    ben = await company.agent("Ben Okafor", support.address)
    async with company.database.write() as db:
        await note(db, boots, Note(text=SECRET), by=ben, now=company.now)
    return boots


def told(page: str) -> list[str]:
    form = page[page.index('id="composer"') :]
    return re.findall(r'name="told" value="([^"]+)"', form)


async def sent(database: Database) -> int:
    async with database.read() as db:
        found = await db.scalar(text("select count(*) from message where kind = 'reply'"))
        return int(found or 0)


async def test_the_words_are_shown_and_sent_when_the_button_is_pressed_again(
    browser: Browser, company: Company, noted: int
) -> None:
    path = f"/conversations/{noted}/replies"
    form: dict[str, Any] = {**await browser.composer(noted), "text": WORDS}
    refused = await browser.post(path, form)
    assert refused.status_code == 409
    assert "more than ten percent for him” stands in a comment." in refused.text
    assert "Send anyway" in refused.text
    assert "we looked into it at once" in refused.text
    assert await sent(company.database) == 0
    # Others words than those that were shown are asked about anew.
    form["told"] = told(refused.text)
    more = f"{WORDS}\n\nSee https://x.example and write to ben@us.example yourself."
    again = await browser.post(path, {**form, "text": more})
    assert again.status_code == 409
    assert "ben@us.example" in again.text
    assert (await browser.post(path, {**form, "told": told(again.text)})).status_code == 200
    assert await sent(company.database) == 1


async def test_a_file_is_read_as_well_but_not_the_customers_own(
    browser: Browser, company: Company, support: Mailbox, noted: int
) -> None:
    theirs = files.docx(f"Your clerk wrote to me by mistake. {SECRET}")
    await company.receives(support, files=(("a.docx", "application/zip", theirs),), into=noted)
    path = f"/conversations/{noted}/replies"
    form = {**await browser.composer(noted), "text": "See the file."}
    kind = "application/octet-stream"
    ours = await browser.post(path, form, files={"file": ("b.pdf", files.pdf(SECRET), kind)})
    assert ours.status_code == 409
    assert "stands in a comment" in ours.text
    assert "b.pdf" in ours.text
    back = await browser.post(path, form, files={"file": ("c.docx", theirs, kind)})
    assert back.status_code == 200
    assert await sent(company.database) == 1


async def test_in_the_readers_language_and_a_comment_may_say_anything(
    doors: Doors, company: Company, support: Mailbox, noted: int
) -> None:
    eve = await doors.open(await company.agent("Eve Stone", support.address, language="de"))
    form = {**await eve.composer(noted), "text": WORDS}
    refused = await eve.post(f"/conversations/{noted}/replies", form)
    assert refused.status_code == 409
    assert "Not sent" not in refused.text
    assert "steht in einem Kommentar" in refused.text
    noted_too = await eve.post(f"/conversations/{noted}/notes", form)
    assert noted_too.status_code == 200
