"""Notices of mails that were taken in in another order than they arrived."""

from __future__ import annotations

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
