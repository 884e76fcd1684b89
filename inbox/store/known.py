"""Customers whom somebody knows: of conversations that exist for them, by what they type."""

from __future__ import annotations

import re
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select

from inbox.model.address import Address
from inbox.model.viewer import Viewer
from inbox.store.conversations import visible_to
from inbox.store.engine import Reader
from inbox.store.tables import Conversation, Customer, CustomerAddress

_LEAST: Final = 2  # letters
_MOST_WORDS: Final = 4
_LOOKED_AT: Final = 300  # that fit: whoever types one letter more sees the others
_WORD = re.compile(r"[\w.@+-]+")
_SPECIAL: Final = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


async def known_customers(db: Reader, viewer: Viewer, said: str, *, most: int) -> list[Address]:
    """Whose name or address has every word that was typed at the beginning of one of its own.

    Those in whose conversations something happened last come first.
    """
    words = _WORD.findall(said.lower().replace("\0", ""))[:_MOST_WORDS]
    if len("".join(words)) < _LEAST:
        return []
    fits = (
        select(CustomerAddress.address, CustomerAddress.customer_id, Customer.name)
        .join(Customer, Customer.id == CustomerAddress.customer_id)
        .where(and_(*map(_begins, words)))
        .limit(_LOOKED_AT)
        .cte("fits")
    )
    newest = (
        select(func.max(Conversation.last_message_at))
        .where(Conversation.customer_id == fits.c.customer_id, visible_to(viewer))
        .scalar_subquery()
    )
    dated = select(fits.c.address, fits.c.name, newest.label("at")).subquery()
    found = await db.execute(
        select(dated.c.address, dated.c.name)
        .where(dated.c.at.is_not(None))
        .order_by(dated.c.at.desc(), dated.c.address)
        .limit(most)
    )
    return [Address(name=row.name, address=row.address) for row in found]


def _begins(word: str) -> ColumnElement[bool]:
    start = word.translate(_SPECIAL)
    name, address = func.lower(Customer.name), CustomerAddress.address
    places: list[Any] = [
        address.like(f"{start}%"),
        address.like(f"%@{start}%"),
        address.like(f"%.{start}%"),
        name.like(f"{start}%"),
        name.like(f"% {start}%"),
    ]
    return or_(*places)
