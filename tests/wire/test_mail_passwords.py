"""Mail passwords on PostgreSQL: whose they are, who waits, and what is kept of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import text

from inbox.auth import throttle
from inbox.auth.mail_passwords import add_mail_password, remove_mail_password
from inbox.intake.door import SpoolDoor
from inbox.intake.spool import accept
from inbox.intake.submitters import Submitters
from inbox.model.flood import Amount
from inbox.model.mail import Envelope
from inbox.smtp_in.door import TooSoon
from inbox.smtp_in.limits import Limits
from inbox.smtp_in.server import Server
from inbox.smtp_in.submission import Submission
from inbox.smtp_in.tls import server_context
from inbox.store.engine import Database
from inbox.store.tables import Agent, AgentAddress, Membership
from tests.wire.conftest import CERTIFICATE
from tests.wire.peer import SUPPORT, Peer
from tests.wire.test_submission import KAREN, said

MAIL_PASSWORDS = text("select * from mail_password")
SPOOLED = text("select submitted_by, source from spool order by id")


@pytest.fixture
async def karen(mailboxes: Database) -> Agent:
    """One of us with an address of her own and a private one, who takes part in support."""
    async with mailboxes.write() as db:
        agent = Agent(email=KAREN, name="Karen")
        db.add(agent)
        await db.flush()
        for address in (KAREN, "karen@home.example"):
            db.add(AgentAddress(address=address, agent_id=agent.id))
        db.add(Membership(agent_id=agent.id, mailbox_id=1))
    return agent


class Clock:
    """Time that stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


async def test_mail_passwords(mailboxes: Database, karen: Agent) -> None:
    clock = Clock()
    guard = Submitters(mailboxes, too_soon=TooSoon, clock=clock)
    async with mailboxes.write() as db:
        phone = await add_mail_password(db, karen, "phone", now=clock())
        laptop = await add_mail_password(db, karen, "laptop", now=clock())
    assert await guard.enter(KAREN, phone, "203.0.113.9") == karen.id
    assert await guard.enter("Karen@Home.example", laptop.upper(), "203.0.113.9") == karen.id
    assert await guard.enter("anna@desk.example", phone, "203.0.113.9") is None
    assert await guard.enter(KAREN, phone[:-1] + ("a" if phone[-1] != "a" else "b"), "") is None
    async with mailboxes.write() as db:
        await remove_mail_password(db, karen, "phone", now=clock())
    assert await guard.enter(KAREN, phone, "203.0.113.9") is None
    assert await guard.may_write_as(karen.id, SUPPORT)
    assert not await guard.may_write_as(karen.id, "sales@desk.example")
    async with mailboxes.read() as db:
        rows = await db.execute(MAIL_PASSWORDS)
        assert all(phone.replace("-", "")[8:] not in str(row) for row in rows)


async def test_guessing_waits_and_a_right_one_never(mailboxes: Database, karen: Agent) -> None:
    clock = Clock()
    guard = Submitters(mailboxes, too_soon=TooSoon, clock=clock)
    async with mailboxes.write() as db:
        password = await add_mail_password(db, karen, "phone", now=clock())
        # As five wrong ones did.
        limits = throttle.counters(f"mail {KAREN}", "198.51.100.1", is_known=False)
        for _ in range(5):
            await throttle.failed(db, limits, now=clock())
    with pytest.raises(TooSoon):
        await guard.enter(KAREN, "aaaabbbbccccddddeeee", "198.51.100.2")
    assert await guard.enter(KAREN, password, "198.51.100.1") == karen.id
    clock.now += timedelta(minutes=20)
    assert await guard.enter(KAREN, "aaaabbbbccccddddeeee", "198.51.100.1") is None
    async with mailboxes.read() as db:
        counted = text("select count(*) from login_attempt where at = :now")
        assert await db.scalar(counted, {"now": clock.now})


async def test_who_is_shut_out_hands_nothing_over(mailboxes: Database, karen: Agent) -> None:
    clock = Clock()
    guard = Submitters(mailboxes, too_soon=TooSoon, clock=clock)
    async with mailboxes.write() as db:
        password = await add_mail_password(db, karen, "phone", now=clock())
        (await db.get_one(Agent, karen.id)).disabled_at = clock()
    assert await guard.enter(KAREN, password, "203.0.113.9") is None


async def test_how_much_one_person_may_hand_over(mailboxes: Database, karen: Agent) -> None:
    clock = Clock()
    most = Amount(mails_an_hour=3, mails_a_day=5, people_an_hour=4, people_a_day=0)
    guard = Submitters(mailboxes, too_soon=TooSoon, clock=clock, most=most)

    async def hands_over(number: int, *recipients: str) -> None:
        envelope = Envelope(
            sender=SUPPORT,
            recipients=recipients,
            source="submission",
            submitted_by=karen.id,
            received_at=clock(),
        )
        async with mailboxes.write() as db:
            await accept(db, b"Subject: %d\r\n\r\nHi" % number, envelope, now=clock())

    await hands_over(1, "a@x.example", "b@x.example", SUPPORT)
    assert await guard.room(karen.id) == 2
    jobs = text("select args from job where kind = 'notify.flood'")
    for _ in range(3):
        await guard.tell(karen.id)
        async with mailboxes.write() as db:
            assert len((await db.execute(jobs)).all()) == 1  # told of once
            await db.execute(text("update job set done_at = now() where kind = 'notify.flood'"))
    await hands_over(2, SUPPORT)
    await hands_over(3, SUPPORT)
    assert await guard.room(karen.id) is None
    clock.now += timedelta(minutes=61)
    assert await guard.room(karen.id) == 4
    await hands_over(4, SUPPORT)
    await hands_over(5, SUPPORT)
    assert await guard.room(karen.id) is None  # of a day
    clock.now += timedelta(hours=23)
    assert await guard.room(karen.id) == 4


async def test_it_is_kept_who_handed_it_over(mailboxes: Database, karen: Agent) -> None:
    async with mailboxes.write() as db:
        password = await add_mail_password(db, karen, "phone", now=Clock()())
    door = SpoolDoor(mailboxes.url)
    tls = server_context(CERTIFICATE, CERTIFICATE)
    server = Server(door, Limits(drain_seconds=2), hostname="mail.desk.example", tls=tls)
    guard = Submitters(mailboxes, too_soon=TooSoon)
    port = await server.listen("127.0.0.1", 0, kind=partial(Submission, guard=guard))
    open_port = await server.listen("127.0.0.1", 0)
    try:
        async with await Peer.connect(open_port) as peer:
            assert (await peer.send()).startswith("250")
        async with await Peer.connect(port) as peer:
            await peer.greet()
            assert await peer.code("STARTTLS") == 220
            await peer.start_tls()
            assert await peer.code("EHLO laptop.example") == 250
            assert await peer.code(f"AUTH PLAIN {said(KAREN, password)}") == 235
            for _ in range(2):
                await peer.envelope()
                assert (await peer.data()).startswith("250")
        async with mailboxes.read() as db:
            rows = (await db.execute(SPOOLED)).all()
        # What anybody said before is no repeat of it.
        assert [(row.submitted_by, row.source) for row in rows] == [
            (None, "smtp"),
            (karen.id, "submission"),
        ]
    finally:
        await server.stop()
        await door.close()
