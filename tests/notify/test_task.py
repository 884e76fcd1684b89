"""Karen gets conversations as tasks in her calendar, and answers there."""

from __future__ import annotations

from base64 import encodebytes
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from inbox.clock import utcnow
from inbox.desk.assign import assign
from inbox.desk.close import close
from inbox.desk.takeback import take_back
from inbox.desk.task import promise
from inbox.intake.agent_task import is_time
from inbox.mail.invites import read_invitation
from inbox.model.actor import Actor
from tests.notify.asking import ANNA, JANE, KAREN
from tests.office import Office
from tests.peers import Arrived

YEAR = (utcnow() + timedelta(days=28)).year  # December of it is ahead, and near enough to promise
Answer = Callable[[str, str, str], bytes]


def _calendar(arrived: Arrived) -> str:
    [part] = [one for one in arrived.mail.walk() if one.get_content_type() == "text/calendar"]
    assert part.get_param("method") in ("REQUEST", "CANCEL")
    content: str = part.get_content()
    return content


def _reply(uid: str, status: str, *more: str, method: str = "REPLY") -> str:
    return "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            f"METHOD:{method}",
            "VERSION:2.0",
            "BEGIN:VEVENT",
            f"ATTENDEE;PARTSTAT={status};CN=Karen:MAILTO:karen@us.example",
            f"UID:{uid[:40]}\r\n {uid[40:]}",
            *more,
            "SEQUENCE:0",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


def _outlook(uid: str, status: str, reason: str) -> bytes:
    """Exchange: alternative, base64, properties of its own, COMMENT for what was typed."""
    said = [f"COMMENT;LANGUAGE=en-US:{reason}"] if reason else []
    calendar = _reply(
        uid,
        status,
        *said,
        "X-MICROSOFT-CDO-APPT-SEQUENCE:0",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        f"DTSTART;TZID=W. Europe Standard Time:{YEAR}1205T150000",
    )
    body = encodebytes(calendar.encode()).decode().replace("\n", "\r\n")
    return (
        "From: Karen Miller <karen@us.example>\r\nSubject: Declined: Boots\r\n"
        "Message-ID: <outlook@us.example>\r\nX-MS-Exchange-Calendar-Originator-Id: x\r\n"
        'Content-Type: multipart/alternative; boundary="b"\r\nMIME-Version: 1.0\r\n\r\n'
        f"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{reason}\r\n"
        f'--b\r\nContent-Type: text/calendar; charset="utf-8"; method=REPLY\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{body}\r\n--b--\r\n"
    ).encode()


def _gmail(uid: str, status: str, reason: str) -> bytes:
    """Gmail: a sentence of its own around the note, the calendar again as a file."""
    note = f' with this note:\r\n\r\n"{reason}"\r\n' if reason else ".\r\n"
    calendar = _reply(uid, status)
    return (
        "From: Karen <karen@us.example>\r\nSender: Google Calendar <calendar@google.example>\r\n"
        "Subject: Declined: Boots @ Sat 5 Dec 2026\r\nMessage-ID: <gmail@us.example>\r\n"
        'Content-Type: multipart/mixed; boundary="m"\r\nMIME-Version: 1.0\r\n\r\n'
        '--m\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        f"Karen has {status.lower()} this invitation{note}\r\nBoots\r\n"
        f"--b\r\nContent-Type: text/calendar; charset=utf-8; method=REPLY\r\n\r\n{calendar}\r\n"
        f"--b--\r\n--m\r\nContent-Type: application/ics; name=invite.ics\r\n"
        f"Content-Disposition: attachment; filename=invite.ics\r\n\r\n{calendar}\r\n--m--\r\n"
    ).encode()


def _gmail_in_german(uid: str, status: str, reason: str) -> bytes:
    """The note as a parameter, the sentence around it in the language of the calendar."""
    mail = _gmail(uid, status, reason).decode()
    said = f';X-RESPONSE-COMMENT="{reason}";CN=Karen'
    return (
        mail.replace(";CN=Karen", said)
        .replace("has declined this invitation with this note", "hat abgelehnt; Notiz")
        .encode()
    )


def _apple(uid: str, status: str, reason: str) -> bytes:
    """Apple: nothing but the calendar."""
    said = [f"COMMENT:{reason}"] if reason else []
    calendar = _reply(uid, status, *said)
    return (
        "From: karen@us.example\r\nSubject: Boots\r\nMessage-ID: <apple@us.example>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/calendar; charset=utf-8; method=REPLY\r\n"
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{calendar}"
    ).encode()


