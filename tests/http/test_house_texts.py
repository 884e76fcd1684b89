"""Looking after texts, tags and departments in the web view; whether a mailbox sends and gets."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from inbox.desk.mark import tag
from inbox.desk.retag import retag
from inbox.model.actor import SYSTEM
from inbox.settings import Settings
from inbox.store.departments import departments
from inbox.store.tables import Agent, Conversation, Job, Mailbox, Outbound
from inbox.store.trials import note_arrival
from tests.http.company import Company
from tests.http.conftest import Browser, Doors

BODY = 'Dear {{ customer.name or "customer" }},\n\n{{ words }}\n\nYours, {{ agent.name }}'


async def test_a_text_is_written_looked_at_and_removed(
    doors: Doors, company: Company, support: Mailbox, browser: Browser
) -> None:
    mia = await doors.open(await company.agent("Mia Wolf", support.address, role="manager"))
    form = {"name": "Refund", "language": "en", "body": BODY, "mailbox": support.address}
    shown = await mia.post("/house/texts", form | {"preview": "1"})
    assert "Dear Pat Lee," in shown.text
    assert "Yours, Mia Wolf" in shown.text
    assert "Refund" not in await mia.page("/house/texts")
    wrong = await mia.post("/house/texts", form | {"body": "Dear\n{{ customer.iban }}"})
    assert wrong.status_code == 422
    assert "Line 2" in wrong.text
    assert "{{ customer.iban }}" in wrong.text
    long = await mia.post("/house/texts", form | {"title": "t" * 201})
    assert "At most 200 characters can stand here." in long.text
    with_file = [("file", ("terms.txt", b"Within a month.", "text/plain"))]
    looked = await mia.post("/house/texts", form | {"preview": "1"}, files=with_file)
    chosen = re.findall(r'name="kept" value="([^"]+)"', looked.text)
    # What is refused keeps what was chosen, too: by a fault in the words, and by who may not.
    for wrong in ({"body": "{{ nobody.name }}"}, {"mailbox": "none@us.example"}):
        again = form | {"kept": chosen} | wrong
        refused = await mia.post("/house/texts", again, files=[("file", ("b.txt", b"B"))])
        assert refused.status_code in (403, 404, 422)
        assert len(re.findall(r'name="kept" value="([^"]+)"', refused.text)) == 2
        assert all(name in refused.text for name in ("terms.txt", "b.txt"))
    kept = await mia.post("/house/texts", form | {"kept": chosen})
    assert "terms.txt" in kept.text
    assert "Saved." in kept.text
    looked = await mia.post("/house/texts", form | {"preview": "1"})  # without its file
    assert re.search(r'name="keeping" value="\d+">', looked.text)
    await mia.post("/house/texts", form | {"language": "ja", "body": "お世話になっております。"})
    assert "お世話に" in await mia.page(f"{kept.url.path}?language=ja")
    # For all mailboxes, and for others', it takes more; also out of files.
    await company.mailbox("press@us.example", "Press")
    for box in ("", "press@us.example"):
        assert (await mia.post("/house/texts", form | {"mailbox": box})).status_code == 403
        files = [("files", ("Fee.en.txt", b"Free."))]
        taken = await mia.post("/house/texts/imports", {"mailbox": box}, files=files)
        assert taken.status_code == 403
    # Whoever works there may read it, and no more.
    assert 'name="body"' not in await browser.page(kept.url.path)
    zoe = await doors.open(await company.agent("Zoe Adler", role="manager"))
    assert (await zoe.get(kept.url.path)).status_code == 404
    assert (await zoe.post(f"{kept.url.path}?_method=delete")).status_code == 404
    await mia.post(f"{kept.url.path}?_method=delete")
    assert (await mia.get(kept.url.path)).status_code == 404


async def test_texts_come_out_of_files_all_or_none(
    doors: Doors, company: Company, support: Mailbox
) -> None:
    ada = await doors.open(await company.agent("Ada King", support.address, role="admin"))
    good = ("files", ("Opening-hours.en.md", b"**Nine** to five", "text/markdown"))
    for name, body in (("late.xx.txt", b"Late"), ("late.txt", b"Late"), ("late.en.txt", b"\xff")):
        refused = await ada.post("/house/texts/imports", files=[good, ("files", (name, body))])
        assert refused.status_code == 422, name
        assert "Opening hours" not in refused.text
    done = await ada.post("/house/texts/imports", files=[good])
    assert "Opening hours" in done.text


async def test_a_tag_is_renamed_merged_and_taken_off(
    doors: Doors, company: Company, support: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inbox.desk.retag.AT_ONCE", 2)
    mia = await doors.open(await company.agent("Mia Wolf", support.address, role="manager"))
    press = await company.mailbox("press@us.example", "Press")
    ours = [await company.receives(support, subject=f"Boots {one}") for one in range(3)]
    theirs = await company.receives(press)
    async with company.database.write() as db:
        for one in (*ours, theirs):
            await tag(db, one, add=["vip", "shoes"], by=SYSTEM, now=company.now)
    assert "3 conversations" in await mia.page("/house/tags")
    refused = await mia.post("/house/tags/vip?_method=put", {"name": "x" * 60})
    assert refused.status_code == 422
    await mia.post("/house/tags/vip?_method=put", {"name": "Shoes"})
    async with company.database.write() as db:  # those that were not done at once
        for job in await db.scalars(select(Job).where(Job.kind == "desk.retag")):
            await retag(db, company.context, **job.args)
    await mia.post("/house/tags/none?_method=delete")
    async with company.database.read() as db:
        tags = {one.id: one.tags for one in await db.scalars(select(Conversation))}
    assert [tags[one] for one in ours] == [["shoes"]] * 3
    assert tags[theirs] == ["shoes", "vip"]


async def test_a_department_and_who_speaks_for_it(
    doors: Doors, company: Company, support: Mailbox
) -> None:
    ada = await doors.open(await company.agent("Ada King", support.address, role="admin"))
    bob = await company.agent("Bob Stone", role="colleague")
    form = {"name": "Logistics", "address": "logistics@us.example"}
    refused = await ada.post("/house/departments", form | {"address": "logistics@gmail.com"})
    assert refused.status_code == 422
    assert 'value="logistics@gmail.com"' in refused.text
    await ada.post("/house/departments", form)
    async with company.database.read() as db:
        [(made, _)] = await departments(db)
    page = f"/house/departments/{made.id}"
    assert (await ada.post(f"{page}/speakers", {"email": "no@us.example"})).status_code == 404
    assert "Bob Stone" in (await ada.post(f"{page}/speakers", {"email": bob.email})).text
    await ada.post(f"{page}/speakers/{bob.id}?_method=delete")
    assert (await ada.post(f"/house/departments/{bob.id}?_method=delete")).status_code == 404
    await ada.post(f"{page}?_method=delete")
    assert "No department yet" in await ada.page("/house/departments")


@pytest.mark.parametrize("settings", [Settings(web_url="http://i.example", relay_url="smtp://r")])
async def test_a_test_mail_goes_out_and_comes_back(
    doors: Doors, company: Company, support: Mailbox, settings: Settings
) -> None:
    ada = await doors.open(await company.agent("Ada King", support.address, role="admin"))
    begun = await ada.post(f"/house/mailboxes/{support.id}/trials", {"to": "mailbox"})
    assert "On its way" in begun.text
    async with company.database.write() as db:
        mail = (await db.scalars(select(Outbound).where(Outbound.kind == "trial"))).one()
        mail.created_at = company.now
        back = company.now + timedelta(seconds=1.24)
        assert await note_arrival(db, mail.header_id, back)
        assert not await note_arrival(db, mail.header_id, back)  # once
        assert not await note_arrival(db, "somebody@else.example", back)
    page = str(begun.url)
    assert "We received your test mail in 1.2 s." in await ada.page(page)
    # Of another mailbox it says nothing.
    press = await company.mailbox("press@us.example", "Press")
    number = re.search(r"trial=(\d+)", page)
    assert number
    other = await ada.page(f"/house/mailboxes/{press.id}/trials?trial={number[1]}&after=0")
    assert "1.2 s" not in other


@pytest.mark.parametrize("settings", [Settings(relay_url="smtp://mail.example:2525")])
async def test_why_a_test_mail_waits_is_said_at_once_and_what_to_do(
    doors: Doors, company: Company, support: Mailbox, settings: Settings
) -> None:
    ada = await doors.open(await company.agent("Ada King", support.address, role="admin"))
    begun = await ada.post(f"/house/mailboxes/{support.id}/trials", {"to": "me", "step": "3"})
    assert "It is the one at mail.example:2525." in begun.text
    async with company.database.write() as db:
        mail = (await db.scalars(select(Outbound).where(Outbound.kind == "trial"))).one()
        mail.error = "535 5.7.8 Authentication failed"
    page = await ada.page(str(begun.url))
    assert "Your mail server does not take our user and password" in page
    assert "data-again" in page
    assert "On its way" not in page


async def test_of_two_administrators_who_go_at_once_one_stays(
    company: Company, support: Mailbox
) -> None:
    import asyncio

    from inbox.desk.people import set_agent
    from inbox.errors import Conflict

    async def ends(email: str) -> None:
        async with company.database.write() as db:
            await set_agent(db, email, {"role": "agent"})

    two = [await company.agent(name, role="admin") for name in ("Ada King", "Cleo Papas")]
    ended = await asyncio.gather(*(ends(one.email) for one in two), return_exceptions=True)
    assert [type(one) for one in ended if one is not None] == [Conflict]
    async with company.database.read() as db:
        left = await db.scalars(select(Agent).where(Agent.role == "admin"))
        assert len([*left]) == 1
