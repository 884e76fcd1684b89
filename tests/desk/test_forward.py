"""Somebody outside is asked: taken back, answered by others than whom we asked, taken apart."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from inbox.clock import utcnow
from inbox.desk.answer import Answer
from inbox.desk.forward import forward
from inbox.desk.split import split
from inbox.desk.undo import undo
from inbox.errors import Invalid, NotFound
from inbox.model.actor import Actor
from inbox.store.tables import Agent, Message
from tests.office import Office

SUPPLIER = "glue@supplier.example"


async def asks(
    office: Office,
    home: int,
    to: str = SUPPLIER,
    at: datetime | None = None,
    mail: int | None = None,
) -> Message:
    """Karen passes the customer's mail on, or another one, in the web view."""
    async with office.database.write() as db:
        karen = await db.get_one(Agent, office.karen)
        words = Answer(text="Can you mend this?", at=at)
        return await forward(
            db, home, words, to, by=karen, now=office.now, context=office.context, message_id=mail
        )


async def parts(office: Office, home: int) -> dict[str, str]:
    rows = await office.rows(
        "select address, part from participant where conversation_id = :id", id=home
    )
    return {row.address: row.part for row in rows}


async def seen(office: Office, home: int) -> list[tuple[str, str]]:
    """Who wrote, and whether the customer's side knows."""
    rows = await office.rows(
        "select author_address, visibility from message where conversation_id = :id"
        " and kind = 'mail' order by id",
        id=home,
    )
    return [(row.author_address, row.visibility) for row in rows]


async def test_what_has_not_left_is_taken_back_and_nobody_was_asked(office: Office) -> None:
    home = await office.hears(words="Broken.", Subject="Boots")
    async with office.database.write() as db:
        await db.execute(text("update mailbox set undo_seconds = 30"))
    message = await asks(office, home)
    assert await parts(office, home) == {SUPPLIER: "asked"}
    async with office.database.write() as db:
        karen = await db.get_one(Agent, office.karen)
        taken = await undo(db, message.id, by=karen, now=office.now + timedelta(seconds=5))
    assert taken.text == "Can you mend this?"
    assert await parts(office, home) == {}
    await office.works()
    assert not office.relay.to(SUPPLIER)


@pytest.mark.parametrize("may", [True, False])
async def test_it_leaves_at_its_time_where_its_writer_may_still_write_there(
    office: Office, may: bool
) -> None:
    office.now = utcnow()
    home = await office.hears(words="Broken.", Subject="Boots")
    for wrong in (office.now, office.now + timedelta(days=9999)):
        with pytest.raises(Invalid):
            await asks(office, home, at=wrong)
    await asks(office, home, at=office.now + timedelta(days=1))
    await office.works()
    assert not office.relay.to(SUPPLIER)
    async with office.database.write() as db:
        await db.execute(text("update job set run_at = now() where kind = 'outbound.deliver'"))
        await db.execute(text("update outbound set created_at = now() - interval '1 day'"))
        if not may:
            await db.execute(text("delete from membership"))
    await office.works()
    assert bool(office.relay.to(SUPPLIER)) == may
    failed = "select count(*) from event where name = 'delivery.failed'"
    assert await office.one(failed) == (not may)


async def test_whoever_answers_what_went_outside_is_for_us_alone(office: Office) -> None:
    first = office.letter("Broken.", Subject="Boots")
    home = await office.hears(first)
    await asks(office, home)
    await office.works()
    asked = office.mail_to(SUPPLIER).mail
    await office.hears(
        words="I do this for Glue.",
        answers=asked,
        From="Bo <bo@supplier.example>",
        Cc="Spy <spy@else.example>",
    )
    await office.hears(words="We do.", answers=asked, From=SUPPLIER, Cc="spy@else.example")
    # The customer was told by them, and answers to all: that is the customer's mail as any.
    theirs = await office.hears(words="Please do!", answers=asked)
    assert theirs == home
    found = await seen(office, home)
    assert found == [
        ("jane@shop.example", "public"),
        *[one for one in found[1:-1] if one[1] == "internal"],
        ("jane@shop.example", "public"),
    ]
    assert (SUPPLIER, "internal") in found
    assert "cc" not in (await parts(office, home)).values()
    await office.replies(home, "We will see to it.")
    await office.works()
    assert [one.recipients for one in office.relay.to("jane@shop.example")] == [
        ("jane@shop.example",)
    ]
    assert not office.relay.to("spy@else.example")


async def test_in_a_conversation_of_their_own_they_are_a_customer(office: Office) -> None:
    home = await office.hears(words="Broken.", Subject="Boots")
    await asks(office, home)
    await office.works()
    asked = office.mail_to(SUPPLIER).mail
    await office.hears(words="By the way, our prices rise.", answers=asked, From=SUPPLIER)
    [row] = await office.rows("select max(id) as id from message where kind = 'mail'")
    async with office.database.write() as db:
        by = Actor.agent(office.karen, "Karen")
        apart, _ = await split(
            db, home, row.id, following=False, by=by, now=office.now, secret=b"s" * 32
        )
    assert await seen(office, apart.id) == [(SUPPLIER, "public")]
    await office.replies(apart.id, "Thank you for telling us.")
    await office.works()
    assert "Thank you for telling us." in office.mail_to(SUPPLIER).text


async def test_who_takes_part_with_the_customer_is_not_asked_behind_their_back(
    office: Office,
) -> None:
    home = await office.hears(words="Broken.", Subject="Boots", Cc="Ed <ed@shop.example>")
    for to in (
        "jane@shop.example",
        "ed@shop.example",
        "anna@us.example",
        "a@b\r\nBcc: c@d.example",
    ):
        with pytest.raises(Invalid):
            await asks(office, home, to)


async def test_a_mail_that_we_sent_is_passed_on_without_who_had_a_hidden_copy(
    office: Office,
) -> None:
    home = await office.hears(words="Broken.", Subject="Boots")
    comment = await office.notes(home, "He always says so.")
    answer = await office.replies(home, "New ones are on their way.", bcc=("boss@chain.example",))
    for not_yet in (answer, comment):
        with pytest.raises(NotFound):
            await asks(office, home, mail=not_yet.id)
    await office.works()
    with pytest.raises(NotFound):
        await asks(office, home, mail=comment.id)
    await asks(office, home, mail=answer.id)
    await office.works()
    [mail] = office.relay.to(SUPPLIER)
    assert "From: Karen Miller\n" in mail.text
    assert "New ones are on their way." in mail.text
    for hidden in ("boss@chain.example", "pat@customer.example", "Broken.", "always says so"):
        assert hidden not in mail.text
        assert hidden not in str(mail.mail)


async def test_of_what_only_we_have_written_our_newest_mail_is_passed_on(office: Office) -> None:
    home = await office.hears(words="Broken.", Subject="Boots")
    await office.replies(home, "New ones are on their way.")
    await office.change("update message set visibility = 'internal' where kind = 'mail'")
    await office.works()
    await asks(office, home)
    await office.works()
    assert "New ones are on their way." in office.relay.to(SUPPLIER)[0].text
