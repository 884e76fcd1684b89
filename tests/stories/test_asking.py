"""One of us asks for something in a mail: by lines, by addresses, by links."""

from __future__ import annotations

import pytest

from tests.clients.notice import Seen
from tests.stories.desk import Desk
from tests.stories.telling import story

pytestmark = [pytest.mark.database, pytest.mark.slow]

ASKED = (
    "@close\n@assign anna rossi",
    "@Закрыть\n@назначить Anna Rossi",
    "@chiudi\n@assegna anna rossi",
    "@schließen\n@zuweisen\xa0Anna Rossi",
    "\uff20完了\n@担当 Anna Rossi",
)
REOPENED = (
    "@reopen\n@assign anna rossi",
    "@открыть\n@назначить anna rossi",
    "@riapri\n@assegna anna rossi",
    "@öffnen\n@zuweisen anna rossi",
    "@再開\n@担当 anna rossi",
)
WORDS = "We send new ones today."


async def karen_has_it_before_her(at: Desk) -> Seen:
    await at.pat.writes(at.talk.letter)
    return await at.karen.gets()


@story()
async def test_with_a_slip_of_the_pen_nothing_is_done_and_then_all(at: Desk) -> None:
    notice = await karen_has_it_before_her(at)
    await at.karen.answers(notice, "@clsoe\n@take", WORDS)
    back = await at.karen.gets(f"> {WORDS}")
    assert "@clsoe" in back.text
    assert "@close" in back.text
    assert await at.published() == []
    assert await at.stands() == ("open", None)
    await at.karen.answers(notice, ASKED[at.turn % len(ASKED)], WORDS)
    await at.pat.gets_exactly(WORDS, quoted=at.talk.letter)
    await at.anna.gets()
    await at.running.rests()
    assert await at.published() == [WORDS]
    assert await at.stands() == ("closed", "Anna Rossi")


@story()
async def test_links_addresses_and_lines_alone_and_beside_an_answer(at: Desk) -> None:
    notice = await karen_has_it_before_her(at)
    await at.karen.follows(notice, "take")
    await at.karen.answers(notice, "", to=notice.address("priority-urgent"))
    await at.running.rests()
    assert await at.said() == []
    assert await at.stands() == ("open", "Karen Miller")
    await at.karen.answers(notice, WORDS, cc=notice.address("close"))
    await at.pat.gets_exactly(WORDS, quoted=at.talk.letter)
    await at.running.rests()
    assert await at.stands() == ("closed", "Karen Miller")
    # By an address of the address book, too.
    reopen = at.support.replace("@", "+reopen@")
    await at.karen.answers(notice, "", cc=reopen)
    await at.running.rests()
    assert await at.stands() == ("open", "Karen Miller")
    await at.karen.answers(notice, REOPENED[at.turn % len(REOPENED)])
    await at.anna.gets()
    await at.running.rests()
    assert await at.said() == [("reply", WORDS)]
    assert await at.stands() == ("open", "Anna Rossi")
