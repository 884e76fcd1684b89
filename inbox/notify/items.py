"""What the draft of a notice says that it tells. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from inbox.store.tables import Outbound

# What stands first, where several things are told: the newest mail of the customer.
_FIRST: Final = (
    "received",
    "thanked",
    "assigned",
    "moved",
    "returned",
    "rated",
    "notified",
    "near",
    "passed",
    "late",
    "urgent",
)
# What a draft says of each thing besides, in the order of the fields of Item.
SAID: Final = ("by", "unanswered", "said", "timer", "due", "ruled", "moves")


_UNDONE: Final = "undone"  # before the notice left, see store.withdrawn


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that happened: what, about which message, and who did it."""

    about: str
    message: int
    by: str = ""
    unanswered: str = ""  # since when, where that is why it comes back
    said: str = ""  # by the customer about our help
    timer: str = ""  # what is due
    due: str = ""  # and by when
    is_ruled: bool = False  # a rule did it, which is called as `by` says
    moves: tuple[Mapping[str, Any], ...] = ()  # from where to where it went


def items_of(outbound: Outbound) -> list[Item]:
    """All that a notice tells, in the order in which it happened."""
    draft = outbound.draft
    told = ({**draft, "message": outbound.message_id or 0}, *_then(draft))
    return [_item(one) for one in told if one.get("about") != _UNDONE]


def _then(draft: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return tuple(draft.get("then", ()))


def _item(said: Mapping[str, Any]) -> Item:
    return Item(
        said.get("about") or "",
        said["message"],
        said.get("by") or "",
        said.get("unanswered") or "",
        said.get("said") or "",
        said.get("timer") or "",
        said.get("due") or "",
        bool(said.get("ruled")),
        tuple(said.get("moves") or ()),
    )


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
