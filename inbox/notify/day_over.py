"""When a department's day is over: what came that day and has no answer, as a list by mail.

One job for each mailbox that wants it, which plans the next. The list is answered by numbers like
any other, and goes to whoever leads.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from inbox.clock import utcnow
from inbox.desk.ringing import people_of, whom
from inbox.jobs.queue import enqueue
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.notify.digest import item_of, send_list
from inbox.sla.calendar import NeverOpen, closes
from inbox.sla.deadlines import Alarm
from inbox.store.digests import open_for
from inbox.store.engine import Writer
from inbox.store.hours import policy_of
from inbox.store.tables import Agent, Mailbox

_ALL: Final = 3  # of what is open
_MOST: Final = 10_000
_DAY: Final = timedelta(days=1)


async def _plan_again(db: Writer, args: dict[str, Any], reason: str) -> None:
    """A list that could not be made is not the last."""
    del reason
    mailbox = await db.get(Mailbox, args["mailbox_id"])
    if mailbox is not None and mailbox.removed_at is None and mailbox.same_day:
        await _plan_next(db, mailbox.id, None, now=utcnow())


@job("notify.day_over", retry=INTAKE, give_up=_plan_again)
async def day_over_job(
    db: Writer, context: Context, *, mailbox_id: int, since: str = "", until: str = ""
) -> None:
    """The end of a day that was planned, or, without `until`, the wish for such lists."""
    now = utcnow()
    begins, ends = (datetime.fromisoformat(one) if one else None for one in (since, until))
    await day_over(db, context, mailbox_id, begins, ends, now=now)


async def day_over(
    db: Writer,
    context: Context,
    mailbox_id: int,
    since: datetime | None,
    until: datetime | None,
    *,
    now: datetime,
) -> None:
    """Send the list of the day from `since` to `until`, where there is any, and plan the next."""
    mailbox = await db.get(Mailbox, mailbox_id)
    if mailbox is None or mailbox.removed_at is not None or not mailbox.same_day:
        return
    if since and until:
        await _send(db, context, mailbox, since, until, now=now)
    await _plan_next(db, mailbox_id, until, now=now)


async def _plan_next(db: Writer, mailbox_id: int, until: datetime | None, *, now: datetime) -> None:
    try:
        next_end = closes((await policy_of(db, mailbox_id)).hours, now)
    except NeverOpen:
        return
    begins = until or next_end - _DAY
    await enqueue(
        db,
        "notify.day_over",
        key=f"notify.day_over:{mailbox_id}",
        run_at=next_end,
        mailbox_id=mailbox_id,
        since=begins.isoformat(),
        until=next_end.isoformat(),
    )


async def _send(
    db: Writer,
    context: Context,
    mailbox: Mailbox,
    since: datetime,
    until: datetime,
    *,
    now: datetime,
) -> None:
    for someone in whom(Alarm.MANAGER, await people_of(db, mailbox.id, now=now), None):
        agent = await db.get_one(Agent, someone.id)
        wishes = [(mailbox.id, _ALL, False)]
        rows = await open_for(db, agent.id, wishes, soon=now, most=_MOST)
        items: list[dict[str, Any]] = [
            {**item_of(row, now), "of_day": True}
            for row in rows
            if row["since"] is not None and since < row["since"] <= until
        ]
        if items:
            about = ("day_over", agent.id, mailbox.id, until.isoformat())
            await send_list(db, context, agent, mailbox, items, about=about, now=now, is_day=True)
