"""What people have taught about conversations: which of them are two matters."""

from __future__ import annotations

from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement

_APART = Statement("""
select exists (
    select from barred join message_ref using (id_hash)
     where (barred.conversation_id = :one and message_ref.conversation_id = :other)
        or (barred.conversation_id = :other and message_ref.conversation_id = :one)) as are_apart
""")


async def are_apart(db: Reader | Writer, one: int, other: int) -> bool:
    """Whether somebody has taken mails of the one out of the other: no rule may join them."""
    [row] = await _APART.rows(db, one=one, other=other)
    return bool(row["are_apart"])
