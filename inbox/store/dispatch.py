"""What nobody has, the most urgent first, and how much everybody has: what a dispatcher sees.

The list is read along an index of what is unassigned, the numbers along one of what people have
open; both stop at a bound ([0038](../../docs/decisions/0038-what-is-counted-how.md)), so that a
hundred thousand conversations cost what a hundred do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from inbox.model.viewer import Viewer
from inbox.store.conversations import MOST_COUNTED, by_ids
from inbox.store.engine import Reader
from inbox.store.listed import Listed
from inbox.store.statement import Statement

PAGE: Final = 50
NEVER: Final = datetime(9999, 12, 31, tzinfo=UTC)  # for what is due at no time
# What can probably be solved at once: short words, no file, hardly anything said before.
SHORT: Final = 300  # characters of the customer's newest mail
FEW: Final = 3  # messages
LOOKED_AT: Final = 400  # of the most urgent; further down nobody solves at once
_BOXES: Final = "cast(:boxes as bigint[])"
_NEVER: Final = "timestamptz '9999-12-31 00:00:00+00'"
_KEY: Final = f"(-c.priority), coalesce(c.due_at, {_NEVER}), c.id"
_AFTER: Final = "(cast(:urgency as smallint), cast(:at as timestamptz), cast(:id as bigint))"
_FREE: Final = "c.assignee_id is null and c.status = 'open' and c.merged_into is null"
_QUICK: Final = f"""c.message_count <= {FEW} and not c.has_files and exists (
     select from (select m.text from message m
                   where m.conversation_id = c.id and m.kind = 'mail'
                   order by m.received_at desc, m.id desc limit 1) newest
      where length(newest.text) between 1 and {SHORT})"""  # noqa: S608 - of constants


def _first(most: str) -> str:
    """SQL for the first of what nobody has in these mailboxes, and of what others share."""
    streams = [
        f"""
    select few.* from mailbox box, lateral (
        select c.id, c.priority, coalesce(c.due_at, {_NEVER}) as at from conversation c
         where c.mailbox_id = box.id and {_FREE} and {which} and ({_KEY}) > {_AFTER}
         order by {_KEY} limit {most}) few
     where box.id {whose}({_BOXES})"""  # noqa: S608 - of constants
        for whose, which in (
            ("= any", "true"),
            (
                "<> all",
                f"""c.is_shared and exists (select from conversation_mailbox m
                where m.conversation_id = c.id and m.mailbox_id = any({_BOXES}))""",
            ),
        )
    ]
    return f"""select id, priority, at from ({" union all ".join(streams)}) every
 order by (-priority), at, id limit {most}"""  # noqa: S608 - of constants


_ALL: Final = Statement(_first(":most"))
_AT_ONCE: Final = Statement(f"""
select c.id, c.priority, first.at from ({_first(str(LOOKED_AT))}) first
  join conversation c on c.id = first.id
 where {_QUICK} order by (-c.priority), first.at, c.id limit :most
""")  # noqa: S608 - of constants
_MOST: Final = MOST_COUNTED + 1
_OPEN: Final = f"c.assignee_id = a.id and c.status = 'open' and c.mailbox_id = any({_BOXES})"
_PEOPLE: Final = Statement(f"""
select a.id, a.name, case when a.away_until > :now then a.away_until end as away_until,
       (select count(*) from (
           select 1 from conversation c where {_OPEN} limit {_MOST}) few) as open,
       (select count(*) from (
           select 1 from conversation c
            where {_OPEN} and c.due_at < :now limit {_MOST}) few) as late
  from agent a
 where a.disabled_at is null and a.role <> 'colleague'
   and exists (select from membership m
                where m.agent_id = a.id and m.mailbox_id = any({_BOXES}))
 order by a.id <> :me, a.name, a.id limit 200
""")  # noqa: S608 - of constants


@dataclass(frozen=True, slots=True)
class Place:
    """After which row a page begins: how urgent it is, when it is due, and its number."""

    priority: int
    at: datetime
    id: int


BEGINNING: Final = Place(100, datetime(1, 1, 2, tzinfo=UTC), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """One of us: how much they have open in these mailboxes, how much of it is late; each at most
    `MOST_COUNTED` + 1. `away_until` is of who is away now.
    """

    id: int
    name: str
    away_until: datetime | None
    open: int
    late: int


async def unassigned(
    db: Reader, viewer: Viewer, *, after: Place = BEGINNING, at_once: bool = False
) -> list[Listed]:
    """Up to `PAGE` + 1 of what nobody has, by urgency and then by when it is due (`at`).

    With `at_once` only what can probably be solved at once, of the `LOOKED_AT` most urgent.
    """
    statement = _AT_ONCE if at_once else _ALL
    rows = await statement.rows(
        db,
        boxes=sorted(viewer.mailboxes),
        urgency=-after.priority,
        at=after.at,
        id=after.id,
        most=PAGE + 1,
    )
    return await _listed(db, viewer, {row["id"]: row["at"] for row in rows})


async def _listed(db: Reader, viewer: Viewer, found: dict[int, datetime]) -> list[Listed]:
    known = {one.id: one for one in await by_ids(db, viewer, found)}
    return [replace(known[one], at=at) for one, at in found.items() if one in known]


async def busy(db: Reader, viewer: Viewer, *, now: datetime) -> list[Busy]:
    """Who can be given something in one's mailboxes: oneself first, then by name."""
    rows = await _PEOPLE.rows(db, boxes=sorted(viewer.mailboxes), me=viewer.id, now=now)
    return [Busy(**row) for row in rows]


def place_after(rows: Iterable[Listed]) -> Place | None:
    """Where the page after these rows begins."""
    last = next(reversed(list(rows)), None)
    return Place(last.priority, last.at or NEVER, last.id) if last else None
