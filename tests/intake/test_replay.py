"""The archive once more, by the rules of today: what would move, and nothing that does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import asyncpg
import pytest

from inbox.desk.close import close
from inbox.desk.merge import merge
from inbox.intake.replay import Move, Replay
from inbox.model.actor import Actor
from inbox.store.engine import Database
from inbox.store.migrate import migrate
from tests.conftest import url_of
from tests.office import Office, office

__all__ = ["office"]


@pytest.fixture
async def scratch(database_url: str) -> AsyncIterator[Database]:
    """A second database with our schema."""
    url = url_of(database_url, f"{database_url.partition('/inbox_test_')[2].partition('?')[0]}_s")
    name = url.rpartition("/")[2].partition("?")[0]
    admin = await asyncpg.connect(database_url)
    await admin.execute(f'drop database if exists "{name}"')
    await admin.execute(f'create database "{name}"')
    await migrate(url)
    database = Database(url, pool=1)
    yield database
    await database.close()
    await admin.execute(f'drop database "{name}"')
    await admin.close()


async def moves(office: Office, scratch: Database) -> list[Move]:
    """What would move; all else stays as it is."""
    tables = "select (select count(*) from message), (select count(*) from conversation)"
    before = await office.rows(tables)
    replay = Replay(office.database, scratch, office.context.settings, office.context.secret)
    length = await replay.prepare()
    assert sum([done async for done in replay.run()]) == length
    assert await office.rows(tables) == before
    return [move async for move in replay.moves()]


async def a_talk(office: Office) -> int:
    """Jane asks, Karen answers from the web, Jane answers without any header, Karen closes."""
    question = office.letter("My boots broke.", Subject="Boots")
    conversation = await office.hears(question)
    await office.replies(conversation, "Which ones? We shall send you a new pair at once.")
    await office.works()
    ours = office.mail_to("jane@shop.example").mail
    await office.hears(office.letter("The brown ones.", answers=ours))
    await office.hears(
        office.letter("I am away", answers=ours, Auto_Submitted="auto-replied", Subject="Away")
    )
    return conversation


async def test_what_is_right_stays(office: Office, scratch: Database) -> None:
    await a_talk(office)
    await office.hears(office.letter("Where is my bill?", Subject="Bill", From="otto@mill.example"))
    assert await moves(office, scratch) == []


async def test_what_a_better_rule_finds_moves(office: Office, scratch: Database) -> None:
    conversation = await a_talk(office)
    # As a rule that did not know ids had left them.
    apart = await office.hears(
        office.letter("Size 42.", Subject="Size", Message_ID="<p@x.example>")
    )
    await office.change(
        "update message set conversation_id = :apart where text = 'The brown ones.'", apart=apart
    )
    [move] = await moves(office, scratch)
    assert (move.was, move.to, move.rule) == (apart, conversation, "our_id")
    assert not move.is_touched
    assert move.as_dict()["from_address"] == "jane@shop.example"


async def test_what_people_put_together_is_told_apart(office: Office, scratch: Database) -> None:
    conversation = await a_talk(office)
    other = await office.hears(office.letter("And a lamp", Subject="Lamp", From="a@lamp.example"))
    async with office.database.write() as db:
        karen = Actor.agent(office.karen, "Karen")
        await merge(db, conversation, other, by=karen, now=office.now)
    [move] = await moves(office, scratch)
    assert (move.was, move.to, move.rule, move.is_touched) == (conversation, None, "", True)


async def test_what_was_closed_long_ago_is_closed_again(office: Office, scratch: Database) -> None:
    question = office.letter("My boots broke.", Subject="Boots 4711")
    conversation = await office.hears(question)
    async with office.database.write() as db:
        await close(db, conversation, by=Actor.agent(office.karen, "Karen"), now=office.now)
    office.now += timedelta(days=90)
    later = await office.hears(office.letter("Again!", answers=question))
    assert later != conversation
    assert await moves(office, scratch) == []


async def test_mails_whose_bytes_are_gone_are_counted(office: Office, scratch: Database) -> None:
    await office.hears(office.letter("My boots broke."))
    await office.change("update spool set raw = null, store = 'file:///nowhere', blob = 'x'")
    replay = Replay(office.database, scratch, office.context.settings, office.context.secret)
    await replay.prepare()
    async for _ in replay.run():
        pass
    assert replay.skipped == 1
    assert [move async for move in replay.moves()] == []