class Tasks:
    """A conversation that Anna gave Karen, and the invitation to it."""

    def __init__(self, office: Office, home: int) -> None:
        self.office, self.home = office, home

    @property
    def invitations(self) -> list[str]:
        mails = (one for one in self.office.relay.to(KAREN) if b"text/calendar" in one.raw)
        return [_calendar(one) for one in mails]

    @property
    def uid(self) -> str:
        read = read_invitation(self.invitations[-1])
        assert read is not None
        return read.uid

    async def gives(self, to: int | None) -> None:
        by = Actor.agent(self.office.anna, "Anna Rossi")
        async with self.office.database.write() as db:
            await assign(db, self.home, to, by=by, now=self.office.now)
        await self.office.works()

    async def answers(self, mail: bytes, to: str = "support@us.example") -> None:
        raw = f"To: {to}\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000\r\n".encode() + mail
        await self.office.receives(raw, sender=KAREN, recipients=(to,))
        await self.office.works()

    async def holder(self) -> int | None:
        found: int | None = await self.office.one(
            "select assignee_id from conversation where id = :id", id=self.home
        )
        return found

    async def notes(self) -> list[str]:
        rows = await self.office.rows("select text from message where kind = 'note' order by id")
        return [row.text for row in rows]


@pytest.fixture
async def tasks(office: Office) -> Tasks:
    await office.change("update agent set tasks = true where id = :id", id=office.karen)
    await office.change("update agent set role = 'manager' where id = :id", id=office.anna)
    office.now = utcnow().replace(second=0, microsecond=0) - timedelta(hours=2)
    tasks = Tasks(office, await office.hears(words="The boots are broken.", Subject="Boots"))
    await tasks.gives(office.karen)
    return tasks


async def test_what_one_is_given_stands_in_the_calendar(tasks: Tasks) -> None:
    [calendar] = tasks.invitations
    read = read_invitation(calendar)
    assert read is not None
    assert (read.method, read.summary) == ("request", "Answer Jane Doe: Boots")
    assert read.organizer is not None
    assert "+n." in read.organizer.address
    assert "PARTSTAT=NEEDS-ACTION" in calendar
    await tasks.gives(tasks.office.anna)
    cancelled = read_invitation(tasks.invitations[-1])
    assert cancelled is not None
    assert (cancelled.method, cancelled.uid) == ("cancel", read.uid)
    assert not tasks.office.relay.to(JANE)


async def test_nobody_gets_one_who_does_not_want_it(tasks: Tasks) -> None:
    await tasks.gives(tasks.office.anna)
    assert not [one for one in tasks.office.relay.to(ANNA) if b"text/calendar" in one.raw]


@pytest.mark.parametrize("program", [_outlook, _gmail, _gmail_in_german, _apple])
async def test_declining_gives_it_back_with_the_reason(tasks: Tasks, program: Answer) -> None:
    await tasks.answers(program(tasks.uid, "DECLINED", "I know nothing of boots"))
    assert await tasks.holder() is None
    assert await tasks.notes() == ["I know nothing of boots"]
    assert "Karen Miller gave the conversation back." in tasks.office.mail_to(ANNA).text
    assert not tasks.office.relay.to(JANE)


@pytest.mark.parametrize("program", [_outlook])
async def test_accepting_keeps_it_and_says_nothing(tasks: Tasks, program: Answer) -> None:
    before = len(tasks.office.relay.arrived)
    await tasks.answers(program(tasks.uid, "ACCEPTED", ""))
    assert await tasks.holder() == tasks.office.karen
    assert await tasks.notes() == []
    assert len(tasks.office.relay.arrived) == before


