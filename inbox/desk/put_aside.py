"""Bytes that come by the web are kept until something names them, and of one person only so many.

What no message or text names is unsent: it waits in a draft, or the sweep takes it after a week.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert

from inbox.desk.answer import AnswerFile
from inbox.errors import Invalid
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.tables import Blob
from inbox.store.unsent import drop_unnamed, unsent_of, uploads_alone

MOST_BYTES: Final = 500 * 1024 * 1024
MOST_FILES: Final = 1000


async def keep_bytes(
    db: Writer, files: Sequence[AnswerFile], agent_id: int | None, *, is_named: bool = False
) -> None:
    """Keep what files hold, as that person's; nobody's where a program of the house does.

    With `is_named` a row names them at once, so they wait for nothing. Raises Invalid where more
    of that person's would wait unsent than may; what no draft names makes room after an hour.
    """
    found = {one.sha256: one for one in files if one.content is not None}
    if not found:
        return
    if agent_id is not None:
        count, size = (0, 0) if is_named else (len(found), sum(map(_size, found.values())))
        await _make_room(db, agent_id, sorted(found), count, size)
    kept = insert(Blob)
    # One that is there already counts as new again: so whoever sweeps old ones that nobody uses
    # waits for us, and then leaves it.
    again = {
        "created_at": func.now(),
        "agent_id": func.coalesce(kept.excluded.agent_id, Blob.agent_id),
    }
    # Sorted: two that keep the same files wait for each other in one order.
    rows = [
        {"sha256": key, "content": found[key].content, "agent_id": agent_id}
        for key in sorted(found)
    ]
    await db.execute(kept.on_conflict_do_update(index_elements=[Blob.sha256], set_=again), rows)


async def _make_room(
    db: Writer, agent_id: int, these: Sequence[bytes], count: int, size: int
) -> None:
    await uploads_alone(db, agent_id)
    if _fits(await unsent_of(db, agent_id, these), count, size):
        return
    await drop_unnamed(db, agent_id, these)
    if not _fits(await unsent_of(db, agent_id, these), count, size):
        raise Invalid(Refusal.MANY_UNSENT_FILES)


def _fits(unsent: tuple[int, int], count: int, size: int) -> bool:
    return unsent[0] + count <= MOST_FILES and unsent[1] + size <= MOST_BYTES


def _size(file: AnswerFile) -> int:
    return file.size
