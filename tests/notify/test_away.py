"""An out-of-office mail of one of us: no customer sees it, and what they have finds its way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from sqlalchemy import select

from inbox.clock import utcnow
from inbox.notify.away import offers
from inbox.outbound.composers import composer_of
from inbox.outbound.keyed import bounce_address
from inbox.store.away import Left, Present
from inbox.store.tables import Outbound
from tests.intake.house import as_bytes
from tests.mail_auth.zone import PUBLIC, signed
from tests.notify.asking import ANNA, JANE, KAREN, Desk
from tests.office import Office
from tests.peers import Arrived

WORDS = "I am out of the office.\n\nKaren"


@pytest.fixture
async def anna_leads(desk: Desk) -> Desk:
    await desk.office.change("update agent set role = 'manager' where name = 'Anna Rossi'")
    await desk.office.change("update conversation set assignee_id = :id", id=desk.office.karen)
    desk.office.now = utcnow().replace(microsecond=0)
    return desk


async def _answers_itself(desk: Desk, to: str, words: str = WORDS, **headers: str) -> None:
    """Karen's program answers a mail that it got from us."""
    given: dict[str, Any] = {
        "From": "Karen <karen@us.example>",
        "To": to,
        "Subject": "Automatic reply: Boots",
        "In_Reply_To": str(desk.notice.mail["Message-ID"]),
        "Auto_Submitted": "auto-replied",
        "X_Auto_Response_Suppress": "All",
        **headers,
    }
    mail = desk.office.letter(words, **given)
    await desk.office.receives(mail, sender="", recipients=(to,))
    await desk.office.works()


async def _away(office: Office, name: str = "Karen Miller") -> datetime | None:
    until: datetime | None = await office.one(
        "select away_until from agent where name = :name", name=name
    )
    return until


async def _addresses(desk: Desk) -> dict[str, str]:
    """Where an answering machine may write to."""
    [row] = await desk.office.rows(
        "select id from outbound where header_id = :id",
        id=str(desk.notice.mail["Message-ID"]).strip("<>"),
    )
    secret = desk.office.context.secret
    return {
        "the address for answers": desk.to(),
        "the address for comments": desk.to("n"),
        "an address that is a verb": desk.to("close"),
        "the mailbox": "support@us.example",
        "where bounces go": bounce_address("support@us.example", row.id, secret),
    }


async def test_whatever_it_answers_the_customer_hears_nothing(anna_leads: Desk) -> None:
    desk = anna_leads
    last = (desk.office.now + timedelta(days=9)).date()
    words = f"I am out of the office until {last.isoformat()}."
    addresses = await _addresses(desk)
    del addresses["the mailbox"]  # of which see below
    for place, address in addresses.items():
        await _answers_itself(desk, address, words)
        until = await _away(desk.office)
        assert until == datetime.combine(last, time(), UTC) + timedelta(days=1), place
        await desk.office.change("update agent set away_until = null")
    assert not desk.office.relay.to(JANE)
    assert await desk.stands() == ("open", desk.office.karen)
    assert {kind for kind, _ in await desk.said()} == {"auto"}


async def test_what_they_have_is_offered_to_who_gives_work_to_others(anna_leads: Desk) -> None:
    desk = anna_leads
    await desk.office.agent("bob@us.example", desk.office.support, name="Bob Stone")
    await _answers_itself(desk, desk.to())
    told = desk.office.mail_to(ANNA)
    assert str(told.mail["Subject"]).startswith("Karen Miller is away until ")
    assert "One conversation that waits for us is with them." in " ".join(told.text.split())
    assert "Jane Doe: Boots" in told.text
    assert not [one for one in desk.office.relay.to("bob@us.example") if "away" in one.text]
    address, subject, body = _ready(told, "Give it to Bob Stone")
    mail = desk.office.letter(
        f"{body}\nAnna", From="Anna Rossi <anna@us.example>", To=address, Subject=subject
    )
    await desk.office.receives(mail, sender=ANNA, recipients=(address,))
    await desk.office.works()
    bob = await desk.office.one("select id from agent where name = 'Bob Stone'")
    assert await desk.stands() == ("open", bob)
    assert [kind for kind, _ in await desk.said()] == ["auto"]


