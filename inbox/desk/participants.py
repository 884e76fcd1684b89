"""Who takes part in a conversation besides its customer."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.dialects.postgresql import insert

from inbox.model.address import Address, normalize
from inbox.store.engine import Writer
from inbox.store.tables import Participant


async def add_participants(db: Writer, conversation_id: int, people: Sequence[Address]) -> None:
    """Let people whom we write to take part from now on; nobody's name or part is changed."""
    rows = [
        {
            "conversation_id": conversation_id,
            "address": normalize(one.address),
            "name": one.name,
            "part": "cc",
        }
        for one in sorted(people, key=lambda one: one.address)
    ]
    if rows:
        await db.execute(insert(Participant).on_conflict_do_nothing(), rows)
