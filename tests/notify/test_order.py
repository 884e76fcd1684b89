"""Notices of mails that were taken in in another order than they arrived."""

from __future__ import annotations

import pytest

from inbox.errors import Conflict
from tests.office import Office


async def test_what_was_said_before_stands_as_it_arrived(office: Office) -> None:
    """And nothing of it is missing, whichever was told of first."""
    first = office.letter("The boots broke.")
    await office.hears(first)
    await office.works()
    spooled = [await office.spools(office.letter(words, answers=first)) for words in ("One", "Two")]
    for spool_id in reversed(spooled):
        assert spool_id
        await office.works_off(spool_id)
        await office.works()
    late, newest = office.mail_to("karen@us.example").text, office.letter("Three", answers=first)
    assert late.index("One") < late.index("> Two") < late.index("> The boots broke.")
    await office.hears(newest)
    await office.works()
    said = office.mail_to("karen@us.example").text
    places = [said.index(words) for words in ("Three", "> Two", "> One", "> The boots broke.")]
    assert places == sorted(places)


async def test_what_was_taken_in_late_stops_an_answer_that_does_not_know_it(
    office: Office,
) -> None:
    """It arrived before the answer was begun."""
    first = office.letter("The boots broke.")
    home = await office.hears(first)
    late = await office.spools(office.letter("No, they are fine.", answers=first))
    assert late
    seen = await office.one("select last_event_id from conversation")
    await office.works_off(late)
    with pytest.raises(Conflict):
        await office.replies(home, "New ones come.", expected=seen)
