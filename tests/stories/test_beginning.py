"""One of us begins: with a mail that is passed on, with the mailbox in copy, as the department."""

from __future__ import annotations

import pytest

from tests.clients.forwards import Inner
from tests.clients.notice import Seen
from tests.stories.desk import Desk
from tests.stories.outside import letters
from tests.stories.telling import story

pytestmark = [pytest.mark.database, pytest.mark.slow]

WORDS = "Your boots are back from the shoemaker."


@story(anna="all")
async def test_a_customers_mail_is_passed_on(at: Desk) -> None:
    inner = Inner(name=at.pat.name, address=at.pat.address, to=(("Karen", at.karen.address),))
    raw = at.program.forward(
        inner,
        "He is in a hurry.",
        from_=str(at.karen),
        to=at.support,
        language=at.language,
        as_html=at.as_html,
    )
    await at.karen.sends(raw, at.support)
    await at.anna.gets("He is in a hurry.")
    told = await at.anna.gets()
    [mail, note] = await at.entries()
    assert (mail.kind, mail.author_name, letters(mail.text)) == (
        "mail",
        at.pat.name,
        letters(inner.text),
    )
    assert (note.kind, note.author_name, note.text) == ("note", "Karen Miller", "He is in a hurry.")
    await at.anna.answers(told, WORDS)
    await at.pat.gets_exactly(WORDS, quoted=inner.text)
    await at.karen.gets(WORDS)


@story()
async def test_the_mailbox_in_copy(at: Desk) -> None:
    raw = at.program.write(
        WORDS,
        from_=str(at.karen),
        to=str(at.pat),
        cc=at.support,
        subject="Your boots",
        as_html=at.as_html,
    )
    await at.karen.sends(raw, at.support)
    await at.running.rests()
    assert await at.stands() == ("waiting", "Karen Miller")
    await at.pat.answers(Seen.of(raw), "When can I come?", to=at.karen.address, cc=at.support)
    await at.karen.gets("When can I come?")
    assert [(one.kind, one.text) for one in await at.entries()] == [
        ("reply", WORDS),
        ("mail", "When can I come?"),
    ]
    assert len({one.conversation_id for one in await at.entries()}) == 1


@story()
async def test_the_mailbox_in_a_hidden_copy(at: Desk) -> None:
    raw = at.program.write(
        WORDS, from_=str(at.karen), to=str(at.pat), subject="Your boots", as_html=at.as_html
    )
    await at.karen.sends(raw, at.support)
    await at.running.rests()
    assert [(one.kind, one.text) for one in await at.entries()] == [("reply", WORDS)]
    assert await at.stands() == ("waiting", "Karen Miller")
    # The answer comes to her alone, and she passes it on.
    answer = Seen.of(at.program.answer(raw, "When can I come?", from_=str(at.pat)))
    inner = Inner(
        name=at.pat.name,
        address=at.pat.address,
        to=(("Karen", at.karen.address),),
        cc=(),
        subject="Re: Your boots",
        text=answer.text,
    )
    onward = at.program.forward(
        inner, "", from_=str(at.karen), to=at.support, language=at.language, as_html=at.as_html
    )
    await at.karen.sends(onward, at.support)
    await at.running.rests()
    entries = await at.entries()
    assert [(one.kind, one.author_name) for one in entries[1:]] == [("mail", at.pat.name)]
    assert len({one.conversation_id for one in entries}) == 1
    assert await at.stands() == ("open", "Karen Miller")


@story()
async def test_as_the_department(at: Desk) -> None:
    new = at.support.replace("@", "+new@")
    await at.karen.writes(f"@to {at.pat.address}\n\n{WORDS}", to=new, subject="Your boots")
    got = await at.pat.gets()
    assert WORDS in got.text
    assert got.message["Subject"] == "Your boots"
    assert str(got.message["From"]) == f'"Karen Miller (Support)" <{at.support}>'
    await at.pat.answers(got, "When can I come?")
    await at.karen.gets("When can I come?")
    assert [(one.kind, one.text) for one in await at.entries()] == [
        ("reply", WORDS),
        ("mail", "When can I come?"),
    ]
