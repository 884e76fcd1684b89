"""Words that somebody approved, and those below every mail."""

from __future__ import annotations

import pytest

from tests.clients.signatures import signature
from tests.stories.desk import Desk
from tests.stories.telling import story

pytestmark = [pytest.mark.database, pytest.mark.slow]

WORDS = "I am sorry about the boots."
DEAR, CLOSE = "Dear Pat Lee,", "Your money is on its way."
TEMPLATES = {"de": "@vorlage", "it": "@modello", "ru": "@шаблон", "ja": "@定型文"}
LOGO = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
COMMENTS = ("I look for the parcel.", "It is not in the cellar.", "It was on the shelf.")
CLOSING = "Best wishes\nKaren Miller"
ANSWER = "It is on its way to you now."


@story()
async def test_an_approved_text_around_the_words(at: Desk) -> None:
    await at.approves("Refund", "Dear {{ customer.name }},\n\nYour money is on its way.")
    await at.pat.writes(at.talk.letter)
    notice = await at.karen.gets()
    await at.karen.answers(notice, f"{TEMPLATES.get(at.language, '@template')} refund", WORDS)
    await at.pat.gets_exactly(DEAR, WORDS, CLOSE, quoted=at.talk.letter)
    await at.karen.answers(notice, WORDS, bcc=notice.address("template-refund"))
    await at.pat.gets_exactly(DEAR, WORDS, CLOSE, quoted=at.talk.letter)


@story()
async def test_ones_own_signature_gives_way_to_the_mailboxs(at: Desk) -> None:
    await at.pat.writes(at.talk.letter)
    notice = await at.karen.gets()
    below = signature(at.language)[1:]  # the name closes the letter, and stays
    # Three times it is nobody's but theirs; what they say only to us teaches as well.
    for words in COMMENTS:
        inside = notice.address("n")
        await at.karen.answers(notice, words, CLOSING, to=inside, signature=below, logo=LOGO)
    await at.running.rests()
    await at.karen.answers(notice, ANSWER, CLOSING, signature=below, logo=LOGO)
    got = await at.pat.gets_exactly(ANSWER, CLOSING, quoted=at.talk.letter)
    assert not [one for one in got.message.walk() if one.get_content_maintype() == "image"]
