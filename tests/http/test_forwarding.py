"""A customer's mail is passed on, and a conversation is begun, in the web view."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select, update

from inbox.desk.answer import Note
from inbox.desk.forward_mail import forward_mail
from inbox.desk.note import note
from inbox.desk.people import disable_agent
from inbox.desk.reply_mail import reply_mail
from inbox.desk.templates import Draft, keep_text
from inbox.mail.compose import compose
from inbox.mail.tokens import hash_token
from inbox.store.followers import drawn_in
from inbox.store.tables import (
    Agent,
    Conversation,
    Event,
    File,
    Job,
    Mailbox,
    Message,
    Outbound,
    ReplyToken,
    Template,
)
from tests.http.company import Company
from tests.http.conftest import Browser, Doors

FILES = (("sole.txt", "text/plain", b"a sole"), ("bill.txt", "text/plain", b"a bill"))
SECRET = "He has sent back four pairs this year: no more than ten percent for him."


def hidden(page: str) -> dict[str, str]:
    form = page[page.index('class="composer') :]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def undo_of(page: str) -> str:
    return unescape(page.split('class="undo" method="post" action="')[1].split('"', maxsplit=1)[0])


async def the_mail(company: Company) -> Outbound:
    async with company.database.read() as db:
        kinds = Outbound.kind.in_(("reply", "forward"))
        return (await db.scalars(select(Outbound).where(kinds))).one()


async def test_forwarding_shows_what_goes_along_and_takes_what_was_chosen(
    browser: Browser, company: Company, support: Mailbox
) -> None:
    at = await company.receives(support, text="The sole is loose.", files=FILES)
    ben = await company.agent("Ben Okafor", support.address)
    async with company.database.write() as db:
        await note(db, at, Note(text=SECRET), by=ben, now=company.now)
        mail = await db.scalar(select(Message.id).where(Message.kind == "mail"))
        sole = await db.scalar(select(File.id).where(File.filename == "sole.txt"))
    assert f"/messages/{mail}/forward" in await browser.page(f"/conversations/{at}")
    page = await browser.page(f"/conversations/{at}/messages/{mail}/forward")
    for shown in ("The sole is loose.", "sole.txt", "bill.txt", "From: Pat Lee"):
        assert shown in page
    assert "pat@customer.example" not in page
    form: dict[str, Any] = {**hidden(page), "to": "Glue@Supplier.example", "along": [str(sole)]}
    path = f"/conversations/{at}/forwards"
    leaking = await browser.post(path, {**form, "text": f"Look:\n\n{SECRET}"})
    assert leaking.status_code == 409
    assert "stands in a comment" in leaking.text
    assert f'value="{sole}" checked' in leaking.text
    two = "a@b.example\r\nBcc: c@d.example"
    for wrong in ("pat@customer.example", "support@us.example", "x", two):
        assert (await browser.post(path, {**form, "to": wrong})).status_code == 422, wrong
    sent = await browser.post(path, {**form, "text": "Can you mend this?"})
    assert "to somebody asked" in sent.text
    async with company.database.read() as db:
        draft = await forward_mail(db, company.context, await the_mail(company))
    assert [one.filename for one in draft.attachments] == ["sole.txt"]
    assert [one.address for one in draft.to] == ["glue@supplier.example"]
    assert b"pat@customer.example" not in compose(draft)
    # Taken back, the words are for the one they were for, not for the customer.
    back = await browser.post(undo_of(sent.text))
    assert ">Can you mend this?</textarea>" in back.text
    assert 'value="glue@supplier.example"' in back.text
    assert 'class="writing"' not in back.text
    # At a time of its own: it says when, and is changed from where it stands.
    later = {**hidden(back.text), **form, "key": "later", "then": "later", "until": "in 3 days"}
    waits = await browser.post(path, {**later, "text": "Can you mend this by May?"})
    assert "Leaves by itself: " in waits.text
    assert 'class="undo"' not in waits.text
    assert (await the_mail(company)).run_at > company.now + timedelta(days=2)
    change = waits.text.split("Leaves by itself: ")[1].split('action="')[1]
    back = await browser.post(unescape(change.split('"', maxsplit=1)[0]))
    assert ">Can you mend this by May?</textarea>" in back.text
    unclear = await browser.post(path, {**later, "until": "someday", "key": "x"})
    assert unclear.status_code == 422


async def test_what_waits_for_its_time_is_sent_at_once_by_its_writer(
    browser: Browser, company: Company, doors: Doors, support: Mailbox, boots: int
) -> None:
    ben = await doors.open(await company.agent("Ben Okafor", support.address))
    async with company.database.read() as db:
        mail = await db.scalar(select(Message.id))
    page = await browser.page(f"/conversations/{boots}/messages/{mail}/forward")
    form = {**hidden(page), "to": "glue@supplier.example", "then": "later", "until": "in 3 days"}
    waits = await browser.post(f"/conversations/{boots}/forwards", {**form, "text": "Mend it?"})
    [now] = re.findall(r'formaction="([^"]+)"[^>]*>Send it now<', waits.text)
    assert "Send it now" not in await ben.page(f"/conversations/{boots}")
    assert (await ben.post(unescape(now), {})).status_code == 403
    told = select(func.max(Job.run_at)).where(Job.kind == "notify.fan_out")
    async with company.database.read() as db:
        assert (await db.scalars(told)).one() > company.now + timedelta(days=2)
    gone = await browser.post(unescape(now), {"expected": "0"})
    assert "Ann Berg let it leave at once" in gone.text
    assert "Send it now" not in gone.text
    assert (await the_mail(company)).run_at <= company.now
    async with company.database.read() as db:
        assert (await db.scalars(told)).one() <= company.now
        named = select(func.count()).where(Event.name == "message.forwarded")
        assert await db.scalar(named) == 1
    assert (await browser.post(unescape(now), {})).status_code == 409  # it has left


async def test_what_others_could_speak_with_in_our_name_is_not_even_shown(
    browser: Browser, company: Company, support: Mailbox
) -> None:
    key, packed = "abcdefghijklmnopqrstuvwxy2", BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("notice.txt", f"Answer to support+r.{key}@us.example.")
    file = ("saved.zip", "application/zip", packed.getvalue())
    at = await company.receives(support, text="See the file.", files=(file,))
    async with company.database.write() as db:
        until, key_hash = company.now + timedelta(days=1), hash_token(key)
        about = {"token_hash": key_hash, "conversation_id": at, "expires_at": until}
        db.add(ReplyToken(**about, purpose="notice"))
        mail = await db.scalar(select(Message.id))
        along = await db.scalar(select(File.id))
    form = {"message": str(mail), "to": "glue@supplier.example", "along": [str(along)]}
    shown = await browser.post(f"/conversations/{at}/forwards/preview", form)
    assert (shown.status_code, shown.headers["x-frame-options"]) == (409, "SAMEORIGIN")
    for path in ("forwards/preview", "forwards"):
        nobody = await browser.post(f"/conversations/{at}/{path}", {**form, "to": " , "})
        assert nobody.status_code == 422
        assert "Write in “To” to whom it goes" in nobody.text


async def test_one_of_us_is_drawn_in_by_it(
    browser: Browser, company: Company, boots: int, ann: Agent
) -> None:
    press = await company.mailbox("press@us.example", "Press")
    eve = await company.agent("Eve Stone", press.address)
    await company.agent("Gone Away", press.address)
    async with company.database.write() as db:
        await disable_agent(db, "gone@us.example", now=company.now)
        mail = await db.scalar(select(Message.id))
    form = {"message": str(mail), "text": "What do you say?"}
    path = f"/conversations/{boots}/forwards"
    assert "eve@us.example" in await browser.page(f"/conversations/{boots}/people?whole=1&q=eve")
    for nobody in ("gone@us.example", ann.email):
        assert (await browser.post(path, {**form, "to": nobody})).status_code == 422
    assert (await browser.post(path, {**form, "to": "eve@us.example"})).status_code == 200
    async with company.database.read() as db:
        assert [one.id for one in await drawn_in(db, boots)] == [eve.id]
        assert await db.scalar(select(func.count()).where(Message.kind == "forward")) == 0


async def test_a_conversation_is_begun_and_is_its_authors(
    browser: Browser, company: Company, support: Mailbox, boots: int, ann: Agent
) -> None:
    async with company.database.write() as db:
        body = "Dear {{ customer.name }},"
        made = await keep_text(db, Draft(name="Hello", language="en", body=body), now=company.now)
    text_id = made.template.id
    page = await browser.page("/conversations/new")
    assert "/conversations/new" in await browser.page("/conversations")
    form: dict[str, Any] = {**hidden(page), "mailbox": str(support.id), "subject": "Your order"}
    helped = f"/conversations/new/texts/{text_id}?mailbox={support.id}"
    assert (await browser.get(helped)).json()["fault"]
    named = (await browser.get(f"{helped}&to=Kim+Roe+<kim@new.example>")).json()
    assert named["text"] == "Dear Kim Roe,"
    # No address yet, and no scripts: whom one knows can be chosen.
    unclear = await browser.post("/conversations", {**form, "to": "pat", "text": "Hello"})
    assert unclear.status_code == 422
    assert 'name="chosen" value="Pat Lee &lt;pat@customer.example&gt;"' in unclear.text
    assert ">Hello</textarea>" in unclear.text
    form |= {"to": "Kim Roe <kim@new.example>", "text": "**It** is here.", "markdown": "1"}
    shown = await browser.post("/conversations/new/preview", form)
    assert "Subject: Your order" in shown.text
    assert "<strong>It</strong>" in shown.text
    async with company.database.read() as db:
        assert await db.scalar(select(func.count()).select_from(Conversation)) == 1
    sent = await browser.post("/conversations", {**form, "used": str(text_id)})
    assert sent.status_code == 200
    again = await browser.post("/conversations", form)
    assert again.url == sent.url
    async with company.database.read() as db:
        home = (await db.scalars(select(Conversation).where(Conversation.id != boots))).one()
        draft = await reply_mail(db, company.context, await the_mail(company))
        assert (await db.get_one(Template, text_id)).used == 1
    assert (home.subject, home.status, home.assignee_id) == ("Your order", "waiting", ann.id)
    assert (draft.subject, str(draft.to[0])) == ("Your order", "Kim Roe <kim@new.example>")
    # Taken back, it never was, and it is written anew where it was written.
    back = await browser.post(undo_of(sent.text))
    for kept in ("Kim Roe &lt;kim@new.example&gt;", "Your order", "**It** is here."):
        assert kept in back.text
    assert (await browser.get(f"/conversations/{home.id}")).status_code == 404
    async with company.database.read() as db:
        assert [one.id for one in await db.scalars(select(Conversation))] == [boots]
    anew = {**form, **hidden(back.text), "text": "It is nearly here."}
    sent = await browser.post("/conversations", anew)
    assert sent.status_code == 200
    async with company.database.read() as db:
        draft = await reply_mail(db, company.context, await the_mail(company))
    assert (draft.subject, draft.to[0].address) == ("Your order", "kim@new.example")
    # Where a colleague has said something about it, it stays.
    ben = await company.agent("Ben Okafor", support.address)
    async with company.database.write() as db:
        there = await db.scalar(select(Conversation.id).where(Conversation.id != boots))
        await note(db, there or 0, Note(text="I know them."), by=ben, now=company.now)
    assert 'class="writing"' in (await browser.post(undo_of(sent.text))).text


async def test_what_we_sent_is_forwarded_once_it_has_left(
    browser: Browser, company: Company, boots: int
) -> None:
    form = {**await browser.composer(boots), "text": "It is nearly here."}
    await browser.post(f"/conversations/{boots}/replies", form)
    async with company.database.read() as db:
        mail = await db.scalar(select(Message.id).where(Message.kind == "reply"))
    path = f"/conversations/{boots}/messages/{mail}/forward"
    for state, is_offered in (("waiting", False), ("sent", True)):
        async with company.database.write() as db:
            await db.execute(update(Outbound).values(state=state))
        assert (path in await browser.page(f"/conversations/{boots}")) is is_offered
        assert (await browser.get(path)).status_code == (200 if is_offered else 404)
    assert "It is nearly here." in await browser.page(path)


@pytest.mark.parametrize(
    "wrong",
    [
        {"to": ""},
        {"to": "support@us.example"},
        {"to": "ann@us.example"},
        {"subject": " \r\n "},
        {"text": ""},
        {"to": "a@b.example\r\nBcc: c@d.example"},
        {"cc": "nobody"},
    ],
)
async def test_what_is_not_sent_leaves_nothing(
    browser: Browser, company: Company, support: Mailbox, wrong: dict[str, str]
) -> None:
    form = {"mailbox": str(support.id), "to": "kim@new.example", "subject": "Hi", "text": "Hello"}
    refused = await browser.post("/conversations", {**form, **wrong})
    assert refused.status_code in (409, 422)
    async with company.database.read() as db:
        assert await db.scalar(select(func.count()).select_from(Conversation)) == 0


async def test_nobody_writes_in_the_name_of_another_department(
    doors: Doors, company: Company, support: Mailbox
) -> None:
    press = await company.mailbox("press@us.example", "Press")
    ben = await doors.open(await company.agent("Ben Okafor", press.address))
    form = {"to": "kim@new.example", "subject": "Hi\r\nBcc: x@y.example", "text": "Hello"}
    for path in ("/conversations", "/conversations/new/preview"):
        assert (await ben.post(path, {**form, "mailbox": str(support.id)})).status_code == 404
    assert (await ben.get(f"/conversations/new/texts?mailbox={support.id}")).status_code == 404
    assert support.address not in await ben.page(f"/conversations/new?mailbox={support.id}")
    await ben.post("/conversations", {**form, "mailbox": str(press.id)})
    async with company.database.read() as db:
        draft = await reply_mail(db, company.context, await the_mail(company))
    head = compose(draft).split(b"\r\n\r\n")[0]
    assert b"Subject: Hi Bcc: x@y.example\r\n" in head
    assert b"\r\nBcc:" not in head
