"""Answer addresses of customers: they lead home, and give no other right."""

from __future__ import annotations

import pytest

from inbox.store.tables import Mailbox
from tests.office import Office

JANE = "jane@shop.example"


async def test_customers_get_a_token_only_where_the_mailbox_wants_it(office: Office) -> None:
    async with office.database.write() as db:
        (await db.get_one(Mailbox, office.support)).customer_token = True
    conversation = await office.hears()
    await office.replies(conversation, "Hello")
    await office.works()
    answer_to = str(office.mail_to(JANE).mail["Reply-To"])
    assert "support+r." in answer_to
    bare = office.letter("By token alone", To=answer_to, Subject="new")
    assert await office.hears(bare) == conversation


async def test_who_has_only_a_token_gets_no_answer_by_default(office: Office) -> None:
    async with office.database.write() as db:
        (await db.get_one(Mailbox, office.support)).customer_token = True
    conversation = await office.hears(words="Mine")
    await office.replies(conversation, "Hello")
    await office.works()
    token = str(office.mail_to(JANE).mail["Reply-To"])
    passed_on = office.letter(
        "What is it about?", From="Tom <tom@else.example>", To=token, Subject="Re: Boots"
    )
    assert await office.hears(passed_on) == conversation
    await office.works()
    notice = office.mail_to("anna@us.example")
    assert "Your answer goes to Jane Doe." in notice.text
    assert "Tom <tom@else.example>" in notice.text
    message = await office.replies(conversation, "Hello again")
    assert [one["address"] for one in message.to] == [JANE]


@pytest.mark.parametrize(
    ("author", "is_drawn_in"),
    [("Tom <tom@else.example>", False), ("Jane Doe <jane@shop.example>", True)],
)
async def test_who_has_only_a_token_draws_nobody_in(
    office: Office, author: str, is_drawn_in: bool
) -> None:
    async with office.database.write() as db:
        (await db.get_one(Mailbox, office.support)).customer_token = True
    conversation = await office.hears()
    await office.replies(conversation, "Hello")
    await office.works()
    token = str(office.mail_to(JANE).mail["Reply-To"])
    mail = office.letter("And?", From=author, To=token, Cc="Eve <eve@evil.example>", Subject="Hm")
    assert await office.hears(mail) == conversation
    people = {one.address for one in await office.rows("select address from participant")}
    assert ("eve@evil.example" in people) is is_drawn_in
    assert "tom@else.example" not in people


async def test_a_confirmation_has_an_answer_address_where_the_mailbox_wants_it(
    office: Office,
) -> None:
    async with office.database.write() as db:
        mailbox = await db.get_one(Mailbox, office.support)
        mailbox.customer_token, mailbox.confirm = True, "all"
    conversation = await office.hears()
    await office.change("delete from job where kind = 'confirmation.correct'")  # due by now
    await office.works()
    answer_to = str(office.mail_to(JANE).mail["Reply-To"])
    assert "support+r." in answer_to
    assert await office.one("select purpose from reply_token where agent_id is null") == "customer"
    assert await office.hears(office.letter("More", To=answer_to, Subject="x")) == conversation
