"""People put conversations off, move, tag and weigh them from their mail program."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from inbox.clock import utcnow
from tests.notify.asking import ANNA, JANE, KAREN, Desk


@pytest.fixture
def desk_now(desk: Desk) -> Desk:
    """What is asked for now lies ahead of the clock that wakes it."""
    desk.office.now = utcnow() - timedelta(hours=1)
    return desk


async def row(desk: Desk) -> tuple[object, ...]:
    [found] = await desk.office.rows(
        "select status, returns_at, tags, priority, mailbox_id from conversation where id = :id",
        id=desk.home,
    )
    return tuple(found)


async def test_an_answer_that_waits_is_confirmed_in_full(desk_now: Desk) -> None:
    desk = desk_now
    await desk.sends("@wait 3 days\n@tag VIP, big client\n@prio hoch\n\nWhich size do you have?")
    status, returns_at, tags, priority, _ = await row(desk)
    assert (status, tags, priority) == ("waiting", ["big-client", "vip"], 1)
    assert str(returns_at)[11:16] == "09:00"
    assert desk.office.mail_to(JANE).text.startswith("Which size do you have?\n")
    told = desk.office.mail_to(KAREN)
    assert told.text.startswith("It waits for the customer until ")
    assert ", 09:00 (UTC).\n" in told.text
    # Who reads of one thing would think that the others were not done.
    assert "\nDone: @tag VIP, big client, @prio hoch.\n" in told.text
    assert "\nAn answer to this mail is a comment that only we see.\n" in told.text
    lines = r" *\n +@reopen *\n +@untag vip, big-client *\n +@priority normal"
    assert re.search(r"Undo: a mail to support\+n\.\S+ that begins with" + lines, told.text)
    assert "+n." in str(told.mail["Reply-To"])
    assert len(desk.office.relay.to(JANE)) == 1
    assert await desk.said() == [("reply", "Which size do you have?")]


async def test_an_address_puts_it_off_and_its_undo_brings_it_back(desk_now: Desk) -> None:
    desk = desk_now
    await desk.sends("", "snooze-tomorrow")
    assert (await row(desk))[0] == "snoozed"
    assert desk.office.mail_to(KAREN).text.startswith("Put off until ")
    await desk.sends("@reopen\n\n-- \n", "n")
    assert (await row(desk))[:2] == ("open", None)
    assert await desk.said() == []


async def test_a_name_that_was_guessed_is_confirmed_and_a_whole_one_is_not(desk: Desk) -> None:
    await desk.sends("", "assign-ros")
    assert (await desk.stands())[1] == desk.office.anna
    told = desk.office.mail_to(KAREN).text
    assert told.startswith("Given to Anna Rossi.\n")
    assert "@assign nobody" in told
    count = len(desk.office.relay.to(KAREN))
    await desk.sends("@assign nobody")
    await desk.sends(f"@assign {ANNA}")
    assert (await desk.stands())[1] == desk.office.anna
    assert len(desk.office.relay.to(KAREN)) == count


async def test_it_goes_to_another_department_with_a_word_inside(desk: Desk) -> None:
    billing = await desk.office.mailbox("billing@us.example", name="Billing", undo_seconds=0)
    ben = await desk.office.agent("ben@us.example", billing, name="Иван Петров")
    await desk.sends("@note\n@move bill\n@assign ivan\n@priority urgent\n\nShe wants her money.")
    assert (await row(desk))[3:] == (2, billing)
    assert (await desk.stands())[1] == ben
    assert await desk.said() == [("note", "She wants her money.")]
    assert not desk.office.relay.to(JANE)
    told = desk.office.mail_to(KAREN).text
    assert told.startswith("Moved to Billing.\nGiven to Иван Петров.\n")
    assert "@move" not in told  # she takes no part there: she cannot take it back
    texts = [mail.text for mail in desk.office.relay.to("ben@us.example")]
    assert any("She wants her money." in text for text in texts)
    assert any("Karen Miller gave you this conversation." in text for text in texts)
    # Her notice gives her no right there any more.
    await desk.sends("One thing more")
    assert "You do not take part in this mailbox." in desk.office.mail_to(KAREN).text
    assert not desk.office.relay.to(JANE)


async def test_a_date_in_an_answer_is_offered_with_the_next_notice(desk_now: Desk) -> None:
    desk = desk_now
    office = desk.office
    await desk.sends("We will send it by tomorrow at 14:00.")
    before = len(office.relay.to(KAREN))
    await office.hears(office.letter("Fine.", answers=office.mail_to(JANE).mail))
    await office.works()
    told = office.mail_to(KAREN)
    assert len(office.relay.to(KAREN)) == before + 1, "no mail is written for it"
    at = (office.now + timedelta(days=1)).strftime("%Y-%m-%d 14:00")
    offered = (
        rf"You wrote “by tomorrow at 14:00”\. Promise an answer until .+ begins with @promise {at}"
    )
    assert re.search(offered, " ".join(told.text.split()))
    assert "You wrote" not in office.mail_to(ANNA).text
    # It can be sent as it is; what comes then offers it no more.
    desk.notice = told
    await desk.sends(f"@promise {at}\n\n-- \nSending this mail promises an answer by then.", "n")
    until = await office.one("select promised_until from conversation where id = :id", id=desk.home)
    assert f"{until:%Y-%m-%d %H:%M}" == at
    assert [kind for kind, _ in await desk.said()] == ["reply"]
    await office.hears(office.letter("And?", answers=office.mail_to(JANE).mail))
    await office.works()
    assert "You wrote" not in office.mail_to(KAREN).text


async def test_a_date_in_an_answer_is_offered_where_it_is_confirmed_anyway(desk_now: Desk) -> None:
    await desk_now.sends("@wait 3 days\n\nWe will send it by tomorrow at 14:00.")
    assert "begins with @promise " in " ".join(desk_now.office.mail_to(KAREN).text.split())
