"""What follows when hours or targets of a mailbox are set: holidays, and what is due anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from inbox.clock import utcnow
from inbox.desk.days_off import days_off
from inbox.errors import Invalid
from inbox.jobs.queue import enqueue
from inbox.model.zones import zone_called
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.people import members
from inbox.store.tables import Mailbox

_COUNTED: Final = frozenset({"time_zone", "hours", "own_days", "country", "region", "targets"})
_DAY: Final = timedelta(days=1)


async def hours_changed(db: Writer, mailbox: Mailbox, changed: Mapping[str, object]) -> None:
    """See to what hangs on these columns. Raises Invalid."""
    await _need_members(db, mailbox, changed)
    if {"country", "region"} & changed.keys():
        await fill_holidays(db, mailbox, now=utcnow())
    if mailbox.same_day and (_COUNTED | {"same_day"}) & changed.keys():
        await db.flush()
        await enqueue(
            db, "notify.day_over", key=f"notify.day_over:{mailbox.id}", mailbox_id=mailbox.id
        )
    if _COUNTED & changed.keys():
        await db.flush()
        await enqueue(db, "timers.replan", key=f"timers.replan:{mailbox.id}", mailbox_id=mailbox.id)


async def fill_holidays(db: Writer, mailbox: Mailbox, *, now: datetime) -> bool:
    """Write down its holidays, and plan to do so again tomorrow; whether they are others now.

    Raises Invalid for a country or region that is not known.
    """
    found: dict[str, str] = {}
    if mailbox.country:
        today = now.astimezone(zone_called(mailbox.time_zone)).date()
        found = await days_off(
            mailbox.country, mailbox.region, today=today, language=mailbox.language
        )
        await ask_tomorrow(db, now=now)
    elif mailbox.region:
        raise Invalid(Refusal.NO_COUNTRY, country=mailbox.country)
    if found == mailbox.holidays:
        return False
    mailbox.holidays = found
    return True


async def ask_tomorrow(db: Writer, *, now: datetime) -> None:
    """Look after a day whether holidays are others."""
    await enqueue(db, "timers.holidays", key="timers.holidays", run_at=now + _DAY)


async def with_country(db: Writer) -> list[Mailbox]:
    """Mailboxes that keep the holidays of a country."""
    return list(
        await db.scalars(select(Mailbox).where(Mailbox.country != "", Mailbox.removed_at.is_(None)))
    )


async def _need_members(db: Writer, mailbox: Mailbox, changed: Mapping[str, object]) -> None:
    named = [mailbox.manager, mailbox.above, *mailbox.critical]
    if not {"manager", "above", "critical"} & changed.keys() or not any(named):
        return
    there = {agent.email for agent in await members(db, mailbox.id)}
    for address in filter(None, named):
        if address not in there:
            raise Invalid(Refusal.NO_MEMBER, address=address)
