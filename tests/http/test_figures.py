"""Figures against a week that was counted by hand, and who may see them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update

from inbox.desk.merge import merge
from inbox.model.actor import Actor
from inbox.reports.counting import count_up
from inbox.store.tables import Agent, Conversation, Event, Mailbox, Message
from tests.http.company import Company
from tests.http.conftest import Clock, Doors

ROME = ZoneInfo("Europe/Rome")


def at(day: int, clock: str) -> datetime:
    """A moment of November 2026 in Rome; the second is a Monday."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, day, hour, minute, tzinfo=ROME)


class Week:
    """What happened, said in a line each."""

    def __init__(self, company: Company, mailbox: Mailbox) -> None:
        self.company, self.mailbox, self.count = company, mailbox, 0

    async def mail(self, day: int, clock: str, into: int | None = None) -> int:
        ago = self.company.now - at(day, clock)
        home = await self.company.receives(
            self.mailbox, subject=f"M{self.count}", into=into, ago=ago
        )
        self.count += 1
        return home

    async def answer(self, home: int, by: Agent, day: int, clock: str, kind: str = "reply") -> None:
        self.count += 1
        async with self.company.database.write() as db:
            db.add(
                Message(
                    conversation_id=home,
                    kind=kind,
                    visibility="public" if kind == "reply" else "internal",
                    author_kind="agent",
                    author_id=by.id,
                    author_name=by.name,
                    received_at=at(day, clock),
                    identity=f"answer {self.count}".encode(),
                    text="Yes.",
                )
            )

    async def close(self, home: int, by: Agent | None, day: int, clock: str) -> None:
        async with self.company.database.write() as db:
            db.add(
                Event(
                    conversation_id=home,
                    name="conversation.closed",
                    actor_kind="agent" if by else "system",
                    actor_id=by.id if by else None,
                    actor_name=by.name if by else "",
                    at=at(day, clock),
                )
            )

    async def changes(self, home: int, **values: Any) -> None:
        async with self.company.database.write() as db:
            await db.execute(update(Conversation).where(Conversation.id == home).values(**values))


async def a_week(company: Company, mailbox: Mailbox, ann: Agent, ben: Agent) -> None:
    week = Week(company, mailbox)
    # Within an hour and a half, on its day.
    first = await week.mail(2, "10:00")
    await week.answer(first, ann, 2, "11:30")
    await week.mail(2, "12:00", into=first)
    await week.answer(first, ben, 3, "9:00")
    await week.close(first, ann, 3, "10:00")
    await week.close(first, ann, 3, "16:00")  # once more on that day counts once
    await week.changes(first, assignee_id=ann.id)
    # An hour of Monday and one of Tuesday.
    second = await week.mail(2, "16:00")
    await week.answer(second, ben, 3, "10:00")
    await week.close(second, ben, 4, "9:00")
    await week.close(second, ben, 5, "9:00")
    # On a Saturday: half an hour of Monday, which is its working day.
    third = await week.mail(7, "12:00")
    await week.answer(third, ann, 9, "9:30")
    # Eight hours and three: too late.
    fourth = await week.mail(4, "9:00")
    await week.answer(fourth, ann, 5, "12:00")
    await week.mail(5, "10:00")  # never answered
    spam = await week.mail(5, "11:00")
    await week.answer(spam, ben, 5, "11:01")
    await week.changes(spam, status="spam")
    # We began it ourselves: no first answer is owed.
    ours = await week.mail(6, "10:00")
    async with company.database.write() as db:
        await db.execute(
            update(Message)
            .where(Message.conversation_id == ours)
            .values(kind="reply", author_kind="agent", author_id=ann.id)
        )
    await week.mail(6, "12:00", into=ours)
    # What programs wrote, comments, and what is held are no mails and no answers.
    robot = await week.mail(6, "13:00", into=ours)
    async with company.database.write() as db:
        newest = select(func.max(Message.id)).where(Message.conversation_id == robot)
        await db.execute(
            update(Message)
            .where(Message.id == newest.scalar_subquery())
            .values(kind="auto", author_kind="system")
        )
    await week.answer(ours, ben, 6, "14:00", kind="held")
    await week.answer(ours, ben, 6, "14:30", kind="note")
    # Nobody closed it: it did so by itself.
    await week.close(ours, None, 6, "15:00")
    # What became part of another began nothing, and its mail is one of the other's.
    twin = await week.mail(4, "15:00")
    async with company.database.write() as db:
        by = Actor.agent(ann.id, ann.name)
        await merge(db, first, twin, by=by, now=at(4, "16:00"))


