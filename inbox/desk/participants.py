"""Who takes part in a conversation besides its customer."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from inbox.model.address import Address, normalize
from inbox.store.engine import Writer
from inbox.store.tables import Conversation, CustomerAddress, Participant


async def add_participants(db: Writer, conversation_id: int, people: Sequence[Address]) -> None:
    """Let people whom we write to take part from now on; nobody's name or part is changed.

    Not the customer: it is theirs already, from whichever of their addresses.
    """
    theirs = await _customers(db, conversation_id) if people else set()
    rows = [
        {
            "conversation_id": conversation_id,
            "address": normalize(one.address),
            "name": one.name,
            "part": "cc",
        }
        for one in sorted(people, key=lambda one: one.address)
        if normalize(one.address) not in theirs
    ]
    if rows:
        await db.execute(insert(Participant).on_conflict_do_nothing(), rows)


async def _customers(db: Writer, conversation_id: int) -> set[str]:
    return set(
        await db.scalars(
            select(CustomerAddress.address)
            .join(Conversation, Conversation.customer_id == CustomerAddress.customer_id)
            .where(Conversation.id == conversation_id)
        )
    )
