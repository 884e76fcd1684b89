"""A customer asks, one of us answers: the customer gets the answer, and nothing else."""

from __future__ import annotations

import pytest

from tests.clients.answer import PLACES
from tests.stories.desk import Desk
from tests.stories.outside import letters
from tests.stories.telling import story

pytestmark = [pytest.mark.database, pytest.mark.slow]


@story()
async def test_written_above_below_or_between_the_lines(at: Desk) -> None:
    await at.pat.writes(at.talk.letter)
    notice = await at.karen.gets()
    for place in PLACES:
        await at.karen.answers(notice, *at.talk.answers, place=place, questions=at.talk.questions)
        wanted = [*at.talk.answers]
        if place == "inline":  # each below what it answers
            wanted = [one for pair in zip(at.talk.questions, wanted, strict=True) for one in pair]
        got = await at.pat.gets_exactly(*wanted, quoted=at.talk.letter)
        assert letters((await at.published())[-1]) == letters(" ".join(wanted))
    # The customer's program quotes as well, and what it quotes is ours.
    await at.pat.answers(got, "42, thank you!")
    await at.karen.gets("42, thank you!")
    entries = await at.entries()
    assert entries[-1].text == "42, thank you!"
    assert len({one.conversation_id for one in entries}) == 1


@story()
async def test_a_colleague_is_asked_and_answers_inside(at: Desk) -> None:
    await at.pat.writes(at.talk.letter)
    notice = await at.karen.gets()
    await at.karen.answers(
        notice, f"@{at.bob.address}, is there another pair?", to=notice.address("n")
    )
    await at.bob.answers(await at.bob.gets(), "Yes, in the cellar.")
    told = await at.karen.gets("Yes, in the cellar.")
    await at.karen.answers(told, "Thank you.")
    await at.bob.gets("Thank you.")
    assert [(one.kind, one.visibility, one.author_name) for one in await at.entries()] == [
        ("mail", "public", "Pat Lee"),
        ("note", "internal", "Karen Miller"),
        ("note", "internal", "Bob Stone"),
        ("note", "internal", "Karen Miller"),
    ]
