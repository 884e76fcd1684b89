"""How many conversations a list holds: the numbers in the rail, each counted up to a bound.

They belong to every page, so each set is one fixed statement that walks the indexes of the lists.
"""

from __future__ import annotations

from typing import Final

from inbox.model.lists import Folder
from inbox.model.viewer import Viewer
from inbox.store.conversations import MOST_COUNTED
from inbox.store.engine import Reader
from inbox.store.statement import Statement

_MOST: Final = MOST_COUNTED + 1
# Without an order a planner hopes to meet so many soon enough by reading the whole table.
_NEWEST: Final = f"order by c.last_message_at desc, c.id desc limit {_MOST}"


def _count(boxes: str, state: str, condition: str = "true") -> str:
    """SQL for how many of a state these mailboxes see: their own, and those that others share."""
    wanted = f"c.status = '{state}' and c.merged_into is null and {condition}"
    return f"""
    (select count(*) from (
        select 1 from unnest({boxes}) box(id), lateral (
            select 1 from conversation c where c.mailbox_id = box.id and {wanted}
             {_NEWEST}) own
     union all
        select 1 from mailbox other, lateral (
            select 1 from conversation c
             where c.mailbox_id = other.id and c.is_shared and {wanted}
               and exists (select from conversation_mailbox m
                            where m.conversation_id = c.id and m.mailbox_id = any({boxes}))
             {_NEWEST}) shared
         where other.id <> all({boxes})
     limit {_MOST}) few)"""  # noqa: S608 - of the constants below


_BOXES: Final = "cast(:boxes as bigint[])"
_THEIRS: Final = f"""c.merged_into is null
           and (c.mailbox_id = any({_BOXES})
                or exists (select from conversation_mailbox s
                            where s.conversation_id = c.id and s.mailbox_id = any({_BOXES})))"""
_MINE: Final = f"""
    (select count(*) from (
        select 1 from conversation c
         where c.assignee_id = :me and c.status = 'open' and {_THEIRS}
         {_NEWEST}) few)"""  # noqa: S608 - of constants
# Each conversation counts once, and each that is to be begun.
_DRAFTS: Final = f"""
    least({_MOST}, (select count(*) from (
        select distinct c.id from draft d join conversation c on c.id = d.conversation_id
         where d.agent_id = :me and {_THEIRS} limit {_MOST}) few)
    + (select count(*) from draft d
        where d.agent_id = :me and d.kind = 'new' and d.mailbox_id = any({_BOXES})))"""  # noqa: S608 - of constants
# What is held is few. Mails that nobody could read have no conversation.
_SET_ASIDE: Final = f"""
    least({_MOST}, (select count(*) from (
        select distinct c.id from held h
          join message m on m.id = h.message_id
          join conversation c on c.id = m.conversation_id
         where h.state = 'waiting' and h.send_at is null and {_THEIRS} limit {_MOST}) few)
    + (select count(*) from (
        select from spool where state = 'set_aside'
           and mailboxes && {_BOXES}::integer[] limit {_MOST}) few))"""  # noqa: S608 - of constants
_FOLDERS: Final = Statement(f"""
select {_MINE} as mine,
       {_count(_BOXES, "open", "c.assignee_id is null")} as unassigned,
       {_count(_BOXES, "open")} as open,
       {_count(_BOXES, "waiting")} as waiting,
       {_count(_BOXES, "snoozed")} as snoozed,
       {_count(_BOXES, "closed")} as closed,
       {_count(_BOXES, "spam")} as spam,
       {_DRAFTS} as drafts,
       {_SET_ASIDE} as set_aside
""")
_MAILBOXES: Final = Statement(f"""
select each.id, {_count("array[each.id]", "open")} as open from unnest({_BOXES}) each(id)
""")  # noqa: S608 - of constants


async def count_folders(
    db: Reader, viewer: Viewer, mailbox_id: int | None = None
) -> dict[Folder, int]:
    """By folder how many conversations, counting no further than `MOST_COUNTED` + 1."""
    boxes = viewer.mailboxes if mailbox_id is None else viewer.mailboxes & {mailbox_id}
    [row] = await _FOLDERS.rows(db, boxes=sorted(boxes), me=viewer.id)
    return {Folder(name): number for name, number in row.items()}


async def count_open(db: Reader, viewer: Viewer) -> dict[int, int]:
    """By mailbox how many are open, counting no further than `MOST_COUNTED` + 1."""
    rows = await _MAILBOXES.rows(db, boxes=sorted(viewer.mailboxes))
    return {row["id"]: row["open"] for row in rows}
