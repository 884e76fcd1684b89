"""What the draft of a notice says that it tells. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from inbox.store.tables import Outbound

# What stands first, where several things are told: the newest mail of the customer.
_FIRST: Final = ("received", "assigned", "moved", "returned", "rated")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that happened: what, about which message, and who did it."""

    about: str
    message: int
    by: str = ""
    unanswered: str = ""  # since when, where that is why it comes back
    said: str = ""  # by the customer about our help


def items_of(outbound: Outbound) -> list[Item]:
    """All that a notice tells, in the order in which it happened."""
    draft = outbound.draft
    first = {name: draft.get(name) or "" for name in ("about", "by", "unanswered", "said")}
    return [
        Item(
            one["about"],
            one["message"],
            one.get("by", ""),
            one.get("unanswered") or "",
            one.get("said", ""),
        )
        for one in ({**first, "message": outbound.message_id or 0}, *draft.get("then", ()))
    ]


def main_of(outbound: Outbound) -> Item:
    """What it is read as."""
    items = items_of(outbound)
    for about in _FIRST:
        if found := [one for one in items if one.about == about]:
            return max(found, key=lambda one: one.message)
    return items[-1]


def is_for_customer(items: Sequence[Item]) -> bool:
    """Whether an answer to a notice of this goes to the customer.

    Not where a comment is among it, which may come back below the answer; nor where one of us has
    answered the customer's newest mail: that is talked about inside.
    """
    newest = max(items, key=lambda one: one.message)
    return newest.about in _FIRST and not any(one.about == "noted" for one in items)
