"""Who the customer is, beside the conversation: seen, told, merged and undone."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

from inbox.store.engine import Database
from inbox.store.tables import ConversationMailbox, CustomerAddress, Mailbox, Message
from tests.http.company import Company
from tests.http.conftest import Browser


def card(page: str) -> str:
    """The part of a page that is about the customer, as a reader sees it."""
    found = re.search(r'<aside id="customer".*?</aside>', page, re.DOTALL)
    assert found
    return unescape(found[0])


async def test_what_else_the_customer_wrote_and_where_they_can_be_reached(
    browser: Browser, company: Company, support: Mailbox, boots: int
) -> None:
    await company.receives(support, subject="Laces", ago=timedelta(days=2))
    for contact in ("pat@home.example", "+49 30 1234567"):
        done = await browser.post(f"/conversations/{boots}/customer/contacts", {"contact": contact})
        assert done.status_code == 200
    seen = card(await browser.page(f"/conversations/{boots}"))
    assert "Laces" in seen
    assert "pat@home.example" in seen
    assert "told by Ann Berg" in seen
    assert "tel:+49301234567" in seen
    gone = await browser.post(
        f"/conversations/{boots}/customer/contacts?_method=delete", {"contact": "pat@home.example"}
    )
    assert gone.status_code == 200
    assert "pat@home.example" not in card(await browser.page(f"/conversations/{boots}"))
    number = {"contact": "+49 30 1234567"}
    await browser.post(f"/conversations/{boots}/customer/contacts?_method=delete", number)
    assert "tel:" not in card(await browser.page(f"/conversations/{boots}"))


async def test_each_address_is_shown_with_what_it_was_learned_from(
    browser: Browser, company: Company, support: Mailbox, boots: int, database: Database
) -> None:
    async with database.write() as db:
        mail = await db.get_one(Message, 1)
        mail.reply_to = "pat@elsewhere.example"
        theirs = {"customer_id": mail.author_id, "message_id": mail.id}
        db.add(CustomerAddress(address="pat@home.example", evidence="answered", **theirs))
    seen = card(await browser.page(f"/conversations/{boots}"))
    assert "asked for answers there, and answered from there" in seen
    assert f"/conversations/{boots}?in=open#message-1" in seen
    # What is only asked for is offered, and taken with one click.
    assert "Wants answers at" in seen
    contact = {"contact": "pat@elsewhere.example"}
    await browser.post(f"/conversations/{boots}/customer/contacts", contact)
    seen = card(await browser.page(f"/conversations/{boots}"))
    assert "Wants answers at" not in seen
    assert "pat@elsewhere.example" in seen
    # What is taken back is not offered again.
    gone = f"/conversations/{boots}/customer/contacts?_method=delete"
    await browser.post(gone, contact)
    assert "pat@elsewhere.example" not in card(await browser.page(f"/conversations/{boots}"))


async def test_what_an_address_was_learned_from_stays_in_its_department(
    browser: Browser, company: Company, boots: int, database: Database
) -> None:
    press = await company.mailbox("press@us.example", "Press")
    hidden = await company.receives(press, subject="Hidden")
    async with database.write() as db:
        mail = await db.get_one(Message, 2)
        theirs = {"customer_id": mail.author_id, "message_id": mail.id}
        db.add(CustomerAddress(address="pat@home.example", evidence="reply_to", **theirs))
    seen = card(await browser.page(f"/conversations/{boots}"))
    assert "asked for answers there" in seen
    assert f"/conversations/{hidden}" not in seen


async def test_two_customers_are_one_person_and_two_again(
    browser: Browser, company: Company, support: Mailbox, boots: int
) -> None:
    laces = await company.receives(support, from_="Pat <pat@home.example>", subject="Laces")
    merges = f"/conversations/{boots}/customer/merges"
    assert (await browser.post(merges, {"address": "Pat@home.example"})).status_code == 200
    seen = card(await browser.page(f"/conversations/{boots}"))
    assert f"/conversations/{laces}" in seen
    undo = re.search(rf'action="({merges}/\d+[^"]*)"', seen)
    assert undo
    assert (await browser.post(undo[1])).status_code == 200
    assert "pat@home.example" not in card(await browser.page(f"/conversations/{boots}"))


async def test_customers_of_other_departments_cannot_be_found(
    browser: Browser, company: Company, boots: int
) -> None:
    sales = await company.mailbox("sales@us.example", "Sales")
    theirs = await company.receives(sales, from_="Lee <lee@home.example>", subject="Secret")
    merges = f"/conversations/{boots}/customer/merges"
    nobody = await browser.post(merges, {"address": "nobody@home.example"})
    somebody = await browser.post(merges, {"address": "lee@home.example"})
    assert (nobody.status_code, somebody.status_code) == (422, 422)
    assert "No customer whom you know writes from nobody@" in nobody.text
    assert "No customer whom you know writes from lee@" in somebody.text
    contacts = f"/conversations/{theirs}/customer/contacts"
    assert (await browser.post(contacts, {"contact": "x@home.example"})).status_code == 404
    same = await company.receives(sales, subject="Salaries")
    assert same != boots
    assert "Salaries" not in card(await browser.page(f"/conversations/{boots}"))


async def test_a_letter_to_two_departments_says_so(
    browser: Browser, company: Company, boots: int, database: Database
) -> None:
    sales = await company.mailbox("sales@us.example", "Sales")
    async with database.write() as db:
        db.add(ConversationMailbox(conversation_id=boots, mailbox_id=sales.id))
    page = await browser.page(f"/conversations/{boots}")
    assert "Also in: Sales" in card(page)
    # Not only for those who open the card.
    assert re.search(
        r'<details class="fact menu">.{,300}?Support, Sales</summary>', page, re.DOTALL
    )


async def test_what_cannot_be_is_refused(browser: Browser, boots: int) -> None:
    contacts = f"/conversations/{boots}/customer/contacts"
    for contact in ("support@us.example", "nobody", "@"):
        assert (await browser.post(contacts, {"contact": contact})).status_code == 422
    merges = f"/conversations/{boots}/customer/merges"
    assert (await browser.post(merges, {"address": "\0pat@home.example"})).status_code == 422


async def test_what_cannot_be_is_said_on_the_page_of_the_conversation(
    browser: Browser, boots: int
) -> None:
    contacts = f"/conversations/{boots}/customer/contacts"
    refused = await browser.post(contacts, {"contact": "12"})
    assert "This is not a phone number: 12" in refused.text
    assert 'id="composer"' in refused.text
