"""Letters on pages of their own: kept while they are written, and sent with all that was chosen."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

from sqlalchemy import func, select

from inbox.desk.forward_mail import forward_mail
from inbox.mail.compose import compose
from inbox.store.tables import Agent, Draft, Mailbox, Message, Outbound
from tests.http.company import Company
from tests.http.conftest import Browser, Clock, Doors
from tests.http.test_drafts import SCRIPT, field
from tests.http.test_forwarding import FILES, hidden, undo_of

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


async def test_a_first_mail_is_found_again_on_another_machine(
    browser: Browser, doors: Doors, company: Company, support: Mailbox, ann: Agent
) -> None:
    form: dict[str, Any] = {**hidden(await browser.page("/conversations/new"))}
    form |= {"mailbox": str(support.id), "to": "Kim <kim@new.example>", "bcc": "boss@else.example"}
    path = "/conversations/new/draft"
    saved = await browser.post(path, form, headers=SCRIPT)
    assert saved.headers["x-draft"] == "1"
    form |= {"version": field(saved.text, "version"), "subject": "Boots", "text": "Half a"}
    file = {"file": ("sole.txt", b"a sole", "text/plain")}
    saved = await browser.post(path, form, headers=SCRIPT, files=file)
    there = await doors.open(ann)
    listed = await there.page("/conversations?in=drafts")
    assert 'data-folder="drafts">1<' in listed
    assert "Kim &lt;kim@new.example&gt;" in listed
    page = await there.page(f"/conversations/new?draft={form['key']}")
    for kept in (">Half a</textarea>", "sole.txt", "boss@else.example", 'value="Boots"'):
        assert kept in page
    stale = await browser.post(path, {**form, "text": "Older"}, headers=SCRIPT)
    assert (stale.status_code, "written on at another place" in stale.text) == (409, True)
    # Nobody else has it, whatever they guess, nor in a mailbox that is not theirs.
    press = await company.mailbox("press@us.example", "Press")
    ben = await doors.open(await company.agent("Ben Okafor", press.address))
    assert "Half a" not in await ben.page(f"/conversations/new?draft={form['key']}")
    assert 'data-folder="drafts"' not in await ben.page("/conversations?in=drafts")
    assert (await ben.post(path, form, headers=SCRIPT)).status_code == 404
    await ben.post(f"{path}?_method=delete", {"key": form["key"]})
    # What is named and missing is told; as attached, it goes.
    words = {**form, "version": field(page, "version"), "text": "It is attached."}
    missing = await there.post("/conversations", words)
    assert (missing.status_code, "there is no file" in missing.text) == (409, True)
    sent = await there.post("/conversations", {**words, "kept": field(page, "kept")})
    assert sent.status_code == 200
    async with company.database.read() as db:
        assert not list(await db.scalars(select(Draft)))
        outbound = (await db.scalars(select(Outbound))).one()
        assert (outbound.kind, outbound.sender) == ("reply", "support@us.example")
    assert "boss@else.example" not in sent.text


async def test_a_first_mail_leaves_later_and_is_written_on(
    browser: Browser, company: Company, support: Mailbox, clock: Clock
) -> None:
    form = {"mailbox": str(support.id), "to": "Kim <kim@new.example>", "subject": "Boots"}
    form |= {"text": "On Monday.", "then": "later", "until": "in 3 days 10:00", "key": "abcdefgh"}
    page = (await browser.post("/conversations", form)).text
    assert "Leaves by itself: Wednesday" in page
    async with company.database.read() as db:
        held = (await db.scalars(select(Message))).one()
        assert (held.to, held.subject) == (
            [{"name": "Kim", "address": "kim@new.example"}],
            "Boots",
        )
    change = re.findall(r'formaction="([^"]*messages/\d+\?[^"]*delete[^"]*)"', page)[0]
    clock.now += timedelta(seconds=5)
    assert ">On Monday.</textarea>" in (await browser.post(unescape(change))).text


async def test_a_mail_is_passed_on_with_files_of_ones_own(
    browser: Browser, doors: Doors, company: Company, support: Mailbox, ann: Agent
) -> None:
    at = await company.receives(support, text="The sole is loose.", files=FILES)
    async with company.database.read() as db:
        mail = await db.scalar(select(Message.id))
    url = f"/conversations/{at}/messages/{mail}/forward"
    form: dict[str, Any] = {**hidden(await browser.page(url)), "to": "Glue <glue@supplier.example>"}
    form |= {"text": "**Look**:\n\n![](sole.png)", "markdown": "1", "cc": "cy@supplier.example"}
    form |= {"bcc": "boss@else.example", "quote": "off"}
    file = {"file": ("sole.png", PICTURE, "image/png")}
    path = f"/conversations/{at}/forwards"
    saved = await browser.post(f"{path}/draft", form, headers=SCRIPT, files=file)
    form |= {"version": field(saved.text, "version"), "kept": field(saved.text, "kept")}
    there = await doors.open(ann)
    assert url in await there.page(f"/conversations/{at}?in=drafts")
    page = await there.page(url)
    for kept in ("![](sole.png)</textarea>", "cy@supplier.example", "boss@else.example"):
        assert kept in page
    assert 'name="quote" value="on">' in page
    assert not re.search(r'name="along" value="\d+" checked', page)
    shown = await there.post(f"{path}/preview", form)
    assert "<strong>Look</strong>" in shown.text
    async with company.database.read() as db:
        assert await db.scalar(select(func.count()).select_from(Message)) == 1
    sent = await there.post(path, form)
    assert "Forwarded without its words" in sent.text
    async with company.database.read() as db:
        outbound = (await db.scalars(select(Outbound))).one()
        draft = await forward_mail(db, company.context, outbound)
        assert not list(await db.scalars(select(Draft)))
    assert [str(one) for one in (*draft.to, *draft.cc)] == [
        "glue@supplier.example",
        "cy@supplier.example",
    ]
    assert b"boss@else.example" not in compose(draft)
    assert "The sole is loose." not in draft.text
    [picture] = draft.attachments
    assert (picture.filename, picture.inline) == ("sole.png", True)
    # Taken back it is a draft again, with all of it.
    back = (await there.post(undo_of(sent.text))).text
    for kept in ("![](sole.png)</textarea>", "cy@supplier.example", "boss@else.example"):
        assert kept in back
    assert field(back, "kept")
    empty = {"message": form["message"], "to": "glue@supplier.example", "quote": "off"}
    assert (await browser.post(path, empty)).status_code == 422
