"""The tags that are in use, in the mailboxes of whoever asks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement

# A tag of a conversation that was merged away shows in the one that it is part of now.
_COUNTS = Statement("""
select tag, count(*) as conversations
  from conversation c, unnest(c.tags) as tag
 where c.tags <> '{}' and c.merged_into is null
   and c.mailbox_id = any(cast(:mailboxes as bigint[]))
 group by tag order by tag
""")
_TAGGED = Statement("""
select id from conversation
 where tags @> array[cast(:tag as text)] and tags <> '{}' and merged_into is null
   and mailbox_id = any(cast(:mailboxes as bigint[])) and id > :after
 order by id limit :most
""")


@dataclass(frozen=True, slots=True)
class TagInUse:
    """A tag, and how many conversations have it."""

    name: str
    conversations: int


async def tags_in_use(db: Reader, mailboxes: Collection[int]) -> list[TagInUse]:
    """All of these mailboxes, by name."""
    rows = await _COUNTS.rows(db, mailboxes=list(mailboxes))
    return [TagInUse(row["tag"], row["conversations"]) for row in rows]


async def tagged(
    db: Writer, tag: str, mailboxes: Collection[int], *, after: int = 0, most: int
) -> list[int]:
    """Conversations with this tag, from an id on."""
    rows = await _TAGGED.rows(db, tag=tag, mailboxes=list(mailboxes), after=after, most=most)
    return [row["id"] for row in rows]