async def test_the_list_is_answered_by_its_numbers(anna_leads: Desk) -> None:
    desk, office = anna_leads, anna_leads.office
    office.now -= timedelta(minutes=9)
    second = await office.hears(words="And the laces?", Subject="Laces", From="Mia <mia@x.example>")
    await office.change("update conversation set assignee_id = :id", id=office.karen)
    await _answers_itself(desk, desk.to())
    told = office.mail_to(ANNA)
    assert "\n1. Jane Doe: Boots\n" in told.text
    quoted = told.text  # by a program that marks no quotes
    to = str(told.mail["Reply-To"].addresses[0].addr_spec)
    mail = office.letter(
        f"1 take\n2 to karen\nShe knows her.\n\n{quoted}",
        From="Anna Rossi <anna@us.example>",
        To=to,
        Subject=f"Re: {told.mail['Subject']}",
        In_Reply_To=str(told.mail["Message-ID"]),
    )
    await office.receives(mail, sender=ANNA, recipients=(to,))
    await office.works()
    subject = f"Re: {told.mail['Subject']}"
    [back] = [one for one in office.relay.to(ANNA) if str(one.mail["Subject"]) == subject]
    assert "1. Boots\nDone: take." in back.text
    assert "2. Laces\nDone: assign karen → Karen Miller. Your words are a comment" in back.text
    assert await desk.stands() == ("open", office.anna)
    noted = "select text from message where conversation_id = :id and kind = 'note'"
    assert await office.one(noted, id=second) == "She knows her."


async def test_a_list_of_before_there_were_numbers_still_leaves(anna_leads: Desk) -> None:
    office = anna_leads.office
    await _answers_itself(anna_leads, anna_leads.to())
    for why, says in (("away", "Karen Miller is away until "), ("given_back", "gave the conver")):
        async with office.database.read() as db:
            mail = await db.scalar(select(Outbound).where(Outbound.kind == "away"))
            assert mail is not None
            mail.draft = {key: one for key, one in mail.draft.items() if key != "digest"}
            mail.draft["why"] = why
            draft = await composer_of("away")(db, office.context, mail)
            db.expunge(mail)
        assert says in draft.text
        assert "Take it: support+take." in draft.text
        assert draft.reply_to[0].address.startswith("support+help.")


async def test_the_same_list_is_sent_once(anna_leads: Desk) -> None:
    desk = anna_leads
    for _ in range(2):
        await _answers_itself(desk, desk.to())
        await desk.office.change("update agent set away_until = null")
    told = [one for one in desk.office.relay.to(ANNA) if "is away until" in one.text]
    assert len(told) == 1


async def test_a_day_where_none_is_said_and_what_was_said_stays(anna_leads: Desk) -> None:
    desk = anna_leads
    await _answers_itself(desk, desk.to())
    until = await _away(desk.office)
    assert until == desk.office.now + timedelta(days=1)
    later = (desk.office.now + timedelta(days=300)).date()
    await _answers_itself(desk, desk.to(), f"Out of office until {later.isoformat()}")
    until = await _away(desk.office)
    assert until == desk.office.now + timedelta(days=60)
    await _answers_itself(desk, desk.to())
    assert await _away(desk.office) == until


async def test_whoever_does_something_is_back(anna_leads: Desk) -> None:
    desk = anna_leads
    await _answers_itself(desk, desk.to())
    await desk.sends("New ones come tomorrow.")
    assert await _away(desk.office) is None


async def test_nobody_else_makes_her_be_away(anna_leads: Desk) -> None:
    desk = anna_leads
    before = len(desk.office.relay.arrived)
    for headers, words in (
        ({"From": "Karen <mallory@evil.example>"}, WORDS),
        ({"From": "Jane Doe <jane@shop.example>"}, WORDS),
        ({"From": "Anna Rossi <anna@us.example>"}, WORDS),  # by Karen's notice
        ({}, "Thank you. We read our mail twice a day."),
    ):
        await _answers_itself(desk, desk.to(), words, **headers)
        assert await _away(desk.office) is None
        assert await _away(desk.office, "Anna Rossi") is None
    # Without anything that only a reader of our mails has:
    await _answers_itself(desk, "support@us.example", In_Reply_To="<other@us.example>")
    assert await _away(desk.office) is None
    assert len(desk.office.relay.arrived) == before


async def test_who_knows_the_id_of_a_notice_makes_nobody_be_away(anna_leads: Desk) -> None:
    """It stands in what Karen writes to others; where it is all there is, it must be signed."""
    desk, office = anna_leads, anna_leads.office
    await _answers_itself(desk, "support@us.example")
    assert await _away(office) is None
    office.context = replace(
        office.context, settings=office.context.settings.model_copy(update={"mail_auth": "direct"})
    )
    office.zone.txt("s._domainkey.us.example", f"v=DKIM1; k=ed25519; p={PUBLIC}")
    office.zone.txt("_dmarc.us.example", "v=DMARC1; p=none")
    mail = office.letter(
        f"{WORDS}\n\nBack soon.",
        From="Karen <karen@us.example>",
        To="support@us.example",
        Subject="Automatic reply: Boots",
        In_Reply_To=str(desk.notice.mail["Message-ID"]),
        Auto_Submitted="auto-replied",
    )
    raw = signed(as_bytes(mail), "us.example")
    await office.receives(raw, sender="", recipients=("support@us.example",))
    assert await _away(office)


