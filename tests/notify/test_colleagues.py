"""Colleagues of other departments: drawn into one conversation, by mail, until it ends."""

from __future__ import annotations

import re
from typing import Any

import pytest

from inbox.desk.assign import assign
from inbox.desk.draw_in import remove
from inbox.desk.undo import undo
from inbox.errors import Invalid
from inbox.model.actor import Actor
from inbox.model.address import Address
from inbox.store.tables import Agent
from tests.notify.asking import JANE, Desk
from tests.peers import Arrived

BOB = "bob@corp.example"
FROM_BOB = f"Bob Stone <{BOB}>"


@pytest.fixture
async def bob(desk: Desk) -> int:
    """In the warehouse; a membership of before counts for nothing."""
    colleague = {"name": "Bob Stone", "role": "colleague"}
    return await desk.office.agent(BOB, desk.office.support, **colleague)


def answer_address(notice: Arrived, verb: str = "n") -> str:
    reply_to = str(notice.mail["Reply-To"].addresses[0].addr_spec)
    return reply_to.replace("+n.", f"+{verb}.").replace("+r.", f"+{verb}.")


async def answers(desk: Desk, notice: Arrived, words: str, **headers: Any) -> None:
    whole = {
        "From": FROM_BOB,
        "To": answer_address(notice),
        "Subject": "Re: Boots",
        "In-Reply-To": str(notice.mail["Message-ID"]),
        **headers,
    }
    await desk.office.receives(desk.office.letter(words, **whole))
    await desk.office.works()


async def asks_again(desk: Desk, words: str, **headers: str) -> None:
    """Jane writes once more in her thread."""
    first = str(desk.notice.mail["References"]).split()[0]
    whole: dict[str, Any] = {"Subject": "Re: Boots", "In_Reply_To": first, **headers}
    assert await desk.office.hears(words=words, **whole) == desk.home


async def asked(desk: Desk, words: str = "@bob can you look for a pair?") -> Arrived:
    """Karen speaks to Bob in a comment; his notice."""
    await desk.office.notes(desk.home, words)
    await desk.office.works()
    return desk.office.mail_to(BOB)


async def test_who_is_spoken_to_hears_of_it_and_comments(desk: Desk, bob: int) -> None:
    assert not desk.office.relay.to(BOB)  # of what came before
    notice = await asked(desk)
    top = notice.text.splitlines()[:3]
    assert top == [
        "Your answer is a comment that only we see.",
        "A comment by Karen Miller, only inside.",
        "Karen Miller asks you to take part.",
    ]
    assert "The boots are broken." in notice.text  # what the customer wrote, below
    assert "desk.us.example" not in notice.raw.decode()  # no page that they could not open
    assert "Answer Jane" not in notice.text
    assert notice.mail["References"].split()[0] == desk.notice.mail["References"].split()[0]
    await answers(desk, notice, "There is one left.")
    assert (await desk.said())[-1] == ("note", "There is one left.")
    assert not desk.office.relay.to(JANE)
    names = await desk.office.events(desk.home)
    assert names[-3:] == ["person.drawn_in", "message.noted", "message.noted"]


async def test_from_then_on_they_hear_of_everything_but_machines(desk: Desk, bob: int) -> None:
    await asked(desk)
    await asks_again(desk, "Any news?")
    await asks_again(desk, "I am away.", Auto_Submitted="auto-replied")
    other = await desk.office.hears(words="Another matter.", Subject="Gloves")
    await desk.office.notes(other, "Nobody else's business.")
    await desk.office.works()
    heard = [one.text for one in desk.office.relay.to(BOB)]
    assert any("Any news?" in one for one in heard)
    assert not any("away" in one or "Another" in one or "business" in one for one in heard)


async def test_who_is_not_drawn_in_hears_nothing_and_is_not_heard(desk: Desk, bob: int) -> None:
    stolen = desk.notice
    await answers(desk, stolen, "I was passed this.")
    assert not desk.office.relay.to(BOB)
    assert [kind for kind, _ in await desk.said()] == ["held"]


async def test_a_customer_draws_nobody_in(desk: Desk, bob: int) -> None:
    await asks_again(desk, "@bob, are you there? I put you on Cc.", Cc=BOB)
    await desk.office.works()
    assert not desk.office.relay.to(BOB)
    assert not await desk.office.rows("select 1 from follower")


@pytest.mark.parametrize(
    ("mailbox", "has_it", "goes_out"),
    [
        ("assigned", True, True),
        ("assigned", False, False),
        ("always", False, True),
        ("never", True, False),
    ],
)
async def test_whether_a_colleague_answers_the_customer(
    desk: Desk, bob: int, mailbox: str, has_it: bool, goes_out: bool
) -> None:
    office = desk.office
    await office.change("update mailbox set colleagues_answer = :it", it=mailbox)
    if has_it:
        async with office.database.write() as db:
            by = Actor.agent(office.karen, "Karen Miller")
            await assign(db, desk.home, bob, by=by, now=office.now)
        await office.works()
        notice = office.mail_to(BOB)
        assert "Karen Miller gave you this conversation." in notice.text
    else:
        notice = await asked(desk)
    assert ("Answer Jane" in notice.text) is goes_out
    await answers(desk, notice, "We send a new pair.", To=answer_address(notice, "r"))
    assert bool(office.relay.to(JANE)) is goes_out
    if goes_out:
        assert BOB not in office.mail_to(JANE).raw.decode()
    else:
        told = " ".join(office.mail_to(BOB).text.split())
        assert told.startswith("Your answer to Jane Doe was not sent. Colleagues do not answer")
        assert "+x." not in told


