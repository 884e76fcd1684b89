"""A conversation goes to another department: with its thread, and out of the first one's sight."""

from __future__ import annotations

import pytest

from inbox.desk.assign import assign
from inbox.desk.move import move
from inbox.desk.several import Deed, Verb, do_to_each
from inbox.desk.takeback import take_back
from inbox.desk.undo_several import undo_each
from inbox.errors import Conflict, Invalid
from inbox.model.conversation import Role
from inbox.model.viewer import Viewer
from inbox.store.tables import Event
from tests.desk.correcting import karen, takes_back
from tests.office import Office

JANE = "jane@shop.example"


async def moves(office: Office, home: int, mailbox: int) -> None:
    async with office.database.write() as db:
        await move(db, home, mailbox, by=karen(office), now=office.now)


async def billing_of(office: Office) -> int:
    billing = await office.mailbox(
        "billing@us.example", name="Billing", undo_seconds=0, confirm="off", signature="Billing"
    )
    await office.agent("ben@us.example", billing, name="Ben Bills")
    return billing


async def where(office: Office, home: int) -> tuple[int, list[int], int | None]:
    [row] = await office.rows(
        "select mailbox_id, assignee_id, array(select mailbox_id from conversation_mailbox"
        " where conversation_id = conversation.id) as also from conversation where id = :id",
        id=home,
    )
    return row.mailbox_id, row.also, row.assignee_id


async def test_the_customers_next_answer_follows(office: Office) -> None:
    billing = await billing_of(office)
    first = office.letter("What does it cost?", Subject="A price")
    home = await office.hears(first)
    await moves(office, home, billing)
    await moves(office, home, billing)  # again is nothing
    assert await office.events(home) == ["conversation.opened", "conversation.moved"]
    # To the address where they wrote first: it does not come back there.
    assert await office.hears(office.letter("And?", answers=first)) == home
    assert await where(office, home) == (billing, [], None)
    await office.works()
    said = "Karen Miller moved this conversation to Billing."
    assert any(said in mail.text for mail in office.relay.to("ben@us.example"))
    told = len(office.relay.to("karen@us.example"))
    ben = int(await office.one("select id from agent where email = 'ben@us.example'"))
    await office.replies(home, "Ten euros.", by=ben)
    await office.works()
    assert str(office.mail_to(JANE).mail["From"]) == '"Ben Bills (Billing)" <billing@us.example>'
    assert len(office.relay.to("karen@us.example")) == told


async def test_who_has_it_keeps_it_where_they_take_part(office: Office) -> None:
    billing = await billing_of(office)
    both = await office.agent("both@us.example", office.support, billing, name="Both")
    for who, kept in ((office.anna, None), (both, both)):
        home = await office.hears(Subject=f"For {who}", From=f"c{who}@else.example")
        async with office.database.write() as db:
            await assign(db, home, who, by=karen(office), now=office.now)
        await moves(office, home, billing)
        assert await where(office, home) == (billing, [], kept)
        await takes_back(office, home)
        assert await where(office, home) == (office.support, [], who)


async def test_only_to_a_mailbox_that_there_is(office: Office) -> None:
    home = await office.hears()
    with pytest.raises(Invalid):
        await moves(office, home, 4711)


async def test_what_was_moved_on_is_not_taken_back(office: Office) -> None:
    billing = await billing_of(office)
    sales = await office.mailbox("sales@us.example", name="Sales")
    home = await office.hears()
    await moves(office, home, billing)
    event = int(await office.one("select max(id) from event"))
    await moves(office, home, sales)
    with pytest.raises(Conflict):
        async with office.database.write() as db:
            await take_back(db, event, by=karen(office), now=office.now, secret=b"")