RECEIPT = """From: Karen <karen@us.example>
To: {to}
Subject: Read: Boots
Message-ID: <read.{number}@us.example>
In-Reply-To: {answers}
Date: Sun, 22 Nov 2026 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=disposition-notification; boundary=b

--b
Content-Type: text/plain; charset=utf-8

Your message was read on Sunday, 22 November 2026, until 5 December.
--b
Content-Type: message/disposition-notification

Final-recipient: RFC822; karen@us.example
Disposition: automatic-action/MDN-sent-automatically; displayed
Original-Message-ID: {answers}
--b--
"""


async def test_a_receipt_is_kept_and_told_to_nobody(anna_leads: Desk) -> None:
    desk = anna_leads
    before = len(desk.office.relay.arrived)
    for number, to in enumerate((await _addresses(desk)).values()):
        raw = RECEIPT.format(to=to, answers=desk.notice.mail["Message-ID"], number=number)
        raw = raw.replace("\n", "\r\n")
        await desk.office.receives(raw.encode(), sender=KAREN, recipients=(to,))
    await desk.office.works()
    assert [kind for kind, _ in await desk.said()] == ["auto"] * 5
    assert await desk.stands() == ("open", desk.office.karen)
    assert len(desk.office.relay.arrived) == before
    assert await _away(desk.office) is None


async def test_by_a_word_away_and_back_and_who_gives_them_work_is_told(anna_leads: Desk) -> None:
    desk = anna_leads
    last = (desk.office.now + timedelta(days=9)).date()
    await desk.sends(f"@away until {last.isoformat()}")
    until = await _away(desk.office)
    assert until == datetime.combine(last, time(), UTC) + timedelta(days=1)
    assert "Karen Miller is away until " in desk.office.mail_to(ANNA).text
    notice = next(one for one in desk.office.relay.to(ANNA) if "boots are broken" in one.text)
    to = str(notice.mail["Reply-To"].addresses[0].addr_spec)
    await desk.office.change("update conversation set assignee_id = null")
    mail = desk.office.letter("@assign karen", From="Anna <anna@us.example>", To=to)
    await desk.office.receives(mail, sender=ANNA, recipients=(to,))
    await desk.office.works()
    assert "Karen Miller is away until " in desk.office.mail_to(ANNA).text
    assert "The conversation is with them now." in desk.office.mail_to(ANNA).text
    await desk.sends("@back")
    assert await _away(desk.office) is None
    assert not desk.office.relay.to(JANE)


async def test_a_machine_that_says_so_in_its_subject_alone(anna_leads: Desk) -> None:
    """Old Exchange and Notes write no header at all."""
    desk = anna_leads
    mail = desk.office.letter(
        WORDS,
        From="Karen <karen@us.example>",
        To=desk.to(),
        Subject="Out of Office AutoReply: Boots",
    )
    await desk.office.receives(mail, sender=KAREN, recipients=(desk.to(),))
    await desk.office.works()
    assert not desk.office.relay.to(JANE)
    assert [kind for kind, _ in await desk.said()] == ["auto"]
    assert await _away(desk.office)


def _ready(told: Arrived, words: str) -> tuple[str, str, str]:
    """The mail that a link of a mail opens: to whom, its subject, its text."""
    href = told.html.split(f">{words}</a>")[0].rpartition('href="')[2].partition('"')[0]
    parts = urlsplit(unescape(href))
    asked = parse_qs(parts.query)
    return unquote(parts.path), asked["subject"][0], asked["body"][0]


def _left(number: int, mailbox: int) -> Left:
    return Left(
        id=number,
        subject="Boots",
        mailbox_id=mailbox,
        mailbox="Support",
        address="support@us.example",
        customer="Jane",
        waiting_since=None,
        last_event_id=1,
    )


def _person(number: int, mailbox: int, part: int = 0) -> Present:
    address = f"{number}@us.example"
    return Present(mailbox_id=mailbox, id=number, email=address, name=str(number), part=part)


def test_who_gives_out_the_work_is_asked_and_where_nobody_does_all_are() -> None:
    left = [_left(1, 10), _left(2, 20), _left(3, 30)]
    people = [
        _person(1, 10, 1),
        _person(2, 10),
        _person(2, 20),
        _person(3, 20),
        _person(3, 30, 2),
        _person(1, 30, 1),
    ]
    asked = {one.to.id: [each.id for each in one.conversations] for one in offers(left, people)}
    assert asked == {1: [1], 2: [2], 3: [2, 3]}
    assert offers(left, []) == []


async def test_whom_we_ask_outside_does_not_make_her_be_away(anna_leads: Desk) -> None:
    """A supplier has a mail of ours with her name in it, its id and where it bounces to."""
    desk = anna_leads
    desk.office.now -= timedelta(minutes=5)
    await desk.sends("@forward glue@supplier.example\nCan you mend this?")
    asked = desk.office.mail_to("glue@supplier.example")
    bounces = await desk.office.one("select id from outbound where kind = 'forward'")
    to = bounce_address("support@us.example", bounces, desk.office.context.secret)
    for address in ("support@us.example", to):
        await _answers_itself(desk, address, In_Reply_To=str(asked.mail["Message-ID"]))
        assert await _away(desk.office) is None
