"""The index of words is filled: what is new from the front, what is old from the newest back.

`Setting` "search" holds how far it is. Ids are given before they are committed, so what lies below
the newest one is looked through again until each transaction that could hold one has ended.
Nothing is ever lost by a crash: what has no words yet is found by having none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import text

from inbox.search.document import VERSION, Document, vector
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement

BATCH: Final = 400
# Ids below the newest that may still be on their way when an index is begun.
_UNDER_WAY: Final = 10_000
_SETTLED: Final = timedelta(seconds=60)

_STATE = Statement("""
select value, pg_snapshot_xmin(pg_current_snapshot())::text as oldest,
       pg_snapshot_xmax(pg_current_snapshot())::text as next,
       (select coalesce(max(id), 0) from message) as newest
  from setting where key = 'search' for update
""")
_BEGIN = Statement("""
insert into setting (key, value) values ('search', '{}') on conflict (key) do nothing
""")
_KEEP = Statement("update setting set value = cast(:value as jsonb) where key = 'search'")
_COLUMNS: Final = """
select m.id, m.received_at, m.subject, m.text, m.author_kind, m.author_id, m.author_name,
       m.author_address, m."to" || m.cc as people,
       case when m.quoted <> '' and not exists (
                 select from message earlier
                  where earlier.conversation_id = m.conversation_id
                    and (earlier.received_at, earlier.id) < (m.received_at, m.id))
            then m.quoted else '' end as quoted,
       array(select f.filename from file f
              where f.message_id = m.id and not f.aside and f.filename <> ''
              order by f.id limit 50) as files
"""
_NEW = Statement(f"""
{_COLUMNS} from message m
 where m.id > :after and not exists (select from message_words w where w.message_id = m.id)
 order by m.id limit cast(:limit as int)
""")
_OLD = Statement(f"""
{_COLUMNS} from message m where m.id <= :until order by m.id desc limit cast(:limit as int)
""")
_PUT = Statement("""
insert into message_words (message_id, at, words)
select each.id, each.at, cast(each.words as tsvector)
  from unnest(cast(:ids as bigint[]), cast(:ats as timestamptz[]), cast(:words as text[]))
       as each(id, at, words)
    on conflict (message_id) do update set at = excluded.at, words = excluded.words
""")
_LEFT = text("""
select (select count(*) from message where id <= (value ->> 'down')::bigint) as old,
       (select count(*) from message m where id > (value ->> 'up')::bigint
           and not exists (select from message_words w where w.message_id = m.id)) as new
  from setting where key = 'search'
""")


@dataclass(slots=True, kw_only=True)
class Progress:
    """How far the index is, as it is kept."""

    version: int
    up: int  # up to here all is in it, what was under way included
    down: int  # from here down it is to be made, or made anew; 0 when it is whole
    seen: int  # up to here all was in it that could be seen …
    horizon: str  # … when this transaction was yet to begin
    at: str


async def index_some(db: Writer, *, now: datetime, limit: int = BATCH) -> int:
    """Put up to so many messages into the index; how many. Others who do so wait for us."""
    state = await _state(db, now)
    progress, oldest, following, newest = state
    rows = await _NEW.rows(db, after=progress.up, limit=limit)
    await _put(db, rows, now)
    is_at_front = len(rows) < limit
    _move_up(progress, is_at_front, int(oldest), now)
    if progress.seen <= progress.up:
        progress.seen = newest if is_at_front else rows[-1]["id"]
        progress.horizon, progress.at = following, now.isoformat()
    if is_at_front and progress.down:
        old = await _OLD.rows(db, until=progress.down, limit=limit - len(rows))
        await _put(db, old, now)
        progress.down = old[-1]["id"] - 1 if len(old) == limit - len(rows) else 0
        rows += old
    await _KEEP.rows(db, value=json.dumps(_as_dict(progress)))
    return len(rows)


async def begin_again(db: Writer, *, now: datetime) -> None:
    """Make the whole index anew; what is there is used until it is."""
    progress, _oldest, _following, newest = await _state(db, now)
    if progress.seen:  # else it was never begun, and all is to be made anyway
        progress.down = newest
    await _KEEP.rows(db, value=json.dumps(_as_dict(progress)))


async def left(db: Reader | Writer) -> int:
    """How many messages are still to be put into the index."""
    row = (await db.execute(_LEFT)).one_or_none()
    if row is None:
        return int(await db.scalar(text("select count(*) from message")) or 0)
    return int(row.old + row.new)


def _move_up(progress: Progress, is_at_front: bool, oldest: int, now: datetime) -> None:
    """What was under way when we looked last has ended, and is in the index as well."""
    age = now - datetime.fromisoformat(progress.at)
    if is_at_front and oldest >= int(progress.horizon) and age >= _SETTLED:
        progress.up = max(progress.up, progress.seen)


async def _state(db: Writer, now: datetime) -> tuple[Progress, str, str, int]:
    found = await _STATE.rows(db)
    if not found:
        await _BEGIN.rows(db)
        found = await _STATE.rows(db)
    [row] = found
    value, newest = _decoded(row["value"]), row["newest"]
    if not value:
        up = max(0, newest - _UNDER_WAY)
        value = {"up": up, "down": up, "seen": 0, "horizon": row["next"], "at": now.isoformat()}
    elif value["version"] != VERSION:
        value["down"] = newest
    return Progress(**(value | {"version": VERSION})), row["oldest"], row["next"], newest


def _decoded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str | bytes) else value


def _as_dict(progress: Progress) -> dict[str, Any]:
    return {name: getattr(progress, name) for name in Progress.__slots__}


async def _put(db: Writer, rows: Sequence[Any], now: datetime) -> None:
    if not rows:
        return
    await _PUT.rows(
        db,
        ids=[row["id"] for row in rows],
        ats=[min(row["received_at"], now) for row in rows],
        words=[vector(document_of(row, now)) for row in rows],
    )


def document_of(row: Any, now: datetime) -> Document:
    """What is found of a message, with the quoted words of one that began a conversation."""
    is_ours = row["author_kind"] == "agent"
    return Document(
        at=min(row["received_at"], now),
        subject=row["subject"],
        text=f"{row['text']}\n\n{row['quoted']}" if row["quoted"] else row["text"],
        author_name=row["author_name"],
        author_address=row["author_address"],
        agent_id=row["author_id"] if is_ours else None,
        to=tuple(_people(_decoded(row["people"]))),
        files=tuple(row["files"]),
    )


def _people(found: Iterable[dict[str, str]]) -> Iterable[tuple[str, str]]:
    for one in found:
        yield one.get("name", ""), one.get("address", "")
