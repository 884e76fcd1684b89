"""What nobody has, as a list that is answered by its numbers."""

from __future__ import annotations

import pytest

from tests.stories.desk import Desk
from tests.stories.telling import story

pytestmark = [pytest.mark.database, pytest.mark.slow]

WORDS = "We send new ones today."
INVOICE = "Where is my invoice?"


@story(karen="none")
async def test_each_number_is_done_by_itself(at: Desk) -> None:
    boots = at.talk.questions[0]
    await at.pat.writes(boots)
    await at.mia.writes(INVOICE, subject="Invoice")
    await at.running.rests()
    await at.karen.wants_the_list()
    list_ = await at.karen.gets()
    first, second = ("1", "2") if "1. Boots" in list_.text else ("2", "1")
    # Above the list, or right below an item of it.
    if at.turn % 2:
        asked = f"{first} answer: {WORDS}\n{second} assign anna rossi"
        await at.karen.answers(list_, asked)
    else:
        asked_there = {boots: f"answer: {WORDS}", INVOICE: "assign anna rossi"}
        order = (boots, INVOICE) if first == "1" else (INVOICE, boots)
        await at.karen.answers(
            list_, *(asked_there[one] for one in order), place="inline", questions=order
        )
    await at.pat.gets_exactly(WORDS, quoted=boots)
    await at.anna.gets(INVOICE)
    await at.karen.gets("1. ")
    assert await at.published() == [WORDS]
    rows = await at.running.rows(
        """select subject, status, agent.name from conversation
             join mailbox on mailbox.id = mailbox_id left join agent on agent.id = assignee_id
            where mailbox.address = $1 order by subject""",
        at.support,
    )
    assert [tuple(row) for row in rows] == [
        ("Boots", "waiting", "Karen Miller"),
        ("Invoice", "open", "Anna Rossi"),
    ]
