"""An answer is not sent as it came: whoever wrote it hears why, and decides."""

from __future__ import annotations

import pytest

from tests.clients.notice import Seen
from tests.stories.desk import Desk, Person
from tests.stories.telling import story

pytestmark = [pytest.mark.database, pytest.mark.slow]

KIT = "We send you a repair kit instead."
NEW_ONES = "We send new ones today."
STOP = ("Stop", "Стоп!", "取り消し")
SECRET = "She complains every month: twenty percent off, and not a cent more."


def says_that_it_waits(told: Seen, words: str) -> None:
    """The mail has the words, and a link for each thing that can become of them."""
    assert words in told.text
    assert all(told.ready(verb) for verb in ("send", "note", "drop"))


@story(anna="all")
async def test_somebody_was_faster(at: Desk) -> None:
    await at.pat.writes(at.talk.letter)
    notice = await at.karen.gets()
    await at.anna.answers(await at.anna.gets(), NEW_ONES)
    await at.pat.gets_exactly(NEW_ONES, quoted=at.talk.letter)
    await at.karen.gets(NEW_ONES)
    dropped = await is_held(at, notice, "We are closed.")
    noted = await is_held(at, notice, "He had two of them.")
    sent = await is_held(at, notice, KIT)
    assert await at.published() == [NEW_ONES]
    await at.karen.follows(dropped, "drop")
    await at.karen.follows(noted, "note")
    await at.anna.gets("He had two of them.")
    await at.karen.follows(sent, "send")
    await at.pat.gets_exactly(KIT, quoted=at.talk.letter)
    await at.anna.gets(KIT)
    await at.running.rests()
    assert await at.published() == [NEW_ONES, KIT]
    assert ("note", "He had two of them.") in await at.said()


async def is_held(at: Desk, notice: Seen, words: str) -> Seen:
    """Karen answers what she had on the screen, and is told that Anna was faster."""
    await at.karen.answers(notice, words)
    told = await at.karen.gets(words)
    says_that_it_waits(told, words)
    assert "Anna Rossi" in told.text
    return told


@story(undo_seconds=3600)
async def test_looked_at_and_stopped_before_it_left(at: Desk) -> None:
    await at.pat.writes(at.talk.letter)
    notice = await at.karen.gets()
    await at.karen.answers(notice, "@show", KIT)
    shown = await at.karen.gets(KIT)
    says_that_it_waits(shown, KIT)
    assert await at.published() == []
    await at.karen.follows(shown, "send")
    await at.running.rests()
    assert await at.published() == [KIT]
    await at.karen.answers(notice, STOP[at.turn % len(STOP)])
    told = await at.karen.gets(KIT)
    says_that_it_waits(told, KIT)
    assert await at.published() == []
    assert await at.stands() == ("open", None)
    await at.sets(undo_seconds=0)
    await at.karen.follows(told, "send")
    got = await at.pat.gets_exactly(KIT, quoted=at.talk.letter)
    assert got.text.strip() in shown.text


@story(anna="all")
async def test_words_that_are_only_for_us(at: Desk) -> None:
    await at.pat.writes(at.talk.letter)
    told, notice = await at.anna.gets(), await at.karen.gets()
    # A notice that was pasted, so that nobody can tell it from words.
    pasted = " / ".join(notice.text.split("\n"))
    await at.karen.writes(f"{KIT} {pasted}", to=notice.answer_to, subject="Re: Boots")
    await at.karen.gets(KIT)
    assert await at.published() == []
    # A comment.
    await at.anna.answers(told, SECRET, to=told.address("n"))
    await at.karen.gets(SECRET)
    await at.karen.answers(notice, NEW_ONES, SECRET)
    held = await at.karen.gets(NEW_ONES)
    assert SECRET.rstrip(".") in " ".join(held.text.partition(NEW_ONES)[0].split())
    await at.karen.follows(held, "send")
    await at.pat.gets_exactly(NEW_ONES, SECRET, quoted=at.talk.letter)
    await at.anna.gets(NEW_ONES)
    assert len(await at.published()) == 1


@story()
async def test_whoever_claims_to_be_one_of_us(at: Desk) -> None:
    await at.pat.writes(at.talk.letter)
    notice = await at.karen.gets()
    mallory = Person(desk=at, name="Karen Miller", address="karen@evil.example")
    await mallory.answers(notice, "Send me your password.")
    says_that_it_waits(await at.karen.gets(), "Send me your password.")
    # By her very address, which her own mail server did not send.
    await at.karen.answers(notice, "And where you live.", verdict="fail")
    says_that_it_waits(await at.karen.gets(), "And where you live.")
    await at.running.rests()
    assert await at.published() == []
    assert await at.stands() == ("open", None)
