"""Who answers a mail of ours, wherever and with whatever program, is read without our own words."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clients.answer import PLACES, Answer
from tests.clients.notice import Seen
from tests.clients.programs import PROGRAMS
from tests.office import Office

JANE, KAREN = "jane@shop.example", "karen@us.example"
QUESTIONS = (
    "The boots that you sent me are broken. Can you send me new ones?",
    "And where is the second pair, which I ordered on Monday?",
)
ANSWERS = ("We send new ones today.", "It left our house this morning.")


def answer(raw: bytes, place: str, words: tuple[str, ...] = ANSWERS) -> Answer:
    return Answer(seen=Seen.of(raw), questions=QUESTIONS, words=words, place=place, language="en")


async def notice(office: Office) -> Any:
    await office.hears(words="\n\n".join((*QUESTIONS, "Pat")), Subject="Boots")
    await office.works()
    return office.mail_to(KAREN)


async def karen_sends(office: Office, seen: Any, raw: bytes) -> None:
    to = str(seen.mail["Reply-To"].addresses[0].addr_spec)
    await office.receives(raw, sender=KAREN, recipients=(to,))
    await office.works()


@pytest.mark.parametrize(("program", "as_html"), [("outlook", True), ("gmail", False)])
async def test_an_empty_answer_is_held(office: Office, program: str, as_html: bool) -> None:
    seen = await notice(office)
    empty = answer(seen.raw, "bottom", words=("",))
    raw = PROGRAMS[program].send(empty, from_="Karen <karen@us.example>", as_html=as_html)
    await karen_sends(office, seen, raw)
    assert await office.one("select reasons from held") == ["empty"]
    assert not office.relay.to(JANE)


async def jane_said(office: Office, raw: bytes) -> str:
    kept = await office.receives(raw, sender=JANE, recipients=("support@us.example",))
    assert kept is not None
    assert not kept.is_new
    return str(await office.one("select text from message order by id desc limit 1"))


@pytest.mark.parametrize("place", PLACES)
async def test_a_customer_answers_where_they_like(office: Office, place: str) -> None:
    conversation = await office.hears(words="Do you have boots?", Subject="Boots")
    await office.replies(conversation, "\n\n".join(("Good morning,", *QUESTIONS, "Karen")))
    await office.works()
    arrived = office.mail_to(JANE)
    raw = PROGRAMS["outlook"].send(answer(arrived.raw, place), from_=f"Jane <{JANE}>", as_html=True)
    said = await jane_said(office, raw)
    assert said.endswith(ANSWERS[1])
    assert "Karen" not in said
    assert ("second pair" in said) == (place == "inline")


async def test_what_a_customer_changed_in_the_quote_is_seen(office: Office) -> None:
    conversation = await office.hears(words="What do the boots cost?", Subject="Boots")
    await office.replies(conversation, "The boots cost 90 EUR with the postage.\n\nKaren")
    await office.works()
    below = office.mail_to(JANE).raw.replace(b"90 EUR", b"60 EUR")
    raw = PROGRAMS["gmail"].send(
        answer(below, "top", ("I agree.",)), from_=f"Jane <{JANE}>", as_html=False
    )
    said = await jane_said(office, raw)
    assert said == "I agree.\n\n> The boots cost 60 EUR with the postage."
