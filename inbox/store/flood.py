"""What one of us has handed over by signing in."""

from __future__ import annotations

from datetime import datetime, timedelta

from inbox.model.flood import Amount
from inbox.settings import Settings
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
# People outside are those whom a mail was handed over for, and those whom its words went to.
_SENT = Statement("""
select count(*) filter (where received_at > :hour) as mails_an_hour, count(*) as mails_a_day,
       coalesce(sum(people) filter (where received_at > :hour), 0)::bigint as people_an_hour,
       coalesce(sum(people), 0)::bigint as people_a_day
  from (select s.received_at, greatest(
                   (select count(*) from unnest(s.recipients) as one(address)
                     where split_part(one.address, '@', 2) <> :domain
                       and split_part(one.address, '@', 2) not in
                           (select split_part(address, '@', 2) from mailbox_address)),
                   (select count(*) from message m
                      join outbound o on o.message_id = m.id and o.kind in ('reply', 'forward')
                      join outbound_recipient r on r.outbound_id = o.id
                     where m.spool_id = s.id)
                   + (select coalesce(sum(o.people), 0) from ordered o
                       where o.spool_id = s.id)) as people
          from spool s
         where s.submitted_by = :agent_id and s.received_at > :day
           and s.id <> :besides) as one
""")
# The answers that one mail gives in many conversations are not seen as that mail.
_ANSWERED = Statement("""
update ordered set people = people + (
       select count(*) from outbound o join outbound_recipient r on r.outbound_id = o.id
        where o.message_id = :message_id and o.kind = 'reply')
 where spool_id = :spool_id
""")
_SUBMITTER = Statement("select submitted_by from spool where id = :spool_id")
_HOME = Statement("""
select mailbox.id, mailbox.address from mailbox
  left join membership m on m.mailbox_id = mailbox.id and m.agent_id = :agent_id
 where mailbox.removed_at is null
 order by m.agent_id is null, mailbox.id limit 1
""")
_ALONE = Statement("select pg_advisory_xact_lock(28516, cast(:agent_id % 2147483647 as int))")


def most_of(settings: Settings) -> Amount:
    """What one person may send by signing in."""
    return Amount(
        mails_an_hour=settings.submission_mails_per_hour,
        mails_a_day=settings.submission_mails_per_day,
        people_an_hour=settings.submission_people_per_hour,
        people_a_day=settings.submission_people_per_day,
    )


async def sent_lately(
    db: Reader | Writer, agent_id: int, *, domain: str | None, now: datetime, besides: int = 0
) -> Amount:
    """What a person has handed over in the last hour and day, but for one mail of the spool.

    `domain` is ours besides those of mailboxes.
    """
    [row] = await _SENT.rows(
        db,
        agent_id=agent_id,
        domain=domain or "",
        hour=now - _HOUR,
        day=now - _DAY,
        besides=besides,
    )
    return Amount(**row)


async def submitter_of(db: Writer, spool_id: int) -> int | None:
    """Who signed in to hand a mail over; until the transaction ends theirs are looked at alone."""
    rows = await _SUBMITTER.rows(db, spool_id=spool_id)
    submitter: int | None = rows[0]["submitted_by"] if rows else None
    if submitter is not None:
        await _ALONE.rows(db, agent_id=submitter)
    return submitter


async def count_answer(db: Writer, spool_id: int, message_id: int) -> None:
    """To whom this answer goes counts for the mail of the spool in which it was one of several."""
    await _ANSWERED.rows(db, spool_id=spool_id, message_id=message_id)


async def home_of_person(db: Writer, agent_id: int) -> tuple[int, str] | None:
    """A mailbox of theirs, else the first, with its address: mails about them leave there."""
    rows = await _HOME.rows(db, agent_id=agent_id)
    return (rows[0]["id"], rows[0]["address"]) if rows else None
