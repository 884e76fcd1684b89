"""What the draft of a notice says that it tells. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from inbox.store.tables import Outbound

# What stands first, where several things are told: the newest mail of the customer.
_FIRST: Final = ("received", "assigned", "moved", "returned")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that happened: what, about which message, and who did it."""

    about: str
    message: int
    by: str = ""
    unanswered: str = ""  # since when, where that is why it comes back


def items_of(outbound: Outbound) -> list[Item]:
    """All that a notice tells, in the order in which it happened."""
    draft = outbound.draft
    first = {name: draft.get(name) or "" for name in ("about", "by", "unanswered")}
    return [
        Item(one["about"], one["message"], one.get("by", ""), one.get("unanswered") or "")
        for one in ({**first, "message": outbound.message_id or 0}, *draft.get("then", ()))
    ]


def main_of(outbound: Outbound) -> Item:
    """What it is read as."""
    items = items_of(outbound)
    for about in _FIRST:
        if found := [one for one in items if one.about == about]:
            return max(found, key=lambda one: one.message)
    return items[-1]
