"""Mails that look as if they belonged together, and do not; and what tells them apart."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from inbox.desk.answer import Answer
from inbox.desk.letter import Kept
from inbox.desk.reply import reply
from inbox.store.tables import Agent
from tests.intake.house import House

SUBJECT = "Missing column in the quarterly report"
ANSWER = """Thank you for telling us. The column was left out by mistake when we moved the sheet to
the new server last week; we have put it back, and you can load the report once more."""
JANE, JOE = "Jane Doe <jane@shop.example>", "Joe Poe <joe@shop.example>"
EVE = "Eve Roe <eve@evil.example>"


async def came(house: House, words: str = "Please help.", **headers: str) -> Kept:
    """A mail whose program names no other mail."""
    kept = await house.receives(house.letter(words, answers=None, **headers))
    assert kept is not None
    return kept


async def answered(house: House, conversation: int, words: str = ANSWER) -> str:
    """One of us answers; the line that programs write above it when it is quoted."""
    house.now += timedelta(minutes=7)
    async with house.database.write() as db:
        agent = (await db.scalars(select(Agent))).one()
        await reply(
            db, conversation, Answer(text=words), by=agent, now=house.now, context=house.context
        )
    said = f"{house.now:%a, %b %-d, %Y at %-I:%M %p}"
    return f"On {said}, Karen (Support) <support@us.example> wrote:"


def quoting(line: str, words: str = ANSWER) -> str:
    marked = "\n".join(f"> {one}" for one in words.split("\n"))
    return f"It is still missing.\n\n{line}\n{marked}\n"


@pytest.fixture
async def house_with_karen(house: House) -> House:
    mailbox = await house.one("select id from mailbox where address = 'support@us.example'")
    await house.agent("karen@us.example", mailbox)
    return house


@pytest.mark.parametrize("subject", ["Question", "Invoice", "Hello", "Вопрос", "お問い合わせ", ""])
async def test_a_generic_subject_joins_nothing(house: House, subject: str) -> None:
    mails = [await came(house, Subject=subject, From=who) for who in (JANE, JANE, JOE, EVE)]
    assert len({one.conversation_id for one in mails}) == 4


async def test_two_of_one_organisation_with_one_subject(house_with_karen: House) -> None:
    house = house_with_karen
    jane = await came(house, Subject=SUBJECT, From=JANE)
    joe = await came(house, Subject=SUBJECT, From=JOE)
    assert jane.conversation_id != joe.conversation_id
    line = await answered(house, jane.conversation_id)
    await answered(house, joe.conversation_id, "We are looking into it, and shall write on Monday.")
    third = await came(house, Subject=f"Re: {SUBJECT}", From="Ann Lee <ann@shop.example>")
    assert third.is_new
    named = await came(house, quoting(line), Subject=f"Re: {SUBJECT}", From="Al <al@shop.example>")
    assert named.conversation_id == jane.conversation_id


async def test_two_matters_of_one_customer_under_one_subject(house_with_karen: House) -> None:
    house = house_with_karen
    first = await came(house, Subject=SUBJECT)
    second = await came(house, Subject=SUBJECT)
    assert first.conversation_id != second.conversation_id
    lines = [await answered(house, one.conversation_id) for one in (first, second)]
    bare = await came(house, "It is still missing.", Subject=f"Re: {SUBJECT}")
    assert bare.is_new
    # The words are the same in both: the line above them tells which is meant.
    for line, matter in zip(lines, (first, second), strict=True):
        kept = await came(house, quoting(line), Subject=f"Re: {SUBJECT}")
        assert kept.conversation_id == matter.conversation_id


async def test_the_line_above_a_quote_is_enough_and_is_told(house_with_karen: House) -> None:
    house = house_with_karen
    first = await came(house, Subject=SUBJECT)
    line = await answered(house, first.conversation_id)
    kept = await came(house, quoting(line, "put back"), Subject=SUBJECT)
    assert kept.conversation_id == first.conversation_id
    sql = "select match from message where id = :message"
    match = await house.one(sql, message=kept.message_id)
    assert match["evidence"][0]["rule"] == "attribution"
    assert match["evidence"][0]["detail"] == line


async def test_a_stranger_who_quotes_all_of_it_stays_outside(house_with_karen: House) -> None:
    house = house_with_karen
    first = await came(house, Subject=SUBJECT)
    line = await answered(house, first.conversation_id)
    forged = {"In_Reply_To": "<1@shop.example>", "References": "<1@shop.example>"}
    for who, headers in ((EVE, {}), ("Mal <mal@evil.example>", forged)):
        words = quoting(line)
        kept = await came(house, words, From=who, Subject=f"Re: {SUBJECT}", **headers)
        assert kept.is_new
        rejected = await house.one(
            "select match -> 'rejected' from message where id = :message", message=kept.message_id
        )
        assert "stranger" in {one["why"] for one in rejected}


async def test_numbered_parts_are_one_conversation_and_sent_again_another(house: House) -> None:
    parts = [await came(house, Subject=f"Pictures of the damage ({n}/3)") for n in (1, 2, 3)]
    assert len({one.conversation_id for one in parts}) == 1
    again = [await came(house, Subject=f"Pictures of the damage ({n}/3)") for n in (1, 2, 3)]
    assert len({one.conversation_id for one in again}) == 1
    assert again[0].conversation_id != parts[0].conversation_id
    colleague = await came(house, Subject="Pictures of the damage (2/3)", From=EVE)
    assert colleague.is_new


async def test_a_later_subject_leads_back(house: House) -> None:
    first = house.letter(Subject="Broken boots of last week")
    kept = await house.receives(first)
    assert kept is not None
    renamed = house.letter("Now for the invoice", answers=first, Subject="Invoice of these boots")
    await house.receives(renamed)
    later = await came(house, Subject="AW: Invoice of these boots")
    assert later.conversation_id == kept.conversation_id
