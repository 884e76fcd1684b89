"""The job that keeps the figures: every ten minutes the last days are counted anew.

Counting what is there is right whatever happened to it since: an answer that was taken back, a
conversation that was moved or is spam after all. Older days are counted anew where such a thing
was done to what is of them. After an upgrade the past is counted week by week, each in a job of its
own.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import text

from inbox.clock import utcnow
from inbox.jobs.queue import enqueue
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.reports.first_answers import first_answer
from inbox.sla.calendar import NeverOpen
from inbox.store.counting import (
    begun_or_answered,
    corrected_days,
    count_days,
    counted_until,
    first_mail,
    keep_counted,
    keep_first_answers,
)
from inbox.store.engine import Writer
from inbox.store.hours import policies

EVERY: Final = timedelta(minutes=10)
AT_ONCE: Final = timedelta(days=7)
# Of which day something is depends on the mailbox's time zone; what is kept late is counted still.
_OVERLAP: Final = timedelta(days=3)
_EARLIEST: Final = timedelta(hours=14)  # before ours a day begins, where it does so first
_LATEST: Final = timedelta(hours=12)  # and after ours it ends
_DAY: Final = timedelta(days=1)
_MOST: Final = 20  # days that one job counts anew
_KIND: Final = "reports.count"
_IS_PLANNED = text(
    f"select exists (select from job where kind = '{_KIND}' and done_at is null)"  # noqa: S608 - a constant
)


async def plan_counting(db: Writer, now: datetime) -> None:
    """See to it that figures are counted, once."""
    if not await db.scalar(_IS_PLANNED):
        await _plan(db, now)


async def _plan(db: Writer, when: datetime) -> None:
    # Without a key: one that plans itself for the same moment again would be lost.
    await enqueue(db, _KIND, run_at=when)


async def _plan_again(db: Writer, _args: dict[str, Any], _reason: str) -> None:
    await _plan(db, utcnow() + EVERY)


@job(_KIND, retry=INTAKE, give_up=_plan_again)
async def count(db: Writer, context: Context, **_: Any) -> None:
    """Count what is new, and plan the next time."""
    del context
    now = utcnow()
    until = await count_up(db, now=now)
    await _plan(db, now if until < now else now + EVERY)


async def count_up(db: Writer, *, now: datetime) -> datetime:
    """Count the next days, a week at most; up to when all is counted then."""
    begin = await counted_until(db) or await first_mail(db) or now
    until = min(begin + AT_ONCE, now)
    since = begin - _OVERLAP
    first, last = whole_days(since, until)
    await count_days(db, since=since, until=until, first=first, last=last)
    found = await begun_or_answered(db, since=since, until=until)
    known = await policies(db, {one["mailbox_id"] for one in found})
    rows: list[dict[str, Any]] = []
    for one in found:
        try:
            if one["counts"]:
                rows.append(first_answer(known[one["mailbox_id"]], one))
        except NeverOpen:  # a department that never opens has no time in which to answer
            continue
    kept = {one["conversation_id"] for one in rows}
    without = [one["id"] for one in found if one["id"] not in kept]
    await keep_first_answers(db, rows, without=without)
    if until == now:
        await _count_again(db, since=begin - EVERY, until=until, first=first)
    await keep_counted(db, until)
    return until


async def _count_again(db: Writer, *, since: datetime, until: datetime, first: date) -> None:
    days = await corrected_days(db, since=since, until=until, first=first)
    for some in (days[n : n + _MOST] for n in range(0, len(days), _MOST)):
        await enqueue(db, "reports.count_again", days=[str(day) for day in some])


@job("reports.count_again", retry=INTAKE)
async def count_again(db: Writer, context: Context, *, days: list[str]) -> None:
    """Count some days of long ago as they look by now."""
    del context
    for day in map(date.fromisoformat, days):
        begins = datetime.combine(day, time(), UTC)
        since, until = begins - _EARLIEST, begins + _DAY + _LATEST
        await count_days(db, since=since, until=until, first=day, last=day)


def whole_days(since: datetime, until: datetime) -> tuple[date, date]:
    """The first day of which nothing was before `since` in any time zone, and the last of `until`
    in any. Pure; both in UTC.
    """
    return (since + _EARLIEST + _DAY).date(), (until + _EARLIEST).date()
