"""An answer that was taken back before it left: as if it had never been written."""

from __future__ import annotations

import pytest

from inbox.desk.close import close
from inbox.desk.undo import TakenBack, undo
from inbox.errors import Conflict, NotFound
from inbox.model.actor import Actor
from inbox.model.address import Address
from inbox.outbound.about import write_about
from inbox.store.tables import Agent, Conversation, Mailbox, Message
from tests.office import Office

pytestmark = pytest.mark.database

EVE, TOM = Address(address="eve@else.example"), Address(name="Tom", address="tom@shop.example")


@pytest.fixture(autouse=True)
async def slow(office: Office) -> None:
    """Answers wait for half a minute."""
    async with office.database.write() as db:
        (await db.get_one(Mailbox, office.support)).undo_seconds = 30


async def test_whom_it_would_have_drawn_in_has_no_part(office: Office) -> None:
    """A copy to the wrong person: they must not find their way in by what they never got."""
    conversation = await office.hears(Cc=str(TOM))
    answer = await office.replies(conversation, "Too early", cc=(TOM, EVE))
    assert await _people(office) == [EVE.address, TOM.address]
    assert (await _take_back(office, answer)).cc == (TOM, EVE)
    assert await _people(office) == [TOM.address]


async def test_whom_another_answer_names_keeps_their_part(office: Office) -> None:
    conversation = await office.hears()
    first = await office.replies(conversation, "To both", cc=(EVE,))
    await office.replies(conversation, "To both again", cc=(EVE,), by=office.anna)
    await _take_back(office, first)
    assert await _people(office) == [EVE.address]


async def test_what_others_have_done_since_stays(office: Office) -> None:
    conversation = await office.hears()
    answer = await office.replies(conversation, "Too early")
    async with office.database.write() as db:
        # A mail to one of us while the answer was the newest entry stands in no way.
        karen, home = (
            await db.get_one(Agent, office.karen),
            await db.get_one(Conversation, conversation),
        )
        await write_about(db, office.context, home, karen, "help", "asked", now=office.now)
        await close(db, conversation, by=Actor.agent(office.anna, "Anna"), now=office.now)
    await _take_back(office, answer)
    [row] = await office.rows("select status, assignee_id, message_count from conversation")
    assert tuple(row) == ("closed", office.karen, 1)


async def test_nobody_reads_in_the_list_what_was_taken_back(office: Office) -> None:
    """Not either where a mail came meanwhile that had arrived before the answer was written."""
    first = office.letter("Are they in?")
    home = await office.hears(first)
    late = await office.spools(office.letter("The laces, too", answers=first))
    assert late
    answer = await office.replies(home, "Nonsense")
    assert await office.works_off(late)
    sql = "select status, snippet, last_message_at, message_count from conversation"
    [row] = await office.rows(sql)
    assert (row.status, row.snippet) == ("open", "Nonsense")
    await office.takes_back(answer)
    [after] = await office.rows(sql)
    assert (after.status, after.snippet, after.message_count) == ("open", "The laces, too", 2)
    assert after.last_message_at < row.last_message_at


async def test_only_answers_are_taken_back(office: Office) -> None:
    conversation = await office.hears()
    note = await office.notes(conversation, "A comment")
    with pytest.raises(NotFound):
        await _take_back(office, note)
    assert await office.one("select count(*) from message where kind = 'note'") == 1


async def test_it_is_taken_back_once(office: Office) -> None:
    conversation = await office.hears()
    answer = await office.replies(conversation, "Too early")
    await _take_back(office, answer)
    with pytest.raises((Conflict, NotFound)):
        await _take_back(office, answer)
    assert await office.one("select message_count from conversation") == 1


async def _take_back(office: Office, message: Message) -> TakenBack:
    async with office.database.write() as db:
        karen = await db.get_one(Agent, office.karen)
        return await undo(db, message.id, by=karen, now=message.received_at)


async def _people(office: Office) -> list[str]:
    rows = await office.rows("select address from participant order by address")
    return [row.address for row in rows if row.address != "jane@shop.example"]
