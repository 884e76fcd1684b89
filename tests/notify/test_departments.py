"""A department behind one address joins: whoever answers is confirmed once by an administrator."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import update

from inbox.desk.assign import assign
from inbox.desk.departments import add_speaker, remove_speaker, the_department
from inbox.desk.mailboxes import add_mailbox
from inbox.desk.newcomers import confirm, refuse
from inbox.desk.people import add_agent
from inbox.errors import Conflict, InboxError, Invalid, NotFound
from inbox.jobs.registry import Context
from inbox.model.actor import Actor
from inbox.settings import Settings
from inbox.store.departments import departments
from inbox.store.tables import Agent, Newcomer
from tests.intake.house import as_bytes
from tests.mail_auth.zone import PUBLIC, signed
from tests.notify.asking import JANE, KAREN, Desk
from tests.notify.test_colleagues import answer_address

LOGISTICS, LEE = "logistics@corp.example", "lee@corp.example"


@pytest.fixture
async def asked(desk: Desk) -> Desk:
    """Karen, an administrator, has asked the department; mails are checked here."""
    office = desk.office
    office.context = Context(
        settings=Settings(relay_url=office.relay.url, mail_auth="direct"),
        database=office.database,
        secret=office.context.secret,
    )
    for domain in ("corp.example", "evil.example"):
        office.zone.txt(f"s._domainkey.{domain}", f"v=DKIM1; k=ed25519; p={PUBLIC}")
        office.zone.txt(f"_dmarc.{domain}", "v=DMARC1; p=none")
    await office.change("update agent set role = 'admin' where id = :id", id=office.karen)
    async with office.database.write() as db:
        await add_agent(db, email=LOGISTICS, name="Logistics", role="colleague", is_list=True)
    await office.notes(desk.home, "@logistics where is the parcel?")
    await office.works()
    return desk


def letter(
    desk: Desk, words: str, from_: str = f"Lee Park <{LEE}>", **headers: str
) -> EmailMessage:
    notice = desk.office.mail_to(LOGISTICS)
    whole: dict[str, Any] = {
        "From": from_,
        "To": answer_address(notice),
        "Subject": "Re: Boots",
        "In_Reply_To": str(notice.mail["Message-ID"]),
        **headers,
    }
    return desk.office.letter(words, **whole)


async def says(desk: Desk, words: str, from_: str = f"Lee Park <{LEE}>", **headers: str) -> None:
    """Somebody answers the department's notice, by the mail system of their domain."""
    mail = letter(desk, words, from_, **headers)
    domain = from_.rpartition("@")[2].strip(">")
    raw = signed(as_bytes(mail), domain)
    to = str(mail["To"].addresses[0].addr_spec)
    await desk.office.receives(raw, sender=LEE, recipients=(to,))
    await desk.office.works()


async def decides(desk: Desk, answer: str = "Confirm") -> None:
    """Karen sends the mail that the question offers; its address is all that she takes from it."""
    lines = desk.office.mail_to(KAREN).text.splitlines()
    [address] = {line.partition(": ")[2] for line in lines if line.startswith(f"  {answer}: ")}
    mail = desk.office.letter("", From=f"Karen <{KAREN}>", To=address, Subject="Re: Boots")
    await desk.office.receives(mail)
    await desk.office.works()


def questions(desk: Desk) -> list[str]:
    return [one.text for one in desk.office.relay.to(KAREN) if "Confirm: " in one.text]


async def test_who_answers_first_is_confirmed_once(asked: Desk) -> None:
    office = asked.office
    [notice] = office.relay.to(LOGISTICS)
    assert "Whoever of you answers for the first time waits until" in notice.text
    await says(asked, "It left on Monday.\n@close")
    assert (await asked.said())[-1][0] == "held"
    [question] = questions(asked)
    assert question.startswith(f"Lee Park ({LEE}) answered for Logistics, and nobody here knows")
    await says(asked, "And it is heavy.")
    assert len(questions(asked)) == 1  # asked once, whatever they write
    await decides(asked)
    notes = [text for kind, text in await asked.said() if kind == "note"]
    assert notes[1:] == ["It left on Monday.\n@close", "And it is heavy."]
    assert await asked.stands() == ("open", None)
    [lee] = await office.rows("select * from agent where email = :it", it=LEE)
    assert (lee.role, lee.name, lee.password_hash) == ("colleague", "Lee Park", None)
    await says(asked, "It has arrived.")
    assert (await asked.said())[-1] == ("note", "It has arrived.")
    # Their department acted: it is not told of itself, nor is Lee beside it.
    assert len(office.relay.to(LOGISTICS)) == 1
    assert not office.relay.to(LEE)
    assert not office.relay.to(JANE)


async def test_who_is_refused_is_not_asked_about_again(asked: Desk) -> None:
    await says(asked, "It left on Monday.")
    await decides(asked, "Refuse")
    await says(asked, "Listen to me.")
    assert len(questions(asked)) == 1
    assert [kind for kind, _ in await asked.said()] == ["note", "held", "auto"]
    assert not await asked.office.rows("select 1 from agent where email = :it", it=LEE)
    async with asked.office.database.write() as db:  # minds change
        await confirm(db, LEE, by=None, now=asked.office.now)
    await says(asked, "It has arrived.")
    assert (await asked.said())[-1] == ("note", "It has arrived.")
    async with asked.office.database.write() as db:  # and once more
        await refuse(db, LEE, by=None, now=asked.office.now)
    await says(asked, "Do listen.")
    assert (await asked.said())[-1] == ("auto", "Do listen.")
    async with asked.office.database.write() as db:
        lee = await confirm(db, LEE, by=None, now=asked.office.now)
        lee.role = "agent"  # of whom more than that is known now
        with pytest.raises(Conflict):
            await refuse(db, LEE, by=None, now=asked.office.now)
        lee.disabled_at = asked.office.now
        await db.execute(update(Newcomer).values(state="refused"))
        with pytest.raises(Conflict):  # nor does this give back more than it takes
            await confirm(db, LEE, by=None, now=asked.office.now)


