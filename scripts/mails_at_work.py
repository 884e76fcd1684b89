"""Lets each mail come that tells of what is due, of a day that is over, and of what went wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Final

from inbox.clock import utcnow
from inbox.desk.mailboxes import set_mailbox
from inbox.desk.mark import prioritize
from inbox.desk.replan import replan
from inbox.desk.ringing import ring
from inbox.jobs.queue import enqueue
from inbox.model.actor import Actor
from inbox.model.marks import Urgency
from inbox.notify.day_over import day_over
from scripts.mail_casts import Cast
from scripts.mail_rules import add_working_rule
from tests.notify.asking import KAREN, Desk

_HOUR: Final = timedelta(hours=1)
_WAITS: Final = "update conversation set waiting_since = :since where id = :id"
_STOPS: Final = """insert into job (kind, args, done_at, dead) values
    ('timers.ring', jsonb_build_object('conversation_id', cast(:id as bigint)), now(), true)"""
_LEADS: Final = "update agent set role = 'admin' where id = :id"


async def _near(desk: Desk, cast: Cast) -> None:
    await _rings(desk, 3 * _HOUR, manager=KAREN)


async def _passed(desk: Desk, cast: Cast) -> None:
    await _rings(desk, 4 * _HOUR, manager=KAREN)


async def _late(desk: Desk, cast: Cast) -> None:
    await _rings(desk, 5 * _HOUR, manager="anna@us.example", above=KAREN)


async def _rings(desk: Desk, after: timedelta, **leading: str) -> None:
    office = desk.office
    # The cast's conversation is of another year, and nobody is told of what was due so long ago.
    await office.change(_WAITS, id=desk.home, since=utcnow() - after)
    async with office.database.write() as db:
        targets = {"targets": "first 4h next 2h", **leading}
        await set_mailbox(db, "support@us.example", targets)
        await replan(db, office.support, 0, now=utcnow())
    async with office.database.write() as db:
        await ring(db, desk.home, now=utcnow())
    await office.works()


async def _urgent(desk: Desk, cast: Cast) -> None:
    async with desk.office.database.write() as db:
        await set_mailbox(db, "support@us.example", {"critical": KAREN})
        by = Actor.agent(desk.office.anna, cast.anna)
        await prioritize(db, desk.home, Urgency.URGENT, by=by, now=utcnow())
    await desk.office.works()


async def _day(desk: Desk, cast: Cast) -> None:
    office = desk.office
    await office.change("update mailbox set same_day = true, manager = :manager", manager=KAREN)
    day = (office.now - 24 * _HOUR, office.now + _HOUR)
    async with office.database.write() as db:
        await day_over(db, office.context, office.support, *day, now=utcnow())
    await office.works()


async def _broken(desk: Desk, cast: Cast) -> None:
    await desk.office.change(_LEADS, id=desk.office.karen)
    await add_working_rule(desk.office, cast.subject[:60], {"do": "answer", "template": "Hours"})
    await desk.office.hears(words=cast.asks)
    await desk.office.works()


async def _stopped(desk: Desk, cast: Cast) -> None:
    office = desk.office
    await office.change(_LEADS, id=office.karen)
    await office.change(_STOPS, id=desk.home)
    async with office.database.write() as db:
        await enqueue(db, "notify.stopped_clocks")
    await office.works()


AT_WORK: Final[dict[str, Callable[[Desk, Cast], Awaitable[Any]]]] = {
    "notice-near": _near,
    "notice-passed": _passed,
    "notice-late": _late,
    "notice-urgent": _urgent,
    "digest-day": _day,
    "broken_rule": _broken,
    "stopped_clocks": _stopped,
}
