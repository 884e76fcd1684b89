"""What nobody has, as a list that is answered by its numbers."""

from __future__ import annotations

import pytest

from tests.clients.notice import Seen
from tests.stories.desk import Desk, Person
from tests.stories.telling import story

pytestmark = [pytest.mark.database, pytest.mark.slow]

WORDS, AGAIN = "We send new ones today.", "They are on their way."
BOOTS, INVOICE = (
    "My boots are broken, what now?",
    "Where is my invoice?",
)  # a list cuts what is long


@story(karen="none")
async def test_each_number_is_done_by_itself(at: Desk) -> None:
    # Above the list, and right below each item of it.
    for words, author, other, is_inline in (
        (WORDS, at.karen, at.anna, False),
        (AGAIN, at.anna, at.karen, True),
    ):
        await at.pat.writes(BOOTS)
        await at.mia.writes(INVOICE, subject="Invoice")
        await at.running.rests()
        await author.wants_the_list()
        await answers_the_list(author, await author.gets(), words, other, is_inline=is_inline)
        await at.pat.gets_exactly(words, quoted=BOOTS)
        if other is at.anna:  # Karen wants to hear of nothing but the list
            await other.gets(INVOICE)
        await author.gets("1. ")
    assert await at.published() == [WORDS, AGAIN]
    rows = await at.running.rows(
        """select subject, status, agent.name from conversation
             join mailbox on mailbox.id = mailbox_id left join agent on agent.id = assignee_id
            where mailbox.address = $1 order by subject, agent.name""",
        at.support,
    )
    assert [tuple(row) for row in rows] == [
        ("Boots", "waiting", "Anna Rossi"),
        ("Boots", "waiting", "Karen Miller"),
        ("Invoice", "open", "Anna Rossi"),
        ("Invoice", "open", "Karen Miller"),
    ]


async def answers_the_list(
    author: Person, list_: Seen, words: str, other: Person, *, is_inline: bool
) -> None:
    """The boots are answered, the invoice is given to the other one."""
    asked = {BOOTS: f"answer: {words}", INVOICE: f"assign {other.name.lower()}"}
    order = (BOOTS, INVOICE) if "1. Boots" in list_.text else (INVOICE, BOOTS)
    if is_inline:
        there = [asked[item] for item in order]
        await author.answers(list_, *there, place="inline", questions=order)
    else:
        lines = (f"{number} {asked[item]}" for number, item in enumerate(order, 1))
        await author.answers(list_, "\n".join(lines))
