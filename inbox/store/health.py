"""What waits that should not: of mail on its way out and in, how much, since when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inbox.store.engine import Reader
from inbox.store.statement import Statement

# What is younger is on its way.
_GRACE: Final = timedelta(minutes=1)
# What one of us put off to later, or can still take back, does not wait for anything.
_OUT: Final = Statement("""
select coalesce(error, '') as why, count(*) as number, min(run_at) as since
  from outbound where state in ('waiting', 'sending') and run_at < :before
 group by 1 order by 2 desc limit 20
""")
_IN: Final = Statement("""
select count(*) filter (where state = 'waiting' and received_at < :before) as late,
       min(received_at) filter (where state = 'waiting' and received_at < :before) as since,
       count(*) filter (where state = 'set_aside') as aside
  from spool where state <> 'done'
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How much waits that should have gone on: mails out, mails in, and those set aside."""

    out: int
    out_since: datetime | None
    reasons: tuple[str, ...]  # those of mails out, the most frequent first
    late: int
    late_since: datetime | None
    aside: int


async def what_waits(db: Reader, *, now: datetime) -> Waiting:
    """What has waited for a minute or longer, in all mailboxes."""
    reasons = await _OUT.rows(db, before=now - _GRACE)
    [mail_in] = await _IN.rows(db, before=now - _GRACE)
    return Waiting(
        out=sum(row["number"] for row in reasons),
        out_since=min((row["since"] for row in reasons), default=None),
        reasons=tuple(row["why"] for row in reasons),
        late=mail_in["late"],
        late_since=mail_in["since"],
        aside=mail_in["aside"],
    )