async def test_the_customer_is_told_once_it_is_sure(office: Office) -> None:
    billing = await billing_of(office)
    await office.change("update mailbox set undo_seconds = 30, language = 'de', footer = 'HRB 7'")
    first = office.letter("What does it cost?", Subject="A price")
    home = await office.hears(first)
    async with office.database.write() as db:
        by = karen(office)
        await move(db, home, billing, by=by, now=office.now, tell=office.context)
    [row] = await office.rows("select id, kind, draft from outbound where kind = 'moved'")
    assert row.draft["to"] == JANE
    await takes_back(office, home)
    assert await office.rows("select id from outbound where kind = 'moved'") == []
    async with office.database.write() as db:
        await move(db, home, billing, by=by, now=office.now, tell=office.context)
    # Who moves it once more is told of where it is in the end.
    for mailbox in (office.support, billing):
        async with office.database.write() as db:
            await move(db, home, mailbox, by=by, now=office.now, tell=office.context)
    await office.works()
    assert len(office.relay.to(JANE)) == 1
    told = office.mail_to(JANE)
    assert str(told.mail["From"]) == "Billing <billing@us.example>"
    assert told.mail["In-Reply-To"] == first["Message-ID"]
    assert "Billing" in told.text
    assert told.text.rstrip().endswith("HRB 7")


@pytest.mark.parametrize("is_list", [False, True])
async def test_nobody_is_told_who_may_not_be_there(office: Office, is_list: bool) -> None:
    billing = await billing_of(office)
    mail = office.letter(From="ann@shop.example" if is_list else "no-reply@shop.example")
    if is_list:
        mail["List-Id"] = "<shops.example>"
    home = await office.hears(mail)
    async with office.database.write() as db:
        with pytest.raises(Invalid):
            await move(db, home, billing, by=karen(office), now=office.now, tell=office.context)


async def test_what_goes_to_and_fro_somebody_decides(office: Office) -> None:
    billing = await billing_of(office)
    lead = await office.agent("lead@us.example", billing, name="Lea", role="manager")
    home = await office.hears(Subject="Whose is it?")
    for mailbox in (billing, office.support):
        await moves(office, home, mailbox)
    assert (await where(office, home))[2] is None
    await moves(office, home, billing)
    assert (await where(office, home))[2] == lead
    await office.works()
    told = office.mail_to("lead@us.example").text
    assert "It was moved 3 times; you decide where it belongs: Support → Billing (Karen" in told
    assert told.count("→") == 3


async def test_a_third_move_is_taken_back_with_the_decision_that_followed(office: Office) -> None:
    billing = await billing_of(office)
    both = await office.agent("both@us.example", office.support, billing, name="Both")
    lead = await office.agent("lead@us.example", billing, name="Lea", role="manager")
    await office.change("update agent set tasks = true")
    home = await office.hears(Subject="Whose is it?")
    async with office.database.write() as db:
        await assign(db, home, both, by=karen(office), now=office.now)
    for mailbox in (billing, office.support):
        await moves(office, home, mailbox)
    everywhere = Viewer(
        id=office.karen,
        name="Karen Miller",
        email="",
        role=Role.AGENT,
        mailboxes=frozenset({office.support, billing}),
    )
    async with office.database.write() as db:
        third = Deed(verb=Verb.MOVE, mailbox_id=billing)
        done = await do_to_each(db, everywhere, [home], third, now=office.now)
    assert await where(office, home) == (billing, [], lead)
    async with office.database.write() as db:
        events = [await db.get_one(Event, one) for one in done.events]
        by = karen(office)
        assert await undo_each(db, events, by=by, now=office.now, secret=b"") == 1
    assert await where(office, home) == (office.support, [], both)
    # Whoever decided has it no more, and their calendar does not say so.
    asked = "select args from job where kind = 'notify.task' order by id desc limit 2"
    assert {row.args["agent_id"] for row in await office.rows(asked)} == {lead, both}
    # Once somebody has decided, only the place is taken back.
    await moves(office, home, billing)
    async with office.database.write() as db:
        await assign(db, home, both, by=karen(office), now=office.now)
    await takes_back(office, home, "conversation.moved")
    assert await where(office, home) == (office.support, [], both)


async def test_the_calendar_of_who_lost_it_by_a_move_says_so(office: Office) -> None:
    billing = await billing_of(office)
    await office.change("update agent set tasks = true")
    home = await office.hears()
    async with office.database.write() as db:
        await assign(db, home, office.anna, by=karen(office), now=office.now)
    await office.change("delete from job")
    await moves(office, home, billing)
    [row] = await office.rows("select args from job where kind = 'notify.task'")
    assert row.args["agent_id"] == office.anna
