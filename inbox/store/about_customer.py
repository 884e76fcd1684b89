"""What our people have told of the customer of a conversation, and who else is known."""

from __future__ import annotations

from inbox.store.engine import Writer
from inbox.store.followers import MEMBERSHIP
from inbox.store.statement import Statement

_KNOWN = Statement("""
with here as (select customer_id from conversation where id = :conversation_id)
select 'note' as kind, text as said, id::text as key from customer_note n, here
 where n.customer_id = here.customer_id and n.removed_at is null
union all
select 'phone', number, number from customer_phone p, here where p.customer_id = here.customer_id
union all
select 'address', address, address from customer_address a, here
 where a.customer_id = here.customer_id
union all
select 'same', address, m.id::text from customer_merge m cross join here,
       lateral unnest(m.addresses) as address
 where m.into_id = here.customer_id and m.undone_at is null
 limit 200
""")
_SOMEBODY = Statement(f"""
select a.customer_id as id from customer_address a
 where a.address = :address
   and a.customer_id <> (select customer_id from conversation where id = :conversation_id)
   and exists (select from conversation c join agent on agent.id = :agent_id
                where c.customer_id = a.customer_id and {MEMBERSHIP})
""")  # noqa: S608 - constants


async def known_about(db: Writer, conversation_id: int) -> list[tuple[str, str, str]]:
    """Notes, phones, addresses and merges of its customer: what it is, its words, and its key."""
    rows = await _KNOWN.rows(db, conversation_id=conversation_id)
    return [(row["kind"], row["said"], row["key"]) for row in rows]


async def somebody_at(db: Writer, address: str, conversation_id: int, agent_id: int) -> int | None:
    """Another customer with this address, if one of theirs is in a mailbox of the person."""
    rows = await _SOMEBODY.rows(
        db, address=address, conversation_id=conversation_id, agent_id=agent_id
    )
    return rows[0]["id"] if rows else None
