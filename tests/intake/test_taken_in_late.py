"""Mails that arrived before others and are taken in after them: workers work side by side."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import Row

from tests.intake.house import House


async def row(house: House, conversation: int) -> Row[Any]:
    sql = """select status, waiting_since, last_message_at, snippet, message_count
               from conversation where id = :id"""
    [found] = await house.rows(sql, id=conversation)
    return found


async def arrivals(house: House, conversation: int) -> Sequence[Any]:
    """When each mail arrived, in the order in which they were taken in."""
    sql = "select received_at from message where conversation_id = :id order by id"
    return [one.received_at for one in await house.rows(sql, id=conversation)]


async def comes(house: House, words: str, first: EmailMessage) -> int:
    """The customer writes again."""
    spool_id = await house.spools(house.letter(words, answers=first))
    assert spool_id is not None
    return spool_id


async def answers(house: House, first: EmailMessage) -> int:
    """Karen answers the customer from her own program, with a copy to us."""
    people = {"From": "Karen <karen@us.example>", "To": "jane@shop.example"}
    mail = house.letter("New ones come.", answers=first, **people, Cc="support@us.example")
    karen = await house.one("select id from agent")
    spool_id = await house.spools(mail, recipients=("support@us.example",), submitted_by=karen)
    assert spool_id is not None
    return spool_id


@pytest.fixture
async def thread(house: House) -> tuple[int, EmailMessage]:
    """A question: its conversation, and its mail."""
    [box] = [row.id for row in await house.rows("select id from mailbox")]
    await house.agent("karen@us.example", box)
    first = house.letter("My boots broke.")
    kept = await house.receives(first)
    assert kept is not None
    return kept.conversation_id, first


async def test_what_arrived_last_was_said_last(
    house: House, thread: tuple[int, EmailMessage]
) -> None:
    home, first = thread
    older, newer = [await comes(house, words, first) for words in ("Older", "Newer")]
    await house.works_off(newer)
    before = await row(house, home)
    await house.works_off(older)
    after = await row(house, home)
    assert after.snippet == "Newer"
    assert after.last_message_at == before.last_message_at
    assert (after.message_count, after.status) == (3, "open")
    one, two, three = await arrivals(house, home)
    assert one < three < two


async def test_they_wait_since_the_first_of_them_arrived(
    house: House, thread: tuple[int, EmailMessage]
) -> None:
    home, first = thread
    await house.works_off(await answers(house, first))
    assert (await row(house, home)).status == "waiting"
    older, newer = [await comes(house, words, first) for words in ("Older", "Newer")]
    await house.works_off(newer)
    await house.works_off(older)
    assert (await row(house, home)).waiting_since == (await arrivals(house, home))[-1]


async def test_who_wrote_after_our_answer_is_not_answered_by_it(
    house: House, thread: tuple[int, EmailMessage]
) -> None:
    home, first = thread
    answer = await answers(house, first)
    again = await comes(house, "And the laces?", first)
    await house.works_off(again)
    await house.works_off(answer)
    found = await row(house, home)
    assert (found.status, found.snippet) == ("open", "And the laces?")
    assert found.waiting_since == (await arrivals(house, home))[1]


async def test_what_was_not_known_when_we_answered_is_news(
    house: House, thread: tuple[int, EmailMessage]
) -> None:
    """It arrived before our answer, and nobody had read it."""
    home, first = thread
    older = await comes(house, "And the laces?", first)
    await house.works_off(await answers(house, first))
    await house.works_off(older)
    found = await row(house, home)
    assert (found.status, found.snippet) == ("open", "New ones come.")
    assert found.waiting_since == (await arrivals(house, home))[-1]
    assert (await house.events(home))[-1] == "message.received"


async def test_an_answer_that_is_overtaken_by_somebody_asked_answers_all_the_same(
    house: House, thread: tuple[int, EmailMessage]
) -> None:
    """It is our turn because of what they say, and nobody waits since before our answer."""
    home, first = thread
    await house.change(
        "insert into participant (conversation_id, address, name, part)"
        " values (:id, 'glue@supplier.example', '', 'asked')",
        id=home,
    )
    answer = await answers(house, first)
    asked = house.letter("We have glue.", answers=first, From="glue@supplier.example")
    said = await house.spools(asked)
    assert said is not None
    await house.works_off(said)
    await house.works_off(answer)
    found = await row(house, home)
    assert found.status == "open"
    assert found.waiting_since == (await arrivals(house, home))[1]
