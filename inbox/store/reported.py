"""Figures of mailboxes over a period, added up from what is kept by day and by conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from inbox.store.engine import Reader
from inbox.store.statement import Statement


class By(StrEnum):
    """Into which rows figures are split."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    MAILBOX = "mailbox"
    PERSON = "person"


_KEYS: Final = {
    By.DAY: "extract(epoch from f.day)::bigint",
    By.WEEK: "extract(epoch from date_trunc('week', f.day::timestamp))::bigint",
    By.MONTH: "extract(epoch from date_trunc('month', f.day::timestamp))::bigint",
    By.MAILBOX: "f.mailbox_id",
    By.PERSON: "f.agent_id",
}
_WHICH: Final = """f.mailbox_id = any(cast(:boxes as bigint[]))
   and f.day between cast(:first as date) and cast(:last as date)
   and (cast(:only as bigint) is null or f.agent_id = cast(:only as bigint))"""
_ANSWERED: Final = "f.answered_at is not null"


def _amounts(by: By) -> Statement:
    return Statement(f"""
select {_KEYS[by]} as key, grouping({_KEYS[by]}) = 1 as is_total,
       sum(incoming)::bigint as incoming, sum(answered)::bigint as answered,
       sum(closed)::bigint as closed
  from day_figure f where {_WHICH} group by grouping sets ((1), ())
""")  # noqa: S608 - of constants


def _speeds(by: By) -> Statement:
    return Statement(f"""
select {_KEYS[by]} as key, grouping({_KEYS[by]}) = 1 as is_total,
       count(*) as begun, count(f.answered_at) as first_answers,
       percentile_cont(0.5) within group (order by f.seconds) as median,
       percentile_cont(0.9) within group (order by f.seconds) as p90,
       count(*) filter (where f.answered_at <= f.due_at) as in_target,
       count(*) filter (where f.answered_at > f.due_at
                           or f.answered_at is null and f.due_at < :now) as late,
       count(*) filter (where f.answered_day <= f.working_day) as same_day,
       count(*) filter (where {_ANSWERED} or f.working_day < there.today) as judged
  from first_answer f
  join unnest(cast(:boxes as bigint[]), cast(:todays as date[])) as there(id, today)
    on there.id = f.mailbox_id
 where {_WHICH} group by grouping sets ((1), ())
""")  # noqa: S608 - of constants


_AMOUNTS: Final = {by: _amounts(by) for by in By}
_SPEEDS: Final = {by: _speeds(by) for by in By}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is counted of a row; docs/statistics.md says what each means. Times in seconds."""

    incoming: int = 0
    answered: int = 0
    closed: int = 0
    begun: int = 0
    first_answers: int = 0
    median: float | None = None
    p90: float | None = None
    in_target: int = 0
    late: int = 0
    same_day: int = 0
    judged: int = 0

    @property
    def within_target(self) -> float | None:
        """The share answered in time, of those of which it is decided."""
        decided = self.in_target + self.late
        return self.in_target / decided if decided else None

    @property
    def same_day_share(self) -> float | None:
        """The share answered on its working day, of those of which it is decided."""
        return self.same_day / self.judged if self.judged else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Rows by their key (a mailbox, a person, seconds of the first day), and all of them."""

    rows: dict[int, Figures]
    total: Figures


async def figures(
    db: Reader,
    by: By,
    *,
    todays: Mapping[int, date],
    first: date,
    last: date,
    now: datetime,
    only: int | None = None,
) -> Counted:
    """The figures of these days, both included; of one person where `only` says whom.

    `todays`: which day it is in each of the mailboxes that are counted.
    """
    about = {"boxes": list(todays), "first": first, "last": last, "only": only}
    amounts = await _AMOUNTS[by].rows(db, **about)
    speeds = await _SPEEDS[by].rows(db, **about, now=now, todays=list(todays.values()))
    found: dict[int | None, dict[str, float]] = {}
    for row in (*amounts, *speeds):
        values = {name: value for name, value in row.items() if name not in ("key", "is_total")}
        given = {name: value for name, value in values.items() if value is not None}
        found.setdefault(None if row["is_total"] else row["key"], {}).update(given)
    total = Figures(**found.pop(None, {}))  # type: ignore[arg-type] # named as the statements do
    rows = {key: Figures(**found[key]) for key in sorted(found, key=lambda one: one or 0)}  # type: ignore[arg-type] # as said
    return Counted(rows={key or 0: one for key, one in rows.items()}, total=total)
