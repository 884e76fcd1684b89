"""Writing with help: Markdown, pictures, approved texts, people to speak to, and a preview."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from html import unescape
from typing import Any

import pytest
from sqlalchemy import func, select, update

from inbox.desk.people import disable_agent
from inbox.desk.reply_mail import reply_mail
from inbox.desk.templates import Draft, keep_text
from inbox.errors import Invalid
from inbox.mail.compose import compose
from inbox.store.tables import Blob, Mailbox, Message, Outbound, Template
from inbox.web.uploads import kept_files
from tests.http.company import SECRET, Company
from tests.http.conftest import Browser, Doors
from tests.http.seed import picture

SHOT = picture(4, 4, (1, 2, 3))
EVIL = "<script>alert(1)</script> [a](javascript:alert(1)) ![](cid:x@y) ![](//t.example/p.png)"


async def put_aside(browser: Browser, name: str, content: bytes) -> str:
    files = {"file": (name, content, "image/png")}
    response = await browser.post("/uploads", files=files)
    assert response.status_code == 200
    return str(response.text)


def value(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, html
    return unescape(found[1])


async def test_markdown_with_a_picture_from_the_paste_to_the_customer(
    browser: Browser, company: Company, boots: int
) -> None:
    kept = await put_aside(browser, "my shot (1).png", SHOT)
    assert 'data-picture="my-shot-1-.png"' in kept
    words = f"**Please** look:\n\n![the sole](my-shot-1-.png)\n\n{EVIL}"
    form: dict[str, Any] = {**await browser.composer(boots), "text": words, "markdown": "1"}
    form["kept"] = value(kept, "kept")
    shown = await browser.post(f"/conversations/{boots}/preview", form)
    assert "sandbox" in shown.headers["content-security-policy"]
    assert "Subject: Re: Boots" in shown.text
    assert "<strong>Please</strong>" in shown.text
    assert shown.text.count("<img") == 1
    assert 'src="data:image/png;base64,' in shown.text
    assert (await browser.post(f"/conversations/{boots}/replies", form)).status_code == 200
    async with company.database.read() as db:
        outbound = (await db.scalars(select(Outbound).where(Outbound.kind == "reply"))).one()
        raw = compose(await reply_mail(db, company.context, outbound))
        message = (await db.scalars(select(Message).where(Message.kind == "reply"))).one()
    mail = message_from_bytes(raw, policy=default)
    body = mail.get_body(("html",))
    assert body is not None
    html = body.get_content()
    (cid,) = re.findall(r'src="cid:([^"]+)"', html)
    parts = [one for one in mail.walk() if one["Content-ID"] == f"<{cid}>"]
    assert [one.get_content() for one in parts] == [SHOT]
    assert parts[0]["Content-Disposition"].startswith("inline")
    for sign in ("<script", 'href="javascript', 't.example/p.png"'):
        assert sign not in html
    assert message.text.startswith("Please look:\n\n[my-shot-1-.png]\n\n")
    # The person finds Markdown again, and taken back it is as it was typed.
    page = await browser.page(f"/conversations/{boots}")
    assert re.search(r'name="markdown" value="1" checked', page)
    undo = page.split('class="undo" method="post" action="')[1].split('"')[0].replace("&amp;", "&")
    assert "**Please** look:" in (await browser.post(undo)).text


async def test_enter_in_a_field_presses_no_button(browser: Browser, boots: int) -> None:
    """Not even the one without scripts that puts in a template."""
    for where in (f"/conversations/{boots}", "/conversations/new"):
        form = (await browser.page(where)).split('<form id="composer"')[1]
        first = form.split("<button ", 1)[1].split(">")[0]
        assert first == 'type="submit" hidden disabled'


async def test_what_is_put_aside_is_shown_to_who_did_and_only_if_it_is_a_picture(
    browser: Browser, doors: Doors, company: Company, support: Mailbox
) -> None:
    kept = await put_aside(browser, "a.png", SHOT)
    url = unescape(re.findall(r'src="(/uploads/[^"]+)"', kept)[0])
    shown = await browser.get(url)
    assert (shown.content, shown.headers["content-type"]) == (SHOT, "image/png")
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in shown.headers["content-security-policy"]
    ben = await doors.open(await company.agent("Ben Okafor", support.address))
    assert (await ben.get(url)).status_code == 404
    assert (await browser.get(f"/uploads/{value(kept, 'kept')}")).status_code == 404
    assert (await browser.get("/uploads/x")).status_code == 404
    large = value(await put_aside(browser, "c.bin", bytes(1 << 20)), "kept")
    async with company.database.read() as db:  # one request is never made to read a lot
        with pytest.raises(Invalid):
            await kept_files(db, [large] * 26, SECRET)
    vector = await put_aside(browser, "b.png", b"<svg xmlns='x' onload='alert(1)'></svg>")
    assert "<img" not in vector
    assert (await browser.post("/uploads", files={})).status_code == 200


async def test_what_one_person_puts_aside_has_a_bound(
    browser: Browser, company: Company, boots: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inbox.desk.put_aside.MOST_FILES", 3)
    monkeypatch.setattr("inbox.desk.put_aside.MOST_BYTES", 100)
    first = value(await put_aside(browser, "1.bin", b"1" * 40), "kept")
    again = value(await put_aside(browser, "1.bin", b"1" * 40), "kept")  # no second one
    assert again == first
    await put_aside(browser, "2.bin", b"2" * 40)
    large = await browser.post("/uploads", files={"file": ("3.bin", b"3" * 40)})
    assert large.status_code == 422
    assert "Too many files of yours wait here unsent" in large.text
    # Where there are no scripts, no word is lost with the file.
    form: dict[str, Any] = {**await browser.composer(boots), "text": "As attached."}
    refused = await browser.post(
        f"/conversations/{boots}/replies", {**form, "kept": "x"}, files={"file": ("3", b"3" * 40)}
    )
    assert refused.status_code == 422
    assert "As attached.</textarea>" in refused.text
    assert "Too many files of yours" in refused.text
    await put_aside(browser, "3.bin", b"3" * 20)
    # What is sent waits no more; what nothing holds makes room after an hour.
    await browser.post(f"/conversations/{boots}/replies", {**form, "kept": first})
    await put_aside(browser, "4.bin", b"4" * 40)
    async with company.database.write() as db:
        old = update(Blob).values(created_at=func.now() - timedelta(hours=2))
        await db.execute(old.where(Blob.content != b"4" * 40))
    await put_aside(browser, "5.bin", b"5" * 60)
    async with company.database.read() as db:
        there = set(await db.scalars(select(Blob.content)))
    assert there == {b"1" * 40, b"4" * 40, b"5" * 60}


async def _text(company: Company, name: str, mailbox: str = "", **more: str) -> int:
    draft: dict[str, Any] = {
        "body": "Dear {{ customer.name or 'you' }},\n\nyours",
        "language": "en",
        **more,
    }
    async with company.database.write() as db:
        kept = await keep_text(db, Draft(name=name, mailbox=mailbox, **draft), now=company.now)
        return kept.template.id


async def test_what_was_put_aside_survives_whatever_refuses_it(
    browser: Browser, company: Company, support: Mailbox, boots: int, monkeypatch: Any
) -> None:
    kept = value(await put_aside(browser, "shot.png", SHOT), "kept")
    lamp = await company.receives(support, subject="Lamp", text="My lamp is broken")
    form = {**await browser.composer(lamp), "text": "As drawn.", "kept": kept}
    await browser.post(f"/conversations/{lamp}/merge", {"conversation": str(boots)})
    elsewhere = await browser.post(f"/conversations/{lamp}/replies", form)
    assert elsewhere.status_code == 409
    assert value(elsewhere.text, "kept") == kept
    monkeypatch.setattr("inbox.web.uploads.MAX_BYTES", len(SHOT) - 1)
    begun = {"text": "Hi", "to": "pat@else.example", "subject": "Hi", "mailbox": str(support.id)}
    for path, more in ((f"/conversations/{boots}/replies", form), ("/conversations", begun)):
        too_large = await browser.post(path, {**more, "kept": kept})
        assert too_large.status_code == 422
        assert value(too_large.text, "kept") == kept


async def test_approved_texts_of_the_mailbox_alone(
    browser: Browser, company: Company, support: Mailbox, boots: int
) -> None:
    press = await company.mailbox("press@us.example", "Press")
    refund = await _text(company, "Refund & <b>", support.address)
    await _text(company, "Refund & <b>", support.address, language="de", body="Lieber Kunde")
    article = await _text(company, "Washing", kind="article", form="markdown", body="**Cold**")
    secret = await _text(company, "Refund secret", press.address)
    at = f"/conversations/{boots}/texts"
    options = await browser.page(f"{at}?q=refun")
    assert "Refund &amp; &lt;b&gt;" in options
    assert "Dear" in options
    assert "secret" not in options
    assert "Washing" in await browser.page(f"{at}?kind=article")
    assert "Washing" in await browser.page(f"{at}?kind=article&q=cold")
    assert len((await browser.get(f"{at}?q=")).content) < 25_000
    filled = (await browser.get(f"{at}/{refund}")).json()
    assert filled == {"text": "Dear Pat Lee,\n\nyours", "files": ""}
    assert (await browser.get(f"{at}/{article}")).json()["text"] == "Cold"
    assert (await browser.get(f"{at}/{article}?markdown=1")).json()["text"] == "**Cold**"
    assert (await browser.get(f"{at}/{secret}")).status_code == 404
    # Without scripts: a select, and a button.
    form: dict[str, Any] = {**await browser.composer(boots), "text": "Hello"}
    page = await browser.post(at, {**form, "insert": str(refund)})
    assert ">Hello\n\nDear Pat Lee,\n\nyours</textarea>" in page.text
    assert value(page.text, "used") == str(refund)
    assert (await browser.post(at, {**form, "insert": str(secret)})).status_code == 422
    await browser.post(f"/conversations/{boots}/replies", {**form, "used": [refund, secret]})
    async with company.database.read() as db:
        used = {one.id: one.used for one in await db.scalars(select(Template))}
    assert used == {refund: 1, article: 0, secret: 0}


async def test_a_text_of_ones_own_with_its_file_and_not_a_third_time_as_it_is(
    browser: Browser, doors: Doors, company: Company, support: Mailbox, boots: int
) -> None:
    form = {"name": "Boots", "language": "en", "body": "We glue the soles.", "mailbox": "me"}
    kept = await browser.post("/house/texts", form, files={"file": ("glue.txt", b"how to")})
    number = int(str(kept.url.path).rpartition("/")[2])
    assert "glue.txt" in kept.text
    assert (await browser.post("/house/texts", form | {"mailbox": ""})).status_code == 403
    await _text(company, "Washing", support.address, body="Wash them cold.")
    ben = await doors.open(await company.agent("Ben Okafor", support.address))
    at = f"/conversations/{boots}/texts"
    for url in (f"/house/texts/{number}", f"{at}/{number}"):
        assert (await ben.get(url)).status_code == 404
    assert "Boots" not in await ben.page(f"{at}?q=")
    # What suits the customer's mail stands first, and says so.
    options = await browser.page(f"{at}?q=")
    assert re.search(r"<bdi>Boots</bdi>.*suits this mail.*<bdi>Washing</bdi>", options, re.DOTALL)
    found = (await browser.get(f"{at}/{number}")).json()
    assert found["text"] == "We glue the soles."
    words = {"text": found["text"], "kept": value(found["files"], "kept"), "used": number}
    for _ in range(2):
        sent = await browser.post(
            f"/conversations/{boots}/replies", {**await browser.composer(boots), **words}
        )
        assert sent.status_code == 200
    # Markdown, other spaces and another writer change nothing; another word does.
    again = {**await ben.composer(boots), "text": " We glue  the soles! ", "told": "file"}
    async with company.database.write() as db:
        shared = Draft(name="Soles", body="We glue the soles.", language="en", mailbox="")
        await keep_text(db, shared, now=company.now)
    refused = await ben.post(f"/conversations/{boots}/replies", again)
    assert refused.status_code == 409
    assert "got “Soles” twice already" in refused.text
    assert value(refused.text, "told")
    other = {**again, "text": "We glue the heels."}
    assert (await ben.post(f"/conversations/{boots}/replies", other)).status_code == 200
    sent = await ben.post(
        f"/conversations/{boots}/replies",
        {**await ben.composer(boots), "text": "We glue the soles.", "told": "again"},
    )
    assert sent.status_code == 200
    async with company.database.read() as db:
        used = (await db.scalars(select(Template.used).where(Template.id == number))).one()
    assert used == 2


async def test_people_to_speak_to_and_customers_who_are_known(
    browser: Browser, company: Company, support: Mailbox, boots: int
) -> None:
    press = await company.mailbox("press@us.example", "Press")
    await company.agent("Ben Okafor", press.address)
    await company.agent("Benno Gone", support.address)
    async with company.database.write() as db:
        await disable_agent(db, "benno@us.example", now=company.now)
    at = f"/conversations/{boots}/people"
    found = await browser.page(f"{at}?q=be")
    assert 'data-insert="@Ben Okafor "' in found
    assert "Benno" not in found
    assert "Ann Berg" not in await browser.page(f"{at}?q=")
    form = {**await browser.composer(boots), "text": "@Ben Okafor what do you say?"}
    page = (await browser.post(f"/conversations/{boots}/notes", form)).text
    assert "Ben Okafor" in page.split('id="timeline"')[0]
    # Customers: by rights, with wildcards as plain letters.
    await company.receives(press, from_="Pat Secret <pat.secret@elsewhere.example>")
    known = await browser.page("/customers/known?q=pat")
    assert 'data-insert="Pat Lee &lt;pat@customer.example&gt;"' in known
    assert "secret" not in known
    assert "pat@" in await browser.page("/customers/known?q=lee+customer")
    for nothing in ("p", "%25%25", "__", "\\", "%00ab", "secret"):
        assert "<li" not in await browser.page(f"/customers/known?q={nothing}")
