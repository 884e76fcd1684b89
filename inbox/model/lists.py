"""How a person wants their lists: what stands first, and how close the rows are."""

from __future__ import annotations

from enum import StrEnum


class Order(StrEnum):
    """What stands first in a list of what is open."""

    NEWEST = "newest"  # what was written last
    WAITING = "waiting"  # who has waited longest
    DUE = "due"  # what was promised soonest: by one of us, else by the mailbox


class Density(StrEnum):
    """How much of a list is seen at once."""

    COMFORTABLE = "comfortable"
    COMPACT = "compact"
