"""Several things within a minute are one mail; none of them is lost, and none told twice."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from inbox.desk.assign import assign
from inbox.desk.draw_in import remove
from inbox.desk.move import move
from inbox.desk.people import disable_agent, set_agent
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.mail.tokens import find_token, hash_token
from inbox.model.actor import Actor
from inbox.outbound import composers
from inbox.outbound.composers import composer_of
from inbox.store.engine import Reader
from inbox.store.tables import Outbound
from tests.office import Office
from tests.peers import Arrived

_ADD = """
update outbound set draft = draft || jsonb_build_object('then', cast(:items as jsonb))
 where id = :id and state = 'waiting'
"""
KAREN, ANNA, PAT = "karen@us.example", "anna@us.example", "pat@shop.example"


@pytest.fixture
async def office(office: Office) -> Office:
    """The department, which is not told of each thing by itself."""
    settings = office.context.settings.model_copy(update={"bundle_seconds": 60})
    office.context = replace(office.context, settings=settings)
    return office


async def a_minute_passes(office: Office) -> None:
    """Whatever waits is due."""
    await office.change(
        "update outbound set run_at = now() - interval '2 minutes' where state = 'waiting'"
    )
    await office.change("update job set run_at = now() where done_at is null")
    await office.works()


def reply_to(mail: Arrived) -> str:
    """Where an answer to it goes."""
    return str(mail.mail["Reply-To"].addresses[0].addr_spec)


async def test_what_follows_within_a_minute_is_one_mail(office: Office) -> None:
    home = await office.hears(words="The boots are broken.", From=f"Pat Lee <{PAT}>")
    await office.works()
    await office.notes(home, "He is right, look at the seam.", by=office.anna)
    await office.works()
    await office.hears(
        words="And they are the wrong colour.",
        From=f"Pat Lee <{PAT}>",
        In_Reply_To=await _first_id(office, home),
        Subject="Re: Boots",
    )
    await office.works()
    assert len(office.relay.to(KAREN)) == 1  # the first one, at once
    await a_minute_passes(office)
    assert len(office.relay.to(KAREN)) == 2
    told = office.mail_to(KAREN)
    assert "\n\nAnd they are the wrong colour.\n" in told.text
    assert "A comment by Anna Rossi, only inside.\n\nHe is right, look at the seam." in told.text
    # It holds a comment: what is answered to it stays inside, and the customer has an address.
    assert "Your answer is a comment that only we see." in told.text
    assert find_token(reply_to(told)).verb == "n"  # type: ignore[union-attr] # it is one
    assert "Answer Pat Lee: " in told.text
    assert "> The boots are broken." in told.text
    [row] = await office.rows(
        "select max(e.id) as newest, max(t.shown_event_id) as shown"
        "  from reply_token t join event e on e.conversation_id = t.conversation_id"
        " where t.token_hash = :hash",
        hash=hash_token(find_token(reply_to(told)).token),  # type: ignore[union-attr] # it is one
    )
    assert row.shown == row.newest
    # Anna wrote the comment herself: the customer's second mail alone follows for her.
    assert "only inside" not in office.mail_to(ANNA).text
    assert "Your answer goes to Pat Lee." in office.mail_to(ANNA).text


async def test_what_comes_after_a_bundle_has_left_is_the_next(office: Office) -> None:
    home = await office.hears(words="The boots are broken.", From=f"Pat Lee <{PAT}>")
    await office.works()
    for thought in ("First", "Second"):
        await office.notes(home, f"{thought} thought.", by=office.anna)
        await office.works()
    await office.notes(home, "Third thought.", by=office.anna)
    await a_minute_passes(office)
    await a_minute_passes(office)
    texts = [one.text for one in office.relay.to(KAREN)]
    assert [["First" in one, "Second" in one, "Third" in one] for one in texts[1:]] == [
        [True, True, False],
        [False, False, True],
    ]
    assert len({one.mail["Message-ID"] for one in office.relay.to(KAREN)}) == len(texts)


async def test_what_is_added_while_a_mail_begins_to_leave_is_in_it(office: Office) -> None:
    """The last moment is after the mail was made, and before the relay is talked to."""
    home = await office.hears(words="The boots are broken.", From=f"Pat Lee <{PAT}>")
    await office.works()
    for thought in ("First", "Second"):
        await office.notes(home, f"{thought} thought.", by=office.anna)
        await office.works()
    [row] = await office.rows(
        "select id, header_id, draft -> 'then' as items from outbound where state = 'waiting'"
    )
    await office.change("update outbound set draft = draft - 'then' where id = :id", id=row.id)
    make = composer_of("notice")
    added: list[bool] = []

    async def made_too_early(db: Reader, context: Context, outbound: Outbound) -> Draft:
        draft = await make(db, context, outbound)
        if not added:
            added.append(True)
            await office.change(_ADD, id=outbound.id, items=json.dumps(row.items))
        return draft

    known = dict(composers._composers)
    composers._composers["notice"] = made_too_early
    try:
        await a_minute_passes(office)
    finally:
        composers._composers.update(known)
    told = office.mail_to(KAREN).text
    assert "First thought." in told
    assert "Second thought." in told


async def test_nothing_comes_in_quiet_hours_and_all_of_it_after_them(office: Office) -> None:
    # All day but a minute that is long past, or far ahead.
    await office.change(
        "update agent set quiet = '00:00-23:59', time_zone = 'Pacific/Kiritimati'"
        " where email = :email",
        email=KAREN,
    )
    home = await office.hears(words="The boots are broken.", From=f"Pat Lee <{PAT}>")
    await office.works()
    await office.replies(home, "New ones are on their way.", by=office.anna)
    await office.works()
    assert not office.relay.to(KAREN)
    assert office.relay.to(ANNA)
    await a_minute_passes(office)
    [told] = office.relay.to(KAREN)
    assert "\n\nThe boots are broken.\n" in told.text
    assert "Anna Rossi answered Pat Lee.\n\nNew ones are on their way." in told.text
    assert "Your answer is a comment that only we see." in told.text
    assert "Anna Rossi has it" in told.text


async def test_who_is_shut_out_meanwhile_hears_nothing_more(office: Office) -> None:
    await office.change("update agent set quiet = '00:00-23:59' where email = :email", email=KAREN)
    await office.hears(words="The boots are broken.", From=f"Pat Lee <{PAT}>")
    await office.works()
    async with office.database.write() as db:
        await disable_agent(db, KAREN, now=office.now)
    await a_minute_passes(office)
    assert not office.relay.to(KAREN)


async def test_what_is_moved_meanwhile_is_not_told_where_it_was(office: Office) -> None:
    quiet = "update agent set quiet = '00:00-23:59' where email = any(:them)"
    await office.change(quiet, them=[KAREN, ANNA])
    home = await office.hears(words="The boots are broken.", From=f"Pat Lee <{PAT}>")
    await office.works()
    billing = await office.mailbox("billing@us.example", name="Billing")
    async with office.database.write() as db:
        await set_agent(db, ANNA, {"mailboxes": "support@us.example,billing@us.example"})
        await move(db, home, billing, by=Actor.agent(office.anna, "Anna Rossi"), now=office.now)
    await office.change("update outbound set created_at = created_at - interval '1 minute'")
    await a_minute_passes(office)
    assert not office.relay.to(KAREN)
    assert "The boots are broken." in office.mail_to(ANNA).text  # who takes part there as well
    waiting = "select count(*) from outbound where state = 'waiting'"
    assert await office.one(waiting) == 0


async def test_who_leaves_the_mailbox_meanwhile_hears_nothing_more(office: Office) -> None:
    quiet = "update agent set quiet = '00:00-23:59' where email = :email"
    await office.change(quiet, email=KAREN)
    home = await office.hears(words="The boots are broken.", From=f"Pat Lee <{PAT}>")
    bob = await office.agent("bob@us.example", name="Bob Stone", role="colleague")
    await office.change(quiet, email="bob@us.example")
    await office.notes(home, "@bob, is there a pair?", by=office.anna)
    await office.works()
    async with office.database.write() as db:
        await set_agent(db, KAREN, {"mailboxes": ""})
        by = Actor.agent(office.anna, "Anna Rossi")
        await remove(db, home, bob, by=by, now=office.now)
    await a_minute_passes(office)
    assert not office.relay.to(KAREN)
    assert not office.relay.to("bob@us.example")


async def _first_id(office: Office, home: int) -> str:
    [row] = await office.rows(
        "select message_id from message where conversation_id = :id order by id limit 1", id=home
    )
    return f"<{row.message_id}>"


async def test_moves_in_a_bundle_say_where_each_went(office: Office) -> None:
    billing = await office.mailbox("billing@us.example", name="Billing", confirm="off")
    await office.agent("both@us.example", office.support, billing, name="Both")
    home = await office.hears(words="The boots are broken.", From=f"Pat Lee <{PAT}>")
    await office.works()
    for mailbox in (billing, office.support):
        async with office.database.write() as db:
            by = Actor.agent(office.karen, "Karen Miller")
            await move(db, home, mailbox, by=by, now=office.now)
    await office.works()
    await a_minute_passes(office)
    told = " ".join(office.mail_to("both@us.example").text.split())
    for name in ("Billing", "Support"):
        assert told.count(f"moved this conversation to {name}.") == 1


async def test_what_was_given_and_taken_back_meanwhile_is_not_told(office: Office) -> None:
    by = Actor.agent(office.anna, "Anna Rossi")
    home = await office.hears(words="The boots are broken.", From=f"Pat Lee <{PAT}>")
    await office.works()
    for whom in (office.karen, None):
        async with office.database.write() as db:
            await assign(db, home, whom, by=by, now=office.now)
        await office.notes(home, "Look at the seam.", by=office.anna)
        await office.works()
    await a_minute_passes(office)
    told = office.mail_to(KAREN).text
    assert "Look at the seam." in told
    assert "gave you" not in told
    assert "nobody has it yet" in told
    waiting = "select count(*) from outbound where state = 'waiting'"
    assert await office.one(waiting) == 0


async def test_nothing_is_told_where_all_of_it_was_taken_back(office: Office) -> None:
    by = Actor.agent(office.anna, "Anna Rossi")
    home = await office.hears(words="The boots are broken.", From=f"Pat Lee <{PAT}>")
    await office.works()
    before = len(office.relay.to(KAREN))
    for whom in (office.karen, None):
        async with office.database.write() as db:
            await assign(db, home, whom, by=by, now=office.now)
        await office.works()
    await a_minute_passes(office)
    assert len(office.relay.to(KAREN)) == before
