"""What a colleague may ask for by mail who was only asked, who was given it, and how they leave."""

from __future__ import annotations

import pytest

from inbox.desk.assign import assign
from inbox.model.actor import Actor
from tests.notify.asking import JANE, KAREN, Desk
from tests.notify.test_colleagues import BOB, answer_address, answers, asked, asks_again, bob
from tests.peers import Arrived

__all__ = ["bob"]


async def given(desk: Desk, to: int) -> Arrived:
    """Karen gives Bob the conversation; his notice."""
    async with desk.office.database.write() as db:
        by = Actor.agent(desk.office.karen, "Karen Miller")
        await assign(db, desk.home, to, by=by, now=desk.office.now)
    await desk.office.works()
    return desk.office.mail_to(BOB)


async def state(desk: Desk) -> tuple[object, ...]:
    rows = await desk.office.rows(
        "select status, assignee_id, mailbox_id, tags, priority from conversation where id = :id",
        id=desk.home,
    )
    return tuple(map(str, rows[0]))


async def test_who_was_only_asked_decides_nothing(desk: Desk, bob: int) -> None:
    office = desk.office
    await office.mailbox("billing@us.example", name="Billing")
    notice = await asked(desk)
    links = notice.text
    assert not any(f"{one}:" in links for one in ("Take it", "Close", "Tomorrow", "Give it back"))
    before = await state(desk)
    theirs = ["@spam", "@move billing", "@tag vip", "@notices none"]
    holders = ["@close", "@take", "@snooze tomorrow", "@template refund"]
    lines = "\n".join([*theirs, *holders])
    await answers(desk, notice, f"{lines}\n@note\nThere is one left.")
    assert await state(desk) == before
    told = " ".join(office.mail_to(BOB).text.split())
    assert told.startswith("Nothing of what you asked for was done")
    for line in theirs:
        assert f"“{line}”: only those whose mailbox it is can do that." in told
    for line in holders:
        assert f"“{line}”: you were asked about this conversation, it was not given to you" in told
    assert "@leave" in told  # which is among what is possible
    assert "@move Sales" not in told
    assert "@unfollow" not in told  # of what they cannot follow
    await answers(desk, notice, "@schließen", To=answer_address(notice, "spam"))
    assert await state(desk) == before
    assert not office.relay.to(JANE)


async def test_who_was_given_it_works_on_it_and_no_more(desk: Desk, bob: int) -> None:
    office = desk.office
    notice = await given(desk, bob)
    assert "Close:" in notice.text
    assert "Give it back:" in notice.text
    await answers(desk, notice, "@snooze tomorrow")
    assert "conversation.snoozed" in await office.events(desk.home)
    await answers(desk, notice, "@close\nThey are on their way.", To=answer_address(notice, "r"))
    assert office.relay.to(JANE)
    assert (await desk.stands())[0] == "closed"
    await answers(desk, notice, "@reopen\n@tag vip")
    assert (await desk.stands())[0] == "closed"
    await answers(desk, notice, "@reopen")
    assert await desk.stands() == ("open", bob)


@pytest.mark.parametrize("way", ["link", "@leave"])
async def test_giving_it_back_is_told_to_who_gives_out_the_work(
    desk: Desk, bob: int, way: str
) -> None:
    notice = await given(desk, bob)
    if way == "link":
        await answers(desk, notice, "", To=answer_address(notice, "assign-nobody"))
    else:
        await answers(desk, notice, f"{way}\nIt is not ours.")
        assert (await desk.said())[-1] == ("note", "It is not ours.")
    assert await desk.stands() == ("open", None)
    told = [one.text for one in desk.office.relay.to(KAREN)]
    assert any(one.startswith("Bob Stone gave the conversation back.") for one in told)


async def test_handing_it_on(desk: Desk, bob: int) -> None:
    """To the people of the mailbox, not to whomever one likes."""
    eve = await desk.office.agent("eve@corp.example", name="Eve Hill", role="colleague")
    notice = await given(desk, bob)
    await answers(desk, notice, "@assign eve")
    assert await desk.stands() == ("open", bob)
    told = desk.office.mail_to(BOB).text
    assert "There are: Karen Miller, Anna Rossi" in " ".join(told.split())
    assert eve
    await answers(desk, notice, "@assign anna")
    assert await desk.stands() == ("open", desk.office.anna)


async def test_a_mailbox_where_colleagues_never_answer_does_not_let_them_close(
    desk: Desk, bob: int
) -> None:
    await desk.office.change("update mailbox set colleagues_answer = 'never'")
    notice = await given(desk, bob)
    await answers(desk, notice, "@close")
    assert (await desk.stands())[0] == "open"
    await answers(desk, notice, "@wait")
    assert (await desk.stands())[0] == "waiting"


async def test_who_leaves_hears_no_more(desk: Desk, bob: int) -> None:
    notice = await asked(desk)
    assert "No more mails of this conversation:" in notice.text
    assert "write “@leave” on the first line" in " ".join(notice.text.split())
    await answers(desk, notice, "", To=answer_address(notice, "leave"))
    assert "You get no more mails of this conversation" in desk.office.mail_to(BOB).text
    heard = len(desk.office.relay.to(BOB))
    await asks_again(desk, "Any news?")
    await desk.office.works()
    assert len(desk.office.relay.to(BOB)) == heard
    await asked(desk, "@bob once more, please")  # and is asked again
    assert len(desk.office.relay.to(BOB)) == heard + 1


async def test_nobody_takes_what_they_move_to_a_mailbox_of_others(desk: Desk) -> None:
    await desk.office.mailbox("billing@us.example", name="Billing")
    await desk.sends("@move billing\n@assign me")
    told = " ".join((await desk.nothing_is_done()).split())
    assert "“@assign me”: only those whose mailbox it is can do that." in told
    assert "“@move billing” was understood." in told


async def test_a_member_has_nothing_to_leave(desk: Desk) -> None:
    await desk.sends("@leave")
    told = " ".join((await desk.nothing_is_done()).split())
    assert "because its mailbox is yours. To hear less, write “@notices mine”" in told