@pytest.mark.parametrize(
    ("start", "end", "due"),
    [
        (
            f"DTSTART;TZID=W. Europe Standard Time:{YEAR}1205T143000",
            f"DTEND;TZID=W. Europe Standard Time:{YEAR}1205T150000",
            datetime(YEAR, 12, 5, 14, 0, tzinfo=UTC),
        ),
        (f"DTSTART:{YEAR}1205T143000Z", "DURATION:PT30M", datetime(YEAR, 12, 5, 15, 0, tzinfo=UTC)),
    ],
)
async def test_another_time_is_a_promise(tasks: Tasks, start: str, end: str, due: datetime) -> None:
    calendar = _reply(tasks.uid, "TENTATIVE", start, end, method="COUNTER")
    mail = _apple(tasks.uid, "TENTATIVE", "").replace(b"method=REPLY", b"method=COUNTER")
    await tasks.answers(mail.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" + calendar.encode())
    sql = "select promised_until from conversation where id = :id"
    assert await tasks.office.one(sql, id=tasks.home) == due
    changed = read_invitation(tasks.invitations[-1])
    assert changed is not None
    assert changed.end is not None
    assert datetime.fromisoformat(changed.end.at) == due
    assert "SEQUENCE:1" in tasks.invitations[-1]
    # Declined after all: what they said goes with them, and can be put back.
    declined = _apple(tasks.uid, "DECLINED", "").replace(b"<apple@", b"<apple2@")
    await tasks.answers(declined)
    assert await tasks.holder() is None
    assert await tasks.office.one(sql, id=tasks.home) is None
    event = await tasks.office.one("select id from event where name = 'conversation.unpromised'")
    async with tasks.office.database.write() as db:
        by = Actor.agent(tasks.office.anna, "Anna Rossi")
        await take_back(db, event, by=by, now=tasks.office.now, secret=b"s" * 32)
    assert await tasks.office.one(sql, id=tasks.home) == due
    await tasks.office.replies(tasks.home, "New ones.")
    assert await tasks.office.one(sql, id=tasks.home) is None


async def test_what_one_has_promised_stands_in_the_calendar_and_moves_with_it(tasks: Tasks) -> None:
    office, by = tasks.office, Actor.agent(tasks.office.karen, "Karen Miller")
    await tasks.gives(None)
    async with office.database.write() as db:
        await assign(db, tasks.home, office.karen, by=by, now=office.now)
    await office.works()
    assert "METHOD:CANCEL" in tasks.invitations[-1]  # what she takes herself is no invitation
    for days in (3, 4):
        until = utcnow().replace(microsecond=0) + timedelta(days=days)
        async with office.database.write() as db:
            await promise(db, tasks.home, until, by=by, now=office.now)
        await office.works()
        assert f"DTEND:{until:%Y%m%dT%H%M}" in tasks.invitations[-1]
    async with office.database.write() as db:
        await promise(db, tasks.home, None, by=by, now=office.now)
    await office.works()
    assert f"DTEND:{until:%Y%m%d}" not in tasks.invitations[-1]
    assert [one.count("METHOD:REQUEST") for one in tasks.invitations[2:]] == [1, 1, 1]
    assert "SEQUENCE:2" in tasks.invitations[-1]


async def test_closing_takes_it_out_of_the_calendar(tasks: Tasks) -> None:
    by = Actor.agent(tasks.office.anna, "Anna Rossi")
    async with tasks.office.database.write() as db:
        await close(db, tasks.home, by=by, now=tasks.office.now + timedelta(hours=1))
    await tasks.office.works()
    assert "METHOD:CANCEL" in tasks.invitations[-1]


async def test_an_answer_of_somebody_else_changes_nothing(tasks: Tasks) -> None:
    mail = _apple(tasks.uid, "DECLINED", "mine now")
    await tasks.answers(mail.replace(b"From: karen@us.example", b"From: mallory@evil.example"))
    assert await tasks.holder() == tasks.office.karen
    told = tasks.office.mail_to(KAREN).text
    assert "Nothing of what you asked for was done" in " ".join(told.split())
    assert "+x." not in told
    forged = _apple("aaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbb@us.example", "DECLINED", "no")
    await tasks.answers(forged)
    assert await tasks.holder() == tasks.office.karen


async def test_the_id_of_another_mail_of_ours_is_no_invitation(tasks: Tasks) -> None:
    """Whoever got a mail that answers a notice knows the notice's id, and no token by it."""
    await tasks.office.hears(words="And the gloves.", Subject="Gloves")
    await tasks.office.works()
    [notice] = [one for one in tasks.office.relay.to(KAREN) if one.mail["Subject"] == "Gloves"]
    uid = str(notice.mail["Message-ID"]).strip("<>")
    await tasks.answers(_apple(uid, "ACCEPTED", ""))
    assert not await tasks.office.rows(
        "select 1 from event where name = 'conversation.assigned' and conversation_id <> :id",
        id=tasks.home,
    )


def test_only_a_time_that_can_be_planned_is_a_promise() -> None:
    now = utcnow()
    assert is_time(now + timedelta(days=300), now)
    for none in (None, now, now - timedelta(days=1), now + timedelta(days=500)):
        assert not is_time(none, now)