@pytest.mark.parametrize(
    ("from_", "signs", "headers"),
    [
        (f"Lee Park <{LEE}>", False, {}),  # anybody can write this
        ("Eve <eve@evil.example>", True, {}),  # to whom the notice was passed on
        (f"Lee <{LEE}>, Eve <eve@evil.example>", True, {}),
        (f"Lee Park <{LEE}>", True, {"Precedence": "bulk"}),
    ],
)
async def test_nobody_is_asked_about_what_is_not_proved_to_be_of_the_house(
    asked: Desk, from_: str, signs: bool, headers: dict[str, str]
) -> None:
    for number in range(5):
        words = f"Pay to this account {number}."
        if signs:
            await says(asked, words, from_, **headers)
        else:
            await asked.office.receives(letter(asked, words, from_, **headers))
    await asked.office.works()
    assert not questions(asked)
    assert not await asked.office.rows("select 1 from newcomer")
    assert {kind for kind, _ in (await asked.said())[1:]} <= {"held", "auto"}
    told = [one.text for one in asked.office.relay.to(LOGISTICS)]
    assert sum("Pay to this account" in one for one in told) <= 3
    assert not any("+x." in one for one in told)


async def test_an_administrator_is_not_flooded(asked: Desk) -> None:
    for number in range(12):
        await says(asked, "Hello.", f"P{number} <p{number}@corp.example>")
    assert len(questions(asked)) == 10
    waiting = "select 1 from newcomer where state = 'waiting'"
    assert len(await asked.office.rows(waiting)) == 12


async def test_only_an_administrator_decides(asked: Desk) -> None:
    await says(asked, "It left on Monday.")
    await asked.office.change("update agent set role = 'agent'where id = :k", k=asked.office.karen)
    await decides(asked)
    assert not await asked.office.rows("select 1 from agent where email = :it", it=LEE)


async def test_one_of_ours_answers_for_a_department(asked: Desk) -> None:
    office = asked.office
    kim = await office.agent("kim@corp.example", name="Kim Hill", role="colleague")
    await says(asked, "I have it here.", "Kim Hill <kim@corp.example>")
    assert (await asked.said())[-1] == ("note", "I have it here.")
    author = "select author_id from message where text = 'I have it here.'"
    assert await office.one(author) == kim
    await office.change("update agent set disabled_at = now() where is_list")
    await says(asked, "And now?", "Kim Hill <kim@corp.example>")
    assert (await asked.said())[-1] == ("held", "And now?")


async def test_who_is_removed_from_a_department_is_not_learned_again(asked: Desk) -> None:
    office = asked.office
    kim = await office.agent("kim@corp.example", name="Kim Hill", role="colleague")
    await says(asked, "I have it here.", "Kim Hill <kim@corp.example>")
    async with office.database.write() as db:
        department, person = await the_department(db, LOGISTICS), await db.get_one(Agent, kim)
        assert await departments(db) == [(department, [person])]
        await remove_speaker(db, department, person, now=office.now)
        assert await departments(db) == [(department, [])]
        with pytest.raises(NotFound):
            await remove_speaker(db, department, person, now=office.now)
    await says(asked, "And now?", "Kim Hill <kim@corp.example>")
    await says(asked, "@leave", "Kim Hill <kim@corp.example>")
    assert [kind for kind, _ in await asked.said()][-2:] == ["held", "held"]
    async with office.database.write() as db:
        await add_speaker(db, department, person, now=office.now)
    await says(asked, "Back again.", "Kim Hill <kim@corp.example>")
    assert (await asked.said())[-1] == ("note", "Back again.")


async def test_a_department_leaves_by_whoever_speaks_for_it(asked: Desk) -> None:
    office = asked.office
    kim = await office.agent("kim@corp.example", name="Kim Hill", role="colleague")
    async with office.database.write() as db:
        department = await the_department(db, LOGISTICS)
        by = Actor.agent(office.karen, "Karen Miller")
        await assign(db, asked.home, department.id, by=by, now=office.now)
    await says(asked, "@take", "Kim Hill <kim@corp.example>")
    assert await asked.stands() == ("open", kim)
    await says(asked, "@assign logistics", "Kim Hill <kim@corp.example>")
    assert await asked.stands() == ("open", department.id)
    heard = len(office.relay.to(LOGISTICS))
    await says(asked, "@leave\nNot ours.", "Kim Hill <kim@corp.example>")
    assert await asked.stands() == ("open", None)
    await office.notes(asked.home, "Who knows?")
    await office.works()
    assert len([one for one in office.relay.to(LOGISTICS) if "Who knows?" in one.text]) == 0
    assert len(office.relay.to(LOGISTICS)) <= heard + 1


async def test_addresses_that_cannot_be_a_department(asked: Desk) -> None:
    async with asked.office.database.write() as db:
        for address, role, error in (
            ("support@us.example", "colleague", Conflict),
            ("shop@gmail.com", "colleague", Invalid),
            ("stores@corp.example", "agent", Invalid),
        ):
            with pytest.raises(error):
                await add_agent(db, email=address, name="X", role=role, is_list=True)
        with pytest.raises(InboxError):
            await add_mailbox(db, address=LOGISTICS, name="Logistics")
