"""Who takes part in a conversation besides its customer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from inbox.model.address import Address, normalize
from inbox.store.engine import Writer
from inbox.store.statement import Statement
from inbox.store.tables import Conversation, CustomerAddress, Message, Participant

# The part of somebody whom one of us has asked: their words are for us alone.
ASKED: Final = "asked"

# Who was named by an answer that never left, and by nothing else that is there.
_FORGET = Statement("""
delete from participant p
 where conversation_id = :conversation_id and address = any(cast(:addresses as text[]))
   and not exists (
       select from message m
        where m.conversation_id = p.conversation_id and m.id <> :message_id
          and (m.author_address = p.address
               or (m.to || m.cc) @> jsonb_build_array(jsonb_build_object('address', p.address))))
""")


async def add_participants(
    db: Writer, conversation_id: int, people: Sequence[Address]
) -> list[str]:
    """Let people whom we write to take part from now on; the addresses of those who did not yet.

    Nobody's name or part is changed. Not the customer: it is theirs already, from whichever of
    their addresses.
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
    if not rows:
        return []
    made = insert(Participant).values(rows).on_conflict_do_nothing()
    return list(await db.scalars(made.returning(Participant.address)))


async def forget_participants(db: Writer, message: Message, addresses: Sequence[str]) -> None:
    """Let people whom this answer of ours alone has drawn in take part no longer."""
    await _FORGET.rows(
        db,
        conversation_id=message.conversation_id,
        addresses=list(addresses),
        message_id=message.id,
    )


async def _customers(db: Writer, conversation_id: int) -> set[str]:
    return set(
        await db.scalars(
            select(CustomerAddress.address)
            .join(Conversation, Conversation.customer_id == CustomerAddress.customer_id)
            .where(Conversation.id == conversation_id)
        )
    )
