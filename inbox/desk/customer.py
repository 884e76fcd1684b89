"""The customer with an address, made where nobody has had it yet."""

from __future__ import annotations

from datetime import datetime

from inbox.store.customers import CUSTOMER
from inbox.store.engine import Writer
from inbox.store.statement import Statement
from inbox.threading.participants import organisation

_FIND = Statement(f"with {CUSTOMER} select id from customer")  # noqa: S608 - a constant


async def customer_with(db: Writer, address: str, name: str, *, now: datetime) -> int:
    """The id of the customer who has this address."""
    [row] = await _FIND.rows(
        db,
        customer_address=address,
        customer_name=name,
        customer_organisation=organisation(address),
        now=now,
    )
    return int(row["id"])
