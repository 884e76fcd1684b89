"""However much is forged, or answered by robots, a person gets few mails of it and sees all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from inbox.desk.answer import Answer
from inbox.desk.held import hold
from inbox.desk.plan import plan, take_plan_back
from inbox.notify.held_more import tell_of_more
from inbox.store.tables import Agent
from tests.office import Office

pytestmark = pytest.mark.database

KAREN, ANNA = "karen@us.example", "anna@us.example"


async def test_a_hundred_forged_mails_are_few_to_read(office: Office) -> None:
    conversation = await office.hears(Subject="Boots")
    await office.works()
    before = len(office.relay.to(KAREN))
    address = await office.token(conversation, office.karen)
    for number in range(3):
        await office.receives(office.letter(f"Forged {number}", To=address, From="m@evil.example"))
    async with office.database.write() as db:
        karen = await db.get_one(Agent, office.karen)
        for number in range(97):
            answer = Answer(text=f"Forged {number}")
            await hold(
                db, conversation, answer, verb="reply", reasons=["unknown_sender"], by=karen,
                now=office.now, context=office.context,
            )  # fmt: skip
    [job] = await office.rows("select run_at from job where kind = 'notify.held_more'")
    assert office.now < job.run_at <= office.now + timedelta(hours=1)
    await office.works()
    # Three at once, and one about all the others.
    assert len(office.relay.to(KAREN)) - before == 4
    told = office.mail_to(KAREN)
    assert told.text.startswith("97 more mails in your name were held back: nothing was sent.")
    assert f"https://desk.us.example/conversations/{conversation}" in told.text
    assert await office.one("select count(*) from held where state = 'waiting'") == 100


async def test_who_looks_at_answers_first_still_hears_of_a_slip_of_the_pen(office: Office) -> None:
    conversation = await office.hears(Subject="Boots")
    address = await office.token(conversation, office.karen)
    for number in range(4):
        await office.receives(office.letter(f"@show\nDraft {number}.", From=KAREN, To=address))
    await office.receives(office.letter("@clsoe\nDear Pat.", From=KAREN, To=address))
    await office.works()
    assert "“@clsoe” is no command." in office.mail_to(KAREN).text


_CONFIRMED = """
insert into outbound (kind, header_id, sender, mailbox_id, conversation_id, agent_id, state,
                      created_at)
select 'done', 'done.' || n || '@us.example', '', :mailbox, :home, :karen, 'sent', :now
  from generate_series(1, 60) as n
"""


async def test_orders_without_words_are_not_confirmed_for_ever(office: Office) -> None:
    """A robot that answers each confirmation, seldom enough for the hour."""
    home = await office.hears(Subject="Boots")
    await office.works()
    await office.change(
        _CONFIRMED, mailbox=office.support, home=home, karen=office.karen, now=office.now
    )
    address = await office.token(home, office.karen)

    async def asks(day: int) -> int:
        order = f"@promise in {day} days"
        await office.receives(office.letter(order, From=KAREN, To=address))
        await office.works()
        return len(office.relay.to(KAREN))

    before = len(office.relay.to(KAREN))
    assert await asks(2) == before + 1
    told = office.mail_to(KAREN).text
    assert "More came within an hour or a day than a person writes." in told
    assert [await asks(3), await asks(4)] == [before + 1] * 2
    assert await office.one("select promised_until from conversation") is None
    # Who looks at it begins anew.
    await office.change("update held set state = 'dropped', ended_at = :now", now=office.now)
    office.now += timedelta(minutes=1)
    await asks(5)
    assert await office.one("select promised_until from conversation")


async def test_of_what_was_refused_nothing_is_silent(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = await office.hears(Subject="Boots")
    address = await office.token(conversation, office.karen)
    for number in range(6):
        mail = office.letter(f"@clsoe\nDear Pat {number}.", From=KAREN, To=address)
        await office.receives(mail)
    async with office.database.write() as db:
        anna = await db.get_one(Agent, office.anna)
        at, later = office.now, Answer(text="Dear Pat, later.")
        about: Any = {"by": anna, "now": at, "context": office.context}
        newest = await plan(db, conversation, later, at + timedelta(days=1), **about)
    for _ in range(12):
        await office.receives(office.letter("@show", From=KAREN, To=address))
        await office.receives(office.letter("@undo", From=KAREN, To=address))
    monkeypatch.setattr("inbox.intake.finding._MOST", 0)
    await office.receives(office.letter("@find soles", From=KAREN, To=address))
    async with office.database.write() as db:  # the entry is gone that was the newest by then
        await take_plan_back(db, newest.id, by=anna, now=office.now)
    await office.works()
    [job] = await office.rows("select args from job where kind = 'notify.held_more'")
    async with office.database.write() as db:
        await tell_of_more(db, office.context, **job.args)
        await tell_of_more(db, office.context, **{**job.args, "further": []})
    await office.works()
    assert await office.one("select count(*) from outbound where kind = 'held_more'") == 1
    text = " ".join(office.mail_to(KAREN).text.split())
    assert text.startswith("3 more mails in your name were held back: nothing was sent. So many")
    assert "“@clsoe” is no command. Did you mean @close?" in text
    assert "There is no answer of yours here" in text
    assert "Nothing was undone" in text
    assert "You looked for “soles”: ask again." in text


async def test_nothing_is_said_of_what_was_decided_meanwhile(office: Office) -> None:
    await office.hears()
    since = (office.now - timedelta(hours=1)).isoformat()
    async with office.database.write() as db:
        await tell_of_more(db, office.context, agent_id=office.karen, since=since)
    assert await office.one("select count(*) from outbound where kind = 'held_more'") == 0


async def test_two_robots_come_to_an_end(office: Office) -> None:
    conversation = await office.hears(Subject="Boots")
    both = {KAREN: office.karen, ANNA: office.anna}
    addresses = {one: await office.token(conversation, id_, "n") for one, id_ in both.items()}
    for number in range(22):  # each answers what the other has said, at once
        for who, address in addresses.items():
            office.now -= timedelta(seconds=59)
            await office.receives(office.letter(f"I am a robot ({number})", From=who, To=address))
    said = "select count(*) from message where kind = 'note' and author_id = :agent"
    assert [await office.one(said, agent=one) for one in both.values()] == [20, 20]
    reasons = {tuple(row.reasons) for row in await office.rows("select reasons from held")}
    assert reasons == {("too_many",)}
    office.now += timedelta(hours=2)
    await office.receives(office.letter("Still here.", From=KAREN, To=addresses[KAREN]))
    assert await office.one(said, agent=office.karen) == 20
    await office.change(
        "update held set state = 'dropped' where agent_id = :karen", karen=office.karen
    )
    await office.receives(office.letter("It was my program.", From=KAREN, To=addresses[KAREN]))
    assert await office.one(said, agent=office.karen) == 21