async def test_today_is_the_readers(
    doors: Doors, company: Company, support: Mailbox, clock: Clock
) -> None:
    async with company.database.write() as db:
        await db.execute(update(Mailbox).values(time_zone="Asia/Tokyo"))
    clock.now = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    kei = await doors.open(await company.agent("Kei Ono", support.address))
    assert 'name="to" type="date" value="2026-11-23"' in await kei.page("/statistics")


async def test_a_week_counted_by_hand_and_who_may_see_it(
    doors: Doors, company: Company, support: Mailbox, clock: Clock
) -> None:
    ann = await company.agent("Ann Berg", support.address)
    ben = await company.agent("Ben Okafor", support.address)
    press = await company.mailbox("press@us.example", "Press")
    secret = Week(company, press)
    await secret.mail(3, "10:00")
    async with company.database.write() as db:
        hours = {"time_zone": "Europe/Rome", "hours": "mo-fr 9:00-17:00", "targets": "first 4h"}
        await db.execute(update(Mailbox).values(**hours))
        await db.execute(update(Agent).where(Agent.id == ben.id).values(name="=Ben()"))
    await a_week(company, support, ann, ben)
    async with company.database.write() as db:
        # The past week by week, and again what is new: nothing is counted twice.
        while await count_up(db, now=company.now) < company.now:
            pass
        await count_up(db, now=company.now)
    mia = await doors.open(await company.agent("Mia Wolf", support.address, role="manager"))
    asked = "from=2026-11-02&to=2026-11-08"
    sheet = (await mia.get(f"/statistics.csv?{asked}&by=person")).text.splitlines()
    names = "incoming,answered,closed,begun,first_answers,first_answer_median_minutes"
    assert sheet == [
        f"\ufeffperson,{names},first_answer_p90_minutes,within_target_percent,same_day_percent",
        "'=Ben(),0,2,2,1,1,120.0,120.0,100.0,0.0",
        # Half an hour of Monday belongs to the conversation that began on Saturday.
        "Ann Berg,3,3,1,3,3,90.0,546.0,66.7,66.7",
        ",5,0,1,1,0,,,0.0,0.0",
        "total,8,5,4,5,4,105.0,498.0,60.0,40.0",
    ]
    days = (await mia.get(f"/statistics.csv?{asked}&by=day")).text.splitlines()
    assert days[1] == "2026-11-02,3,1,0,2,2,105.0,117.0,100.0,50.0"
    assert [one.split(",")[0] for one in days[1:]][-1] == "total"
    # The same figures, in other rows.
    for by, name in (("week", "2026-11-02"), ("month", "2026-11-01"), ("mailbox", "Support")):
        rows = (await mia.get(f"/statistics.csv?{asked}&by={by}")).text.splitlines()
        assert rows[1:] == [f"{name},8,5,4,5,4,105.0,498.0,60.0,40.0", sheet[-1]], by
    page = await mia.page(f"/statistics?{asked}&by=mailbox&mailbox={support.id}")
    assert "<desc" in page
    assert "1:45" in page
    assert "60%" in page
    assert "Press" not in page
    assert re.search(r'<svg class="bars" role="img"[^>]*aria-labelledby', page)
    assert 'style="' not in page
    # One who is no manager sees what their mailboxes did, and of people themselves alone.
    own = await doors.open(ann)
    alone = (await own.get(f"/statistics.csv?{asked}&by=person")).text.splitlines()
    assert [one.split(",")[0] for one in alone[1:]] == ["Ann Berg", "total"]
    assert (await own.get(f"/statistics?mailbox={press.id}")).status_code == 404
    for wrong in ("from=x", "by=secret", "from=2026-11-08&to=2026-11-02", "from=1990-01-01"):
        assert (await own.get(f"/statistics?{wrong}")).status_code == 422, wrong
    again = (await own.get("/statistics?from=2026-11-23&to=2026-11-02&by=week")).text
    assert re.search(r'name="from"[^>]*value="2026-11-23"[^>]*><span class="fault"', again)
    assert 'value="2026-11-02"' in again
    assert '<option value="week" selected>' in again
