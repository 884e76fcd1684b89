"""All that is due anew: hours, targets or holidays of a mailbox were changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from inbox.clock import utcnow
from inbox.desk.hours import ask_tomorrow, fill_holidays, with_country
from inbox.desk.timers import STANDING, settle
from inbox.errors import Invalid
from inbox.jobs.queue import enqueue
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.log import get_logger
from inbox.store.engine import Writer
from inbox.store.statement import Statement

log = get_logger("timers")

# Whose mail comes meanwhile waits for no more than these.
_BATCH: Final = 100
# Locked, so that what a verb does meanwhile is neither lost nor planned by what was before.
_SOME = Statement(f"""
select conversation.id, {STANDING}
  from conversation
 where conversation.mailbox_id = :mailbox_id and conversation.id > :after
   and conversation.status in ('open', 'waiting', 'snoozed') and merged_into is null
 order by conversation.id limit {_BATCH} for update
""")  # noqa: S608 - constants


@job("timers.replan", retry=INTAKE)
async def replan_job(db: Writer, context: Context, *, mailbox_id: int, after: int = 0) -> None:
    """Plan some conversations of a mailbox anew; the rest is a job of its own."""
    del context
    last = await replan(db, mailbox_id, after, now=utcnow())
    if last is not None:
        await enqueue(
            db,
            "timers.replan",
            key=f"timers.replan:{mailbox_id}:{last}",
            mailbox_id=mailbox_id,
            after=last,
        )


async def replan(db: Writer, mailbox_id: int, after: int, *, now: datetime) -> int | None:
    """Plan the next ones above `after`; up to which, or None where these were the last."""
    rows = await _SOME.rows(db, mailbox_id=mailbox_id, after=after)
    for row in rows:
        await settle(db, row["id"], row, now=now, is_anew=True)
    return int(rows[-1]["id"]) if len(rows) == _BATCH else None


async def _tomorrow(db: Writer, args: dict[str, Any], reason: str) -> None:
    """A day on which they cannot be asked for is not the last."""
    del args, reason
    await ask_tomorrow(db, now=utcnow())


@job("timers.holidays", retry=INTAKE, give_up=_tomorrow)
async def holidays_job(db: Writer, context: Context, **_: object) -> None:
    """Once a day: the holidays of the years that come, and what follows where they are others."""
    del context
    now = utcnow()
    mailboxes = await with_country(db)
    if mailboxes:
        await ask_tomorrow(db, now=now)
    for mailbox in mailboxes:
        try:
            has_changed = await fill_holidays(db, mailbox, now=now)
        except Invalid as error:  # the package knows that country no more: those we have stay
            log.warning("timers.holidays", mailbox=mailbox.id, reason=error.public)
            continue
        if has_changed:
            await db.flush()
            await enqueue(
                db, "timers.replan", key=f"timers.replan:{mailbox.id}", mailbox_id=mailbox.id
            )
