"""Lists of what is open by who has waited longest, or by what is due soonest.

Each is one fixed statement that reads, of each mailbox, no more rows of an index than a page shows
(but for "mine"). Where nobody waits, what was written last counts as the beginning; what is never
due comes last.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from inbox.model.lists import Order
from inbox.store.engine import Reader
from inbox.store.statement import Statement

# As early as a thousand years can be taken off again.
BEGINNING: Final = (datetime(1001, 1, 2, tzinfo=UTC), 0)

_BOXES: Final = "cast(:boxes as bigint[])"
_AT: Final = "cast(:at as timestamptz)"
_ID: Final = "cast(:id as bigint)"
_SINCE: Final = "coalesce(c.waiting_since, c.last_message_at)"
_NEVER: Final = "interval '1000 years'"
_OPEN: Final = "c.status = 'open' and c.merged_into is null"
# Each with what comes after a row, told so that an index can begin there.
_WAITING: Final = ((_SINCE, "true", f"({_SINCE}, c.id) > ({_AT}, {_ID})"),)
_DUE: Final = (
    (
        "c.due_at",
        "c.due_at is not null",
        f"(c.due_at, c.id) > ({_AT}, {_ID})",
    ),
    (
        f"{_SINCE} + {_NEVER}",
        "c.due_at is null",
        f"{_SINCE} >= {_AT} - {_NEVER} and ({_SINCE} + {_NEVER}, c.id) > ({_AT}, {_ID})",
    ),
)


def _first(keys: Sequence[tuple[str, str, str]], condition: str) -> str:
    """SQL for the first ids in an order, of the person's mailboxes and what others share."""
    shared = f"""c.is_shared and exists (select from conversation_mailbox m
        where m.conversation_id = c.id and m.mailbox_id = any({_BOXES}))"""
    streams = []
    for key, kind, after in keys:
        for whose, which in (("= any", "true"), ("<> all", shared)):
            streams.append(f"""
        select few.id, few.at from mailbox box, lateral (
            select c.id, {key} as at from conversation c
             where c.mailbox_id = box.id and {_OPEN} and {condition} and {kind} and {which}
               and {after}
             order by {_in_index(key)}, c.id limit :most) few
         where box.id {whose}({_BOXES})""")  # noqa: S608 - of the constants above
    return f"""select id, at from ({" union all ".join(streams)}) every
 order by at, id limit :most"""  # noqa: S608 - of constants


def _in_index(key: str) -> str:
    """The order of an index: the same time added to each key changes nothing."""
    return key.removesuffix(f" + {_NEVER}")


def _mine(keys: Sequence[tuple[str, str, str]]) -> str:
    """The same of what a person has, which is never much: read whole from its index."""
    streams = " union all ".join(_of_mine(*key) for key in keys)
    return f"""with mine as materialized (
    select c.* from conversation c where c.assignee_id = :me and {_OPEN}
       and (c.mailbox_id = any({_BOXES})
            or exists (select from conversation_mailbox m
                        where m.conversation_id = c.id and m.mailbox_id = any({_BOXES}))))
select id, at from ({streams}) every order by at, id limit :most"""  # noqa: S608 - of constants


def _of_mine(key: str, kind: str, after: str) -> str:
    return f"""
        select c.id, {key} as at from mine c join mailbox box on box.id = c.mailbox_id
         where {kind} and {after}"""  # noqa: S608 - of constants


_STATEMENTS: Final = {
    (order, folder): Statement(sql)
    for order, keys in ((Order.WAITING, _WAITING), (Order.DUE, _DUE))
    for folder, sql in (
        ("open", _first(keys, "true")),
        ("unassigned", _first(keys, "c.assignee_id is null")),
        ("mine", _mine(keys)),
    )
}


def is_ordered(folder: str, order: Order) -> bool:
    """Whether a folder is read here; every other is a list of the newest."""
    return (order, folder) in _STATEMENTS


async def first_ids(
    db: Reader,
    folder: str,
    order: Order,
    *,
    boxes: Sequence[int],
    me: int,
    most: int,
    after: tuple[datetime, int] | None = None,
) -> dict[int, datetime]:
    """So many ids of a folder in order, after a row; each with the moment that puts it there."""
    at, last = after or BEGINNING
    rows = await _STATEMENTS[order, folder].rows(db, boxes=boxes, me=me, at=at, id=last, most=most)
    return {row["id"]: row["at"] for row in rows}
