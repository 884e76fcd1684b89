"""What figures are counted from: the mails and events of some days, and how often what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert as upsert

from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement
from inbox.store.tables import DayFigure, Message, Setting

_KEY: Final = "counted"
_WITHIN: Final = "cast(:since as timestamptz) and cast(:until as timestamptz)"
_CUSTOMERS: Final = "m.kind = 'mail' and m.visibility = 'public' and m.author_kind = 'customer'"
# A zone that the database does not know stops the figures of nobody else.
_BOX: Final = """box as materialized (
    select id, case when exists (select from pg_timezone_names z where z.name = time_zone)
                    then time_zone else 'UTC' end as time_zone from mailbox)"""
# Of a conversation that is closed several times on a day one closing counts for each person.
_DAYS: Final = Statement(f"""
with {_BOX}
insert into day_figure (mailbox_id, day, agent_id, incoming, answered, closed)
select mailbox_id, day, agent_id, sum(incoming), sum(answered), sum(closed) from (
    select c.mailbox_id, (m.received_at at time zone b.time_zone)::date as day,
           coalesce(case when m.kind = 'mail' then c.assignee_id else m.author_id end, 0)
               as agent_id,
           (m.kind = 'mail')::int as incoming, (m.kind = 'reply')::int as answered, 0 as closed
      from message m
      join conversation c on c.id = m.conversation_id and c.status <> 'spam'
      join box b on b.id = c.mailbox_id
     where m.received_at between {_WITHIN}
       and (({_CUSTOMERS}) or (m.kind = 'reply' and m.author_kind = 'agent'))
 union all
    select distinct on (c.id, day, agent_id)
           c.mailbox_id, (e.at at time zone b.time_zone)::date as day,
           case when e.actor_kind = 'agent' then coalesce(e.actor_id, 0) else 0 end as agent_id,
           0, 0, 1
      from event e
      join conversation c on c.id = e.conversation_id
      join box b on b.id = c.mailbox_id
     where e.at between {_WITHIN} and e.name = 'conversation.closed') each_one
 where day between cast(:first as date) and cast(:last as date)
 group by mailbox_id, day, agent_id
""")  # noqa: S608 - of constants
_CORRECTIONS: Final = """'conversation.spam', 'conversation.not_spam', 'conversation.merged',
                    'conversation.unmerged', 'conversation.moved', 'conversation.split',
                    'message.moved', 'message.dropped'"""
_BEGUN: Final = Statement(f"""
with touched as (
    select conversation_id from message
     where received_at between {_WITHIN} and kind in ('mail', 'reply')
    union
    select conversation_id from event
     where at between {_WITHIN}
       and name in ({_CORRECTIONS}, 'conversation.priority'))
select c.id, c.mailbox_id, c.priority, began.received_at as asked_at,
       answer.received_at as answered_at, coalesce(answer.author_id, 0) as agent_id,
       c.status <> 'spam' and c.merged_into is null and began.is_theirs as counts
  from touched t
  join conversation c on c.id = t.conversation_id
  join lateral (
      select m.received_at, {_CUSTOMERS} as is_theirs from message m
       where m.conversation_id = c.id and m.kind in ('mail', 'reply') and m.visibility = 'public'
       order by m.received_at, m.id limit 1) began on true
  left join lateral (
      select m.received_at, m.author_id from message m
       where m.conversation_id = c.id and m.kind = 'reply' and m.author_kind = 'agent'
       order by m.received_at, m.id limit 1) answer on true
""")  # noqa: S608 - of constants
# Both the conversation from which something went and the one into which.
_CORRECTED: Final = Statement(f"""
with {_BOX}, about as (
    select conversation_id as id,
           case when jsonb_typeof(payload -> 'to') = 'number'
                then (payload ->> 'to')::bigint end as other,
           (payload ->> 'merged')::bigint as merged
      from event where at between {_WITHIN} and name in ({_CORRECTIONS})
), touched as (
    select id from about union select other from about union select merged from about
)
select distinct (happened.at at time zone b.time_zone)::date as day
  from touched join conversation c on c.id = touched.id join box b on b.id = c.mailbox_id
  join lateral (
      select received_at as at from message where conversation_id = c.id
      union all
      select at from event where conversation_id = c.id and name = 'conversation.closed'
  ) happened on true
 where (happened.at at time zone b.time_zone)::date < cast(:first as date)
 order by 1
""")  # noqa: S608 - of constants


async def counted_until(db: Reader | Writer) -> datetime | None:
    """Up to when all is counted; None where nothing is yet."""
    kept = await db.scalar(select(Setting.value).where(Setting.key == _KEY))
    return datetime.fromisoformat(kept["until"]) if kept else None


async def first_mail(db: Writer) -> datetime | None:
    """When the first mail came: there the counting begins."""
    return await db.scalar(select(func.min(Message.received_at)))


async def keep_counted(db: Writer, until: datetime) -> None:
    """Remember that all is counted up to a moment."""
    row = upsert(Setting).values(key=_KEY, value={"until": until.isoformat()})
    await db.execute(
        row.on_conflict_do_update(index_elements=["key"], set_={"value": row.excluded.value})
    )


async def count_days(
    db: Writer, *, since: datetime, until: datetime, first: date, last: date
) -> None:
    """Count some days anew, which lie within `since` and `until` in every time zone."""
    await db.execute(delete(DayFigure).where(DayFigure.day.between(first, last)))
    await _DAYS.rows(db, since=since, until=until, first=first, last=last)


async def corrected_days(
    db: Writer, *, since: datetime, until: datetime, first: date
) -> list[date]:
    """Days before `first` of conversations of which something turned out to be otherwise."""
    found = await _CORRECTED.rows(db, since=since, until=until, first=first)
    return [row["day"] for row in found]


async def begun_or_answered(
    db: Writer, *, since: datetime, until: datetime
) -> list[Mapping[str, Any]]:
    """Conversations to which something happened that may change their first answer, as they are."""
    return list(await _BEGUN.rows(db, since=since, until=until))


async def keep_first_answers(
    db: Writer, rows: Sequence[Mapping[str, Any]], *, without: Sequence[int]
) -> None:
    """Keep what was found of conversations, and forget those that do not count."""
    await _FORGET.rows(db, without=list(without))
    await _KEEP.rows(db, **{name: [row[name] for row in rows] for name in _COLUMNS})


_COLUMNS: Final = {
    "conversation_id": "bigint",
    "mailbox_id": "bigint",
    "day": "date",
    "working_day": "date",
    "asked_at": "timestamptz",
    "due_at": "timestamptz",
    "answered_at": "timestamptz",
    "answered_day": "date",
    "seconds": "bigint",
    "agent_id": "bigint",
}
_FORGET: Final = Statement("""
delete from first_answer where conversation_id = any(cast(:without as bigint[]))
""")
# What is as it was is not written again.
_KEEP: Final = Statement(f"""
insert into first_answer as kept ({", ".join(_COLUMNS)})
select * from unnest({", ".join(f"cast(:{name} as {kind}[])" for name, kind in _COLUMNS.items())})
    on conflict (conversation_id) do update
   set {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)}
 where ({", ".join(f"kept.{name}" for name in _COLUMNS)})
       is distinct from ({", ".join(f"excluded.{name}" for name in _COLUMNS)})
""")  # noqa: S608 - of constants