async def test_giving_it_to_a_colleague_by_mail(desk: Desk, bob: int) -> None:
    await desk.office.change("update agent set tasks = true where id = :id", id=bob)
    await desk.sends("@assign bob\n@note\nHe knows the boots.")
    assert await desk.stands() == ("open", bob)
    assert any("gave you this conversation" in one.text for one in desk.office.relay.to(BOB))
    [task] = [one for one in desk.office.relay.to(BOB) if b"text/calendar" in one.raw]
    assert "/conversations/" not in task.text
    assert "URL" not in task.mail.as_string()  # there are no pages for a colleague
    await desk.office.agent("bob2@corp.example", name="Bob Dale", role="colleague")
    await desk.sends("@assign bob")
    assert "may mean" in desk.office.mail_to("karen@us.example").text


async def test_a_colleague_on_cc_of_an_answer(desk: Desk, bob: int) -> None:
    await desk.sends("We look for a pair.", Cc=f"{FROM_BOB}, Ann <ann@partner.example>")
    sent = desk.office.mail_to(JANE)
    assert BOB not in sent.raw.decode()
    assert set(sent.recipients) <= {JANE, "ann@partner.example"}
    notice = desk.office.mail_to(BOB)
    assert "Karen Miller asks you to take part." in notice.text
    assert "We look for a pair." in notice.text


async def test_what_is_taken_back_draws_nobody_in(desk: Desk, bob: int) -> None:
    office = desk.office
    await office.change("update mailbox set undo_seconds = 60")
    sent = await office.replies(desk.home, "We look.", cc=(_address(BOB),))
    async with office.database.write() as db:
        await undo(db, sent.id, by=await db.get_one(Agent, office.karen), now=office.now)
    await office.works()
    assert not office.relay.to(BOB)
    assert not await office.rows("select 1 from follower")


async def test_when_access_ends_nothing_more_comes_or_counts(desk: Desk, bob: int) -> None:
    notice = await asked(desk)
    heard = len(desk.office.relay.to(BOB))
    async with desk.office.database.write() as db:
        by = Actor.agent(desk.office.karen, "Karen Miller")
        await remove(db, desk.home, bob, by=by, now=desk.office.now)
    await asks_again(desk, "Any news?")
    await desk.office.works()
    assert len(desk.office.relay.to(BOB)) == heard
    await answers(desk, notice, "@close\nStill here.")
    assert (await desk.stands())[0] == "open"
    assert (await desk.said())[-1][0] == "held"


async def test_a_comment_to_one_of_two_is_not_taken(desk: Desk, bob: int) -> None:
    await desk.office.agent("bob2@corp.example", name="Bob Dale", role="colleague")
    await desk.sends("@bob look, please", "n")
    assert "“@bob” may mean Bob Stone and Bob Dale." in await desk.nothing_is_done()
    with pytest.raises(Invalid):
        await desk.office.notes(desk.home, "@bob look, please")


async def test_an_answer_that_speaks_to_one_of_us_does_not_leave(desk: Desk, bob: int) -> None:
    await desk.sends("@bob is there another pair?")
    assert "“@Bob Stone” speaks to one of us" in await desk.nothing_is_done()
    assert not desk.office.relay.to(BOB)


async def test_who_is_joined_and_parted_again(desk: Desk, bob: int) -> None:
    """What was joined by mistake is none of the colleague's once it is parted."""
    office = desk.office
    await asked(desk)
    other = await office.hears(words="My gloves.", Subject="Gloves", From="sue@mill.example")
    await office.change(
        "update conversation set merged_into = :o where id = :h", o=other, h=desk.home
    )
    await office.notes(other, "Now together.")
    await office.works()
    assert "Now together." in office.mail_to(BOB).text
    await office.change("update conversation set merged_into = null")
    await office.notes(other, "Apart again.")
    await office.works()
    assert not any("Apart again." in one.text for one in office.relay.to(BOB))


async def test_who_may_answer_no_more_does_not_by_letting_go_what_waits(
    desk: Desk, bob: int
) -> None:
    """Bob's answer waits for him, and the conversation is given to somebody else meanwhile."""
    office = desk.office
    by = Actor.agent(office.karen, "Karen Miller")
    async with office.database.write() as db:
        await assign(db, desk.home, bob, by=by, now=office.now)
    await office.works()
    notice = office.mail_to(BOB)
    await office.replies(desk.home, "We look for a pair.")
    await answers(desk, notice, "There is none.", To=answer_address(notice, "r"))
    [to] = re.findall(r"support\+send\.\S+", office.mail_to(BOB).text)
    async with office.database.write() as db:
        await assign(db, desk.home, office.karen, by=by, now=office.now)
    await answers(desk, notice, "", To=to)
    assert len(office.relay.to(JANE)) == 1
    told = " ".join(office.mail_to(BOB).text.split())
    assert "Colleagues do not answer customers here" in told
    await answers(desk, notice, "", To=to.replace("+send.", "+note."))
    assert (await desk.said())[-1] == ("note", "There is none.")


def _address(address: str) -> Address:
    return Address(address=address)
