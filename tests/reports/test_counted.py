"""What was counted follows what is found out about it later, and whose day it is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from inbox.desk.move import move
from inbox.desk.spam import mark_spam
from inbox.model.actor import Actor
from inbox.reports.asked import question, report
from inbox.reports.counting import count_up
from inbox.store.reported import Figures
from tests.office import Office

DAY = timedelta(days=1)


async def counts(office: Office) -> None:
    """Figures as they are now, with all that follows from it."""
    async with office.database.write() as db:
        while await count_up(db, now=office.now) < office.now:
            pass
    await office.works()


async def figures_of(office: Office, mailbox: int, day: date) -> Figures:
    async with office.database.read() as db:
        asked = question(first=str(day), last=str(day), mailboxes=[mailbox], today=day)
        return (await report(db, None, asked, now=office.now)).total


async def test_what_is_spam_or_somewhere_else_later_is_counted_so(office: Office) -> None:
    sales = await office.mailbox("sales@us.example")
    day = office.now.date()
    spam = await office.hears(Subject="Win", From="win@x.example")
    theirs = await office.hears(Subject="Price", From="ann@y.example")
    await office.hears(Subject="Boots")
    await office.replies(theirs, "A price.")
    await counts(office)
    found = await figures_of(office, office.support, day)
    assert (found.incoming, found.answered, found.begun) == (3, 1, 3)
    office.now += 9 * DAY
    await counts(office)
    by = Actor.agent(office.karen, "Karen Miller")
    async with office.database.write() as db:
        await mark_spam(db, spam, by=by, now=office.now)
        await move(db, theirs, sales, by=by, now=office.now)
    office.now += timedelta(minutes=10)
    await counts(office)
    found = await figures_of(office, office.support, day)
    assert (found.incoming, found.answered, found.begun) == (1, 0, 1)
    found = await figures_of(office, sales, day)
    assert (found.incoming, found.answered, found.begun) == (1, 1, 1)


@pytest.mark.parametrize(
    ("zone", "hour", "judged"),
    [
        ("UTC", 23, 0),
        ("Asia/Tokyo", 15, 1),  # it is Tuesday there
        ("Asia/Tokyo", 14, 0),
        ("America/Los_Angeles", 30, 0),  # and Monday here
        ("America/Los_Angeles", 34, 1),
    ],
)
async def test_a_day_is_over_when_it_is_over_there(
    office: Office, zone: str, hour: int, judged: int
) -> None:
    await office.change("update mailbox set time_zone = :zone", zone=zone)
    monday = datetime(2025, 3, 3, tzinfo=ZoneInfo("UTC"))
    office.now = monday + timedelta(hours=10)
    if zone == "America/Los_Angeles":
        office.now += timedelta(hours=8)
    await office.hears()
    office.now = monday + timedelta(hours=hour)
    await counts(office)
    found = await figures_of(office, office.support, date(2025, 3, 3))
    assert (found.begun, found.judged) == (1, judged)


async def test_one_zone_that_the_database_does_not_know_keeps_nobody_from_counting(
    office: Office,
) -> None:
    await office.mailbox("mars@us.example", time_zone="Mars/Phobos")
    await office.hears(To="mars@us.example")
    await office.hears()
    await counts(office)
    found = await figures_of(office, office.support, office.now.date())
    assert found.incoming == 1
